"""Chooses the tests' database: `BARUT_TEST_DATABASE=postgresql` runs them on PostgreSQL.

One server and one database a test process, emptied after each test: that costs a few
milliseconds, a database of its own for each test would cost a third of a second.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool
from sqlmodel import SQLModel, create_engine

from barut_reflex.core import db

IS_POSTGRES = os.getenv("BARUT_TEST_DATABASE") == "postgresql"
LEFT_OPEN = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_kept = ExitStack()  # the database of this process, for as long as it runs


@contextmanager
def quick_engine() -> Iterator[Engine]:
    """An engine of one connection that every session shares."""
    if IS_POSTGRES:
        with _emptied(create_engine(_postgres(), poolclass=StaticPool)) as engine:
            yield engine
        return
    engine = create_engine("sqlite://", poolclass=StaticPool, creator=_copy_in_memory)
    yield engine
    engine.dispose()


@contextmanager
def shared_engine(folder: Path) -> Iterator[Engine]:
    """An engine as the office has it, with a connection for each session."""
    if IS_POSTGRES:
        with _emptied(db.make_engine(_postgres())) as engine:
            yield engine
        return
    (folder / "office.db").write_bytes(_empty_tables(len(SQLModel.metadata.tables)))
    engine = db.make_engine(f"sqlite:///{folder}/office.db")
    yield engine
    engine.dispose()


def _copy_in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.deserialize(_empty_tables(len(SQLModel.metadata.tables)))
    return connection


@cache
def _empty_tables(many: int) -> bytes:
    """A SQLite database of so many tables without rows, as bytes.

    Copied for each test: that takes half a millisecond, making the tables anew takes thirteen.
    """
    engine = create_engine("sqlite://", poolclass=StaticPool)
    SQLModel.metadata.create_all(engine)
    raw = engine.raw_connection().driver_connection
    assert isinstance(raw, sqlite3.Connection) and len(SQLModel.metadata.tables) == many
    return raw.serialize()


def held(engine: Engine) -> int:
    """How many connections are in use."""
    assert isinstance(engine.pool, QueuePool)
    return engine.pool.checkedout()


@contextmanager
def _emptied(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()
        with _sweeper().connect() as connection:
            _empty(connection)


def _empty(connection: Connection) -> None:
    """Take out every row; a connection a test left open must not make this wait for ever."""
    connection.execute(text(LEFT_OPEN))
    try:
        if filled := connection.scalars(text(_ask_for_rows())).all():
            connection.execute(text(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE"))
    except DBAPIError:  # a test took a table away, or set the guards of the trail
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        SQLModel.metadata.create_all(connection)


@cache
def _ask_for_rows() -> str:
    names = [table.name for table in SQLModel.metadata.sorted_tables]
    return " UNION ALL ".join(f"SELECT '{n}' WHERE EXISTS (SELECT 1 FROM {n})" for n in names)


@cache
def _sweeper() -> Engine:
    return create_engine(_postgres(), isolation_level="AUTOCOMMIT", poolclass=StaticPool)


@cache
def _postgres() -> str:
    from probes.servers import bare_database

    return _kept.enter_context(bare_database())
