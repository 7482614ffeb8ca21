"""People, their roles and their sign-ins."""

from ..core.desks import Desk
from .models import SignIn

DESK = Desk(short_lived=[SignIn])
