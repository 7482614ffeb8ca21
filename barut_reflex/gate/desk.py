"""Who acts: the doors, the rules of access, what a page says after its reload."""

from ..core.desks import Desk
from .models import Flash

DESK = Desk(excluded_from_backup=[Flash])
