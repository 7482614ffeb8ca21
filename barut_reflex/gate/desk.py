"""Manifest of the feature `gate`: only that its table of flash messages is not in backups."""

from ..core.desks import Desk
from .models import Flash

DESK = Desk(excluded_from_backup=[Flash])
