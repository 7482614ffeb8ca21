"""Manifest of the feature `office`: health checks, demo mailbox, files of `var/` in backups."""

from ..core import backup, schema
from ..core.desks import Desk, Web
from ..core.settings import settings


def web() -> Web:
    from .web import demo_mail, health

    return Web(routes=[*demo_mail.ROUTES, *health.ROUTES])


def var() -> backup.BackupFiles:
    """Files of `var/` that a backup needs: QR keys, the secret, the accounts of the demo."""
    return backup.folder("var", settings.var, "keys/*.pem", "secret", schema.DEMO_ACCOUNTS)


DESK = Desk(web=web, backup_files=[var])
