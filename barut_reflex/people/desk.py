"""Manifest of the feature `people`: retention of its tables; sign-ins are left out of backups."""

from ..core.desks import WHILE_ACCOUNT, Desk
from ..core.figures import duration
from .models import SignIn
from .rules import MAX_SIGN_IN_LIFETIME

DESK = Desk(
    excluded_from_backup=[SignIn],
    retention={
        "person": WHILE_ACCOUNT,
        "authenticator": "selama langkah kedua dipakai",
        "knownbrowser": WHILE_ACCOUNT,
        "signin": f"sampai keluar, paling lama {duration(max(MAX_SIGN_IN_LIFETIME.values()))}",
    },
)
