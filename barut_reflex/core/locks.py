"""How acts that meet get out of each other's way: guarded changes, and one at a time."""

import hashlib
from collections.abc import Collection
from typing import cast

from sqlalchemy import CursorResult, UpdateBase, text
from sqlmodel import Session

from .tokens import keyed

# The array is read from its beginning to its end, and each lock is waited for before the next.
_LOCKS = text("SELECT pg_advisory_xact_lock(number) FROM unnest(CAST(:numbers AS bigint[])) number")


def execute_change(session: Session, statement: UpdateBase) -> int:
    """Run an UPDATE or DELETE with its guard; how many rows it found.

    Rows the session has loaded are not touched by it: refresh those that are read on.
    """
    unseen = statement.execution_options(synchronize_session=False)
    return cast(CursorResult, session.execute(unseen)).rowcount


def lock(session: Session, name: str) -> None:
    """Make acts that share `name` wait for each other until the end of the transaction.

    SQLite needs nothing: its acts begin with BEGIN IMMEDIATE and so queue anyway.
    """
    lock_all(session, [name])


def lock_all(session: Session, names: Collection[str]) -> None:
    """`one_at_a_time` for many names: always taken in one order, so that two crowds never wait for
    each other."""
    if names and session.get_bind().dialect.name == "postgresql":
        numbers = sorted({_number_of(name) for name in names})
        session.execute(_LOCKS, {"numbers": numbers})


def _number_of(name: str) -> int:
    digest = hashlib.sha256(keyed("lock", name).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
