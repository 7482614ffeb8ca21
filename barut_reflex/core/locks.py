"""How acts that meet get out of each other's way: guarded changes, and one at a time."""

import hashlib
from typing import Any, cast

from sqlalchemy import text
from sqlmodel import Session

from .tokens import keyed


def change(session: Session, statement: Any) -> int:
    """Run an UPDATE or DELETE with its guard; how many rows it found.

    Rows the session has loaded are not touched by it: refresh those that are read on.
    """
    unseen = statement.execution_options(synchronize_session=False)
    return cast(Any, session.execute(unseen)).rowcount


def one_at_a_time(session: Session, name: str) -> None:
    """Make acts that share `name` wait for each other until the end of the transaction.

    SQLite needs nothing: its acts begin with BEGIN IMMEDIATE and so queue anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        digest = hashlib.sha256(keyed("lock", name).encode()).digest()
        number = int.from_bytes(digest[:8], "big", signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
