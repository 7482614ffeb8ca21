"""Runs the database migrations; refuses unsafe settings and a database made with another secret.

Also a demo with the database of a real office, and the reverse.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection, Engine, inspect

from alembic import command

from . import audit, origin
from .errors import Refusal
from .settings import check as check_settings
from .settings import settings

ROOT = Path(__file__).resolve().parents[2]
DEMO_ACCOUNTS = "demo-accounts.json"  # file in `var/`; only a demo has it


class BrokenReference(Refusal):
    """A migration would leave rows that refer to a missing row."""

    def __init__(self, broken: set[tuple]):
        tables = ", ".join(sorted({table for table, *_ in broken}))
        super().__init__(
            f"Pembaruan dibatalkan dan tidak ada yang diubah, karena {len(broken)} baris (tabel "
            f"{tables}) akan menunjuk ke baris yang tidak ada. Laporkan ke pembuat aplikasi."
        )


def upgrade(engine: Engine | None = None) -> None:
    """Run every migration that is still missing; `engine` defaults to the office's own.

    Raises what `check` raises before anything is written; UnknownWord and BrokenReference undo all
    changes.
    """
    config = Config(ROOT / "alembic.ini")
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


@contextmanager
def one_transaction(engine: Engine) -> Iterator[Connection]:
    """A connection for all migrations together, in one transaction.

    SQLite changes a table by creating it again, so foreign keys are off meanwhile; they can be
    switched only outside a transaction.
    """
    with engine.connect() as connection:
        _let_references_rest(connection, rest=True)
        try:
            with connection.begin():
                yield connection
        finally:
            _let_references_rest(connection, rest=False)


def _let_references_rest(connection: Connection, *, rest: bool) -> None:
    driver = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and driver is not None:
        driver.execute(f"PRAGMA foreign_keys={'OFF' if rest else 'ON'}")


@contextmanager
def references_kept(connection: Connection) -> Iterator[None]:
    """Check foreign keys after the block; raises BrokenReference for newly broken references."""
    before = _broken_references(connection)
    yield
    if broken := _broken_references(connection) - before:
        raise BrokenReference(broken)


def _broken_references(connection: Connection) -> set[tuple]:
    """Rows with a missing reference, on SQLite; PostgreSQL checks each reference itself."""
    if connection.dialect.name != "sqlite":
        return set()
    return {tuple(row) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}


def check(connection: Connection) -> None:
    """Refuse unsafe settings, and a database made with another secret or by another kind of office.

    Server, migrations, command line and demo all call it first. Raises
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
    """Write the origin into a database of an older version that has none; call after `check`."""
    if audit.is_begun(connection):
        origin.record(connection)
