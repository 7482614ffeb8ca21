"""Signed codes of every kind, and their keys."""

from ..core.desks import Desk
from .commands import COMMANDS

DESK = Desk(commands=COMMANDS)
