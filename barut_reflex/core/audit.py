"""The audit trail, append-only and chained by HMAC: write, verify, list who saw whose data."""

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import Connection, or_, text
from sqlmodel import Session, col, select

from . import clock, origin
from .locks import lock
from .models import AuditEntry
from .tokens import is_same_hash, keyed

ROWS_CHECKED_FOR_SECRET = 100  # newest rows whose HMAC `is_ours` checks


class Actor(Protocol):
    """The person who acts: anything with a numeric `id`."""

    id: int


def record(
    session: Session,
    act: str,
    *,
    by: Actor | None,
    subject: str = "",
    nik: str = "",
    detail: str = "",
) -> None:
    """Write one act or one view of personal data into the trail, in the act's own transaction.

    `subject` is the public id of what was acted on; the NIK is kept as a keyed hash. `detail`
    holds no secret. Rows are chained, so writers queue here until their commit.
    """
    lock(session, "audit")
    if (last := last_entry(session)) is None:
        origin.record(session.connection())
    entry = AuditEntry(
        at=clock.now(),
        actor_id=by.id if by else None,
        act=act[:40],
        subject=subject[:80],
        nik_hash=nik_hash(nik),
        detail=detail[:2000],
        previous=last.seal if last else "",
        seal="",
    )
    entry.seal = _seal(entry)
    session.add(entry)
    session.flush()


def verify(session: Session) -> list[int]:
    """The ids of rows that were changed, or follow a deleted row; empty when the trail is intact.

    Rows deleted at the end are noticed only by comparing with a `head` recorded elsewhere.
    """
    broken, expected = [], {""}
    for entry in _in_order(session):
        own = _seal(entry)
        if not is_same_hash(own, entry.seal) or entry.previous not in expected:
            broken.append(entry.id)
        expected = {own, entry.seal}
    return broken


def is_ours(connection: Connection) -> bool:
    """Whether this secret made most of the newest rows of the trail; true when it has none.

    Not the last row alone: a single act under a wrong secret must not decide. At half and half
    the last row does.
    """
    newest = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(ROWS_CHECKED_FOR_SECRET)
    with Session(connection) as session:
        fits = [is_same_hash(_seal(entry), entry.seal) for entry in session.exec(newest)]
    return not fits or 2 * sum(fits) + fits[0] > len(fits)


def is_begun(connection: Connection) -> bool:
    """Whether the trail has a row."""
    return connection.execute(select(AuditEntry.id).limit(1)).first() is not None


def head(session: Session) -> tuple[int, str]:
    """Number and seal of the newest row, to be noted outside the database; (0, "") for none."""
    last = last_entry(session)
    return (last.id, last.seal) if last else (0, "")


def who_saw(
    session: Session, nik: str, since: datetime, until: datetime, *, people: Collection[str] = ()
) -> list[AuditEntry]:
    """Every act on and view of the data of `nik` from `since` until before `until`, in order.

    `people` are public ids of those whose NIK it is: a view of a paper names only its owner.
    """
    is_theirs = col(AuditEntry.subject).in_(people)
    found = select(AuditEntry).where(
        or_(col(AuditEntry.nik_hash) == nik_hash(nik), is_theirs),
        col(AuditEntry.at) >= since,
        col(AuditEntry.at) < until,
    )
    return list(session.exec(found.order_by(col(AuditEntry.id))))


def protect(connection: Connection) -> None:
    """Create the triggers by which the database refuses to change or delete rows of the trail."""
    for statement in _GUARDS[connection.dialect.name]:
        connection.execute(text(statement))


def last_entry(session: Session) -> AuditEntry | None:
    """The newest row of the trail, which the next one is chained to."""
    return session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(1)).first()


def _in_order(session: Session) -> Iterator[AuditEntry]:
    rows = select(AuditEntry).order_by(col(AuditEntry.id)).execution_options(yield_per=1000)
    yield from session.exec(rows)


def _seal(entry: AuditEntry) -> str:
    at = clock.utc(entry.at).astimezone(UTC).isoformat()
    content = [at, entry.actor_id, entry.act, entry.subject, entry.nik_hash, entry.detail]
    return keyed("audit", json.dumps([*content, entry.previous]))


def nik_hash(nik: str) -> str:
    """Keyed hash of a NIK, as the trail stores it: it can be searched for, but not read back."""
    return keyed("nik", nik) if nik else ""


_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS auditentry_no_{act.lower()} BEFORE {act} ON auditentry "
        "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION auditentry_is_append_only() RETURNS trigger AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$ LANGUAGE plpgsql",
        "DROP TRIGGER IF EXISTS auditentry_append_only ON auditentry",
        "CREATE TRIGGER auditentry_append_only BEFORE UPDATE OR DELETE ON auditentry "
        "FOR EACH ROW EXECUTE FUNCTION auditentry_is_append_only()",
    ],
}
