"""The audit trail: append-only rows, each sealed together with the row before it."""

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import Connection, or_, text
from sqlmodel import Session, col, select

from . import clock, origin
from .locks import one_at_a_time
from .models import AuditEntry
from .tokens import keyed, same

NEWEST = 100  # rows that tell by whose secret the trail was sealed


class Actor(Protocol):
    """Whoever acts: a person with a number."""

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
    one_at_a_time(session, "audit")
    if (last := last_entry(session)) is None:
        origin.note(session.connection())
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
    """The rows that no longer are what was written, by number; empty when the trail is whole.

    A missing row shows at the row after it. Rows cut off at the end show only against a head
    noted elsewhere (`head`).
    """
    broken, expected = [], {""}
    for entry in _in_order(session):
        own = _seal(entry)
        if not same(own, entry.seal) or entry.previous not in expected:
            broken.append(entry.id)
        expected = {own, entry.seal}
    return broken


def is_ours(connection: Connection) -> bool:
    """Whether this secret sealed the trail: most of its newest rows; true when it has none.

    Not the last row alone: a single act under a wrong secret must not decide. At half and half
    the last row does.
    """
    newest = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(NEWEST)
    with Session(connection) as session:
        fits = [same(_seal(entry), entry.seal) for entry in session.exec(newest)]
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

    `people` are public ids of those whose NIK it is: a look at a paper names only its owner.
    """
    is_theirs = col(AuditEntry.subject).in_(people)
    found = select(AuditEntry).where(
        or_(col(AuditEntry.nik_hash) == nik_hash(nik), is_theirs),
        col(AuditEntry.at) >= since,
        col(AuditEntry.at) < until,
    )
    return list(session.exec(found.order_by(col(AuditEntry.id))))


def protect(connection: Connection) -> None:
    """Let the database itself refuse to change or delete rows of the trail."""
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
    """A NIK as the trail keeps it: found by whoever asks for that NIK, read by nobody."""
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
