"""Manifest of `seal`: its commands."""

from ..core.desks import Desk
from .commands import COMMANDS

DESK = Desk(commands=COMMANDS)
