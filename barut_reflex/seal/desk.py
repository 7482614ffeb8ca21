"""Manifest of the feature `seal`: the command `kunci-qr` for signing keys."""

from ..core.desks import Desk
from .commands import COMMANDS

DESK = Desk(commands=COMMANDS)
