"""Concurrency helpers: named locks (PostgreSQL), UPDATE and DELETE that return the row count."""

import hashlib
from collections.abc import Collection
from typing import cast

from sqlalchemy import CursorResult, UpdateBase, text
from sqlmodel import Session

from .tokens import keyed

# unnest keeps the array's order, so locks are always taken in that order: no deadlock.
_LOCKS = text("SELECT pg_advisory_xact_lock(number) FROM unnest(CAST(:numbers AS bigint[])) number")


def execute_change(session: Session, statement: UpdateBase) -> int:
    """Run an UPDATE or DELETE; returns the number of rows it changed.

    Objects already loaded in the session are not updated: refresh those still in use.
    """
    unseen = statement.execution_options(synchronize_session=False)
    return cast(CursorResult, session.execute(unseen)).rowcount


def lock(session: Session, name: str) -> None:
    """Take the lock `name` until the end of the transaction (PostgreSQL advisory lock).

    SQLite needs none: its acts begin with BEGIN IMMEDIATE and so run one after another.
    """
    lock_all(session, [name])


def lock_all(session: Session, names: Collection[str]) -> None:
    """`lock` for many names, always taken in one order, so that two batches never deadlock."""
    if names and session.get_bind().dialect.name == "postgresql":
        numbers = sorted({_number_of(name) for name in names})
        session.execute(_LOCKS, {"numbers": numbers})


def _number_of(name: str) -> int:
    digest = hashlib.sha256(keyed("lock", name).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
