"""Database engine and sessions: `writing` for one act in a transaction, `reading` for queries.

Also the data version of SQLite, by which caches notice a commit. Acts and queries get their session
from here alone; who may import this module: `.importlinter`, contract one-door.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

from . import ledger, slow_work
from .errors import Refusal
from .settings import settings

LOCK_TIMEOUT = 5  # seconds an act waits for the write lock: our own and SQLite's together
SQLITE_CONNECTIONS = 80  # cheap on SQLite, so more than there are threads
POSTGRES_CONNECTIONS = 20  # connections of one worker on PostgreSQL
_write_lock = threading.RLock()


def make_engine(url: str) -> Engine:
    """A database engine with pool and lock settings, for SQLite or PostgreSQL."""
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            connect_args={"check_same_thread": False},
            pool_size=SQLITE_CONNECTIONS,
            max_overflow=0,
            pool_timeout=LOCK_TIMEOUT,
        )
        _prepare_sqlite(engine)
        return engine
    return create_engine(
        url,
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=0,
        pool_timeout=LOCK_TIMEOUT,
        pool_pre_ping=True,
    )


def _prepare_sqlite(engine: Engine) -> None:
    """Set the pragmas, and let a writing session take the write lock at its start, not half-way."""

    @event.listens_for(engine, "connect")
    def _pragmas(connection, _record):
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection):
        options = connection.get_execution_options()
        left = options.get("lock_timeout", LOCK_TIMEOUT)
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(1000 * left)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("write") else "BEGIN")


settings.var.mkdir(mode=0o700, parents=True, exist_ok=True)
engine = make_engine(settings.database)


@contextmanager
def writing() -> Iterator[Session]:
    """One act is one transaction: commit on success, roll back on any error.

    A counted refusal (a wrong code, a failed login) keeps what it wrote.
    """
    with (
        write_queue() as left,
        _open_writer(left) as session,
        slow_work.tracked(session, is_act=True),
    ):
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

    SQLite's own busy timeout polls, and under load some callers never find the lock free. Only
    other processes still compete there, for the seconds that are left.
    """
    began = time.monotonic()
    is_mine = engine.dialect.name == "sqlite" and _write_lock.acquire(timeout=LOCK_TIMEOUT)
    try:
        yield max(0.0, LOCK_TIMEOUT - (time.monotonic() - began))
    finally:
        if is_mine:
            _write_lock.release()


def _open_writer(timeout: float) -> Session:
    options = engine.execution_options(write=True, lock_timeout=timeout)
    return Session(options, expire_on_commit=False)


def _commit(session: Session) -> None:
    with ledger.written_before_commit(session):
        session.commit()


@contextmanager
def reading() -> Iterator[Session]:
    """A session for queries; writes in it are rolled back. Slow work: see `slow_work`."""
    with Session(engine, expire_on_commit=False) as session, slow_work.tracked(session):
        yield session


class _CommitWatcher:
    """A SQLite connection that only reads `PRAGMA data_version`, and the engine it belongs to."""

    def __init__(self):
        self.engine: Engine | None = None
        self.connection: sqlite3.Connection | None = None

    def connect(self, engine: Engine) -> None:
        file = engine.url.database
        self.engine, self.connection = engine, None
        if engine.dialect.name == "sqlite" and file and file != ":memory:":
            self.connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)


_watcher = _CommitWatcher()
_watcher_lock = threading.Lock()


def data_version() -> int | None:
    """SQLite's data version: a number that changes with every commit of any process.

    It costs a few microseconds and no query, so a cache can ask it at each use. None on PostgreSQL
    and in memory, where there is no such number: then nothing may be cached.
    """
    with _watcher_lock:
        if _watcher.engine is not engine:
            _watcher.connect(engine)
        if _watcher.connection is None:
            return None
        return _watcher.connection.execute("PRAGMA data_version").fetchone()[0]
