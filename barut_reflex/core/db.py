"""The only place that opens the database. Who may call it: `.importlinter`, contract one-door."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

from . import crafts, ledger
from .errors import Refusal
from .settings import settings

PATIENCE = 5  # seconds an act waits for the write lock, in our line and in SQLite's together
CONNECTIONS = 80  # on SQLite, where one costs little: more than there are threads to ask for one
POOL = 20  # connections of one worker on PostgreSQL
_writing = threading.RLock()


def make_engine(url: str) -> Engine:
    """An engine that is safe for this office's way of writing, on SQLite and PostgreSQL."""
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            connect_args={"check_same_thread": False},
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=PATIENCE,
        )
        _prepare_sqlite(engine)
        return engine
    return create_engine(
        url, pool_size=POOL, max_overflow=0, pool_timeout=PATIENCE, pool_pre_ping=True
    )


def _prepare_sqlite(engine: Engine) -> None:
    """Take the write lock at the start of an act, so that no act fails half-way."""

    @event.listens_for(engine, "connect")
    def _pragmas(connection, _record):
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection):
        options = connection.get_execution_options()
        left = options.get("patience", PATIENCE)
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(1000 * left)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("write") else "BEGIN")


settings.var.mkdir(mode=0o700, parents=True, exist_ok=True)
engine = make_engine(settings.database)


@contextmanager
def writing() -> Iterator[Session]:
    """One act is one transaction: commit on success, roll back on any error.

    A counted refusal (a wrong code, a failed login) keeps what it wrote.
    """
    with write_queue() as left, _writer(left) as session, crafts.lent(session, is_act=True):
        try:
            yield session
        except Refusal as refusal:
            if refusal.is_counted:
                _commit(session)
            raise
        _commit(session)


@contextmanager
def write_queue() -> Iterator[float]:
    """A queue of this process's writers on SQLite: each begins when the one before has ended.

    Left to SQLite they would look again and again whether it is free, and some never find it so
    (other processes still meet there). Gives the seconds that are left to wait there: none to
    who has waited long enough here, and is then told so.
    """
    began = time.monotonic()
    is_mine = engine.dialect.name == "sqlite" and _writing.acquire(timeout=PATIENCE)
    try:
        yield max(0.0, PATIENCE - (time.monotonic() - began))
    finally:
        if is_mine:
            _writing.release()


def _writer(patience: float) -> Session:
    return Session(engine.execution_options(write=True, patience=patience), expire_on_commit=False)


def _commit(session: Session) -> None:
    with ledger.kept(session):
        session.commit()


@contextmanager
def reading() -> Iterator[Session]:
    """A session for questions; whatever is written in it is lost. See `crafts` for slow work."""
    with Session(engine, expire_on_commit=False) as session, crafts.lent(session):
        yield session


class _Watch:
    """A connection that only listens for commits of others, and whose engine it belongs to."""

    def __init__(self):
        self.engine: Engine | None = None
        self.connection: sqlite3.Connection | None = None

    def turn_to(self, engine: Engine) -> None:
        file = engine.url.database
        self.engine, self.connection = engine, None
        if engine.dialect.name == "sqlite" and file and file != ":memory:":
            self.connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)


_watch = _Watch()
_watching = threading.Lock()


def version() -> int | None:
    """A number that is another one as soon as anybody has committed anything, in any process.

    Costs a few microseconds and no query. None where there is no such number (PostgreSQL, memory):
    then nothing read before may be taken for true.
    """
    with _watching:
        if _watch.engine is not engine:
            _watch.turn_to(engine)
        if _watch.connection is None:
            return None
        return _watch.connection.execute("PRAGMA data_version").fetchone()[0]
