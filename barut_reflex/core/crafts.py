"""The guard of slow work: bcrypt, the jail, drawing, the store and mail never hold a connection.

A pool of connections is small. What waits for seconds while it holds one keeps everybody else
out, so each slow craft refuses to begin in a thread that holds one.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlmodel import Session

Given = ParamSpec("Given")
Made = TypeVar("Made")

ALL: dict[str, Callable] = {}  # every slow craft of the office, by module and name


class HoldsConnection(RuntimeError):
    """Slow work was begun in the midst of a look or an act: a fault of ours, never of a person."""


class _Lent(threading.local):
    """The sessions this thread works in."""

    def __init__(self):
        self.looks: list[Session] = []
        self.acts: list[Session] = []


_lent = _Lent()


def slow(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Mark a slow craft: it raises HoldsConnection in a thread that holds a connection."""

    @wraps(function)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        ensure_none_held()
        return function(*args, **kwargs)

    ALL[f"{function.__module__}.{function.__qualname__}"] = guarded
    return guarded


def ensure_none_held() -> None:
    """Raise HoldsConnection while this thread is in an act, or in a look that has read."""
    if _lent.acts or any(session.in_transaction() for session in _lent.looks):
        raise HoldsConnection


def let_go(session: Session) -> None:
    """Give a look's connection back before slow work; what was read stays as it was read.

    The session may be asked again afterwards, and then takes another connection. An act cannot
    let go in its midst, and a session that is none of the office's doors is left alone.
    """
    if session in _lent.looks:
        session.close()


@contextmanager
def lent(session: Session, *, is_act: bool = False) -> Iterator[Session]:
    """Know the session as one this thread works in; for the doors in `db`."""
    held = _lent.acts if is_act else _lent.looks
    held.append(session)
    try:
        yield session
    finally:
        held.remove(session)
