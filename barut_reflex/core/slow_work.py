"""Guard that stops slow functions from running while their thread holds a database connection.

Slow functions are bcrypt, the jail, drawing of PDFs and photos, the store of uploaded papers and
mail. The connection pool is small: one that is held for seconds keeps everybody else out. So each
function marked `@slow` raises `ConnectionHeld` in a thread that holds one.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlmodel import Session

P = ParamSpec("P")
T = TypeVar("T")

SLOW_FUNCTIONS: dict[str, Callable] = {}  # by module and name; tests call each


class ConnectionHeld(RuntimeError):
    """A slow function was called while a connection was held: a fault of ours, not of a person."""


class _OpenSessions(threading.local):
    """The database sessions that are open in this thread, for reading and for writing."""

    def __init__(self):
        self.readers: list[Session] = []
        self.writers: list[Session] = []


_open = _OpenSessions()


def slow(function: Callable[P, T]) -> Callable[P, T]:
    """Mark a function as slow: it raises ConnectionHeld in a thread that holds a connection."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        ensure_no_connection_held()
        return function(*args, **kwargs)

    SLOW_FUNCTIONS[f"{function.__module__}.{function.__qualname__}"] = guarded
    return guarded


def ensure_no_connection_held() -> None:
    """Raise ConnectionHeld if this thread is in a write transaction, or has read in a session."""
    if _open.writers or any(session.in_transaction() for session in _open.readers):
        raise ConnectionHeld


def release_connection(session: Session) -> None:
    """Return the connection of a reading session to the pool; loaded rows stay as they were read.

    The session can be used again afterwards and then takes another connection. A writing session
    is left alone, since closing it would undo the act, and so is one that `db` did not open.
    """
    if session in _open.readers:
        session.close()


@contextmanager
def tracked(session: Session, *, is_act: bool = False) -> Iterator[Session]:
    """Register a session as open in this thread while the block runs; used by `db`."""
    sessions = _open.writers if is_act else _open.readers
    sessions.append(session)
    try:
        yield session
    finally:
        sessions.remove(session)
