"""The office itself: is it well, and, in the demo, what it would have mailed."""

from ..core import backup, schema
from ..core.desks import Desk, Web
from ..core.settings import settings


def web() -> Web:
    from .web import demo_mail, health

    return Web(routes=[*demo_mail.ROUTES, *health.ROUTES])


def var() -> backup.BackupFiles:
    """Keys of the QR, and what the demo made for itself."""
    return backup.folder("var", settings.var, "keys/*.pem", "secret", schema.DEMO_ACCOUNTS)


DESK = Desk(web=web, backup_files=[var])
