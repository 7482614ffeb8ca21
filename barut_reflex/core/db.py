"""The only place that opens the database. Who may call it: `.importlinter`, contract one-door."""

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

LOCK_TIMEOUT = 5  # seconds an act waits for the write lock, in our line and in SQLite's together
SQLITE_CONNECTIONS = (
    80  # on SQLite, where one costs little: more than there are threads to ask for one
)
POSTGRES_CONNECTIONS = 20  # connections of one worker on PostgreSQL
_write_lock = threading.RLock()


def make_engine(url: str) -> Engine:
    """An engine that is safe for this office's way of writing, on SQLite and PostgreSQL."""
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
    """Take the write lock at the start of an act, so that no act fails half-way."""

    @event.listens_for(engine, "connect")
    def _pragmas(connection, _record):
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection):
        options = connection.get_execution_options()
        left = options.get("patience", LOCK_TIMEOUT)
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
        _wait_for_write_lock() as left,
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
def _wait_for_write_lock() -> Iterator[float]:
    """On SQLite the acts of this process stand in line, and each begins when the one before ends.

    Left to SQLite they would look again and again whether it is free, and some never find it so
    (other processes still meet there). Gives the seconds that are left to wait there: none to
    who has waited long enough here, and is then told so.
    """
    began = time.monotonic()
    is_mine = engine.dialect.name == "sqlite" and _write_lock.acquire(timeout=LOCK_TIMEOUT)
    try:
        yield max(0.0, LOCK_TIMEOUT - (time.monotonic() - began))
    finally:
        if is_mine:
            _write_lock.release()


def _open_writer(patience: float) -> Session:
    return Session(engine.execution_options(write=True, patience=patience), expire_on_commit=False)


def _commit(session: Session) -> None:
    with ledger.written_before_commit(session):
        session.commit()


@contextmanager
def reading() -> Iterator[Session]:
    """A session for questions; whatever is written in it is lost. See `slow_work` for slow work."""
    with Session(engine, expire_on_commit=False) as session, slow_work.tracked(session):
        yield session


class _CommitWatcher:
    """A connection that only listens for commits of others, and whose engine it belongs to."""

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
    """A number that is another one as soon as anybody has committed anything, in any process.

    Costs a few microseconds and no query. None where there is no such number (PostgreSQL, memory):
    then nothing read before may be taken for true.
    """
    with _watcher_lock:
        if _watcher.engine is not engine:
            _watcher.connect(engine)
        if _watcher.connection is None:
            return None
        return _watcher.connection.execute("PRAGMA data_version").fetchone()[0]
