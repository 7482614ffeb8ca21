"""Brings the database to the tables of this version; refuses one that is not this office's."""

from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect

from alembic import command

from . import audit, origin
from .settings import check as check_settings
from .settings import settings

ROOT = Path(__file__).resolve().parents[2]
DEMO_ACCOUNTS = "demo-accounts.json"  # in `var/`; only a demo has it


def upgrade(engine: Engine | None = None) -> None:
    """Run every migration that is still missing; `engine` defaults to the office's own.

    Raises what `check` raises before anything is written.
    """
    config = Config(ROOT / "alembic.ini")
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def check(connection: Connection) -> None:
    """Refuse unsafe settings, and a database made with another secret or by another kind of office.

    Each way into the office comes past here: server, migrations, command line, demo. Raises
    UnsafeSetting, WrongSecret or OtherOffice; nothing is written.
    """
    check_settings(settings)
    tables = inspect(connection)
    if not (tables.has_table("counter") and tables.has_table("auditentry")):
        return
    if found := origin.find(connection):
        origin.compare(found)
    elif audit.is_begun(connection):
        if settings.is_demo and not (settings.var / DEMO_ACCOUNTS).exists():
            raise origin.OtherOffice("production")
        if not audit.is_ours(connection):
            raise origin.WrongSecret("lain")


def claim(connection: Connection) -> None:
    """Note whose database this is, in one from before such notes; after `check`."""
    if audit.is_begun(connection):
        origin.note(connection)
