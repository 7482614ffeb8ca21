"""Tries a write operation while the database is locked or away: done, reported or crashed."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import OperationalError

from barut_reflex.core import db
from barut_reflex.gate.doors import BUSY, handle_exception


@contextmanager
def lock_timeout(milliseconds: int) -> Iterator[None]:
    """Acts wait this long for the lock instead of five seconds."""
    usual, db.LOCK_TIMEOUT = db.LOCK_TIMEOUT, milliseconds / 1000
    try:
        yield
    finally:
        db.LOCK_TIMEOUT = usual


@dataclass
class LockedAttempt:
    """What became of one act that met a lock."""

    is_done: bool
    is_reported: bool  # that the system is busy and nothing changed
    seconds: float


def try_under_lock(act: Callable[[], Any], hold: Callable[[], Any]) -> LockedAttempt:
    """Do `act` while somebody else holds the write lock until `hold` returns."""
    held, began = threading.Event(), time.monotonic()

    def holder():
        with db.writing() as session:
            session.connection()  # begins, and so takes the lock
            held.set()
            hold()

    other = threading.Thread(target=holder)
    other.start()
    held.wait(10)
    try:
        act()
    except OperationalError as error:
        return LockedAttempt(False, is_busy_message(error), time.monotonic() - began)
    finally:
        other.join()
    return LockedAttempt(True, False, time.monotonic() - began)


def is_busy_message(error: Exception) -> bool:
    """Whether the screen says that the system is busy, and nothing else."""
    return BUSY in str(handle_exception(error))


def try_once(act: Callable[[], Any]) -> LockedAttempt:
    """Do `act` while the database may be gone."""
    began = time.monotonic()
    try:
        act()
    except OperationalError as error:
        return LockedAttempt(False, is_busy_message(error), time.monotonic() - began)
    return LockedAttempt(True, False, time.monotonic() - began)
