"""The audit trail: a changed, missing or foreign row is found by verifying the chain."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from barut_reflex.core import audit, db
from barut_reflex.core.models import AuditEntry
from probes.factories import known

from ..accounts.conftest import NOON

NIK = "6205050707000006"


@pytest.fixture
def trail(session, hours, rina):
    """Twenty rows, written a minute apart."""
    for number in range(20):
        audit.record(session, "view", by=rina, subject=f"s{number}", nik=NIK, detail=f"d{number}")
        hours.pass_by(minutes=1)
    session.commit()


def tamper(session, row, column, value):
    statement = f"UPDATE auditentry SET {column} = :value WHERE id = :row"
    session.execute(text(statement), {"value": value, "row": row})
    session.expire_all()


def test_a_whole_trail_is_whole(session, trail):
    assert audit.verify(session) == []
    assert audit.head(session)[0] == session.exec(select(func.max(AuditEntry.id))).one()


def test_an_empty_trail_is_whole(session):
    assert audit.verify(session) == []
    assert audit.head(session) == (0, "")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("act", "viev"),
        ("subject", "s99"),
        ("detail", "d99"),
        ("actor_id", 99),
        ("nik_hash", "0" * 64),
        ("at", "2026-04-20 05:00:00.000001"),
        ("seal", "0" * 64),
        ("previous", "0" * 64),
    ],
)
@pytest.mark.parametrize("row", [1, 7, 20])
def test_a_changed_row_is_named(session, trail, row, column, value):
    tamper(session, row, column, value)
    assert audit.verify(session) == [row]


def test_several_changed_rows_are_all_named(session, trail):
    for row in (3, 4, 11):
        tamper(session, row, "detail", "changed")
    assert audit.verify(session) == [3, 4, 11]


def test_a_missing_row_shows_at_the_next(session, trail):
    session.execute(text("DELETE FROM auditentry WHERE id = 7"))
    assert audit.verify(session) == [8]


def test_a_row_sealed_without_the_secret_is_named(session, trail, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(audit, "keyed", lambda purpose, text: "f" * 64)
        audit.record(session, "forged", by=None)
    assert audit.verify(session) == [21]


def test_a_cut_off_end_shows_against_a_noted_head(session, trail):
    noted = audit.head(session)
    session.execute(text("DELETE FROM auditentry WHERE id = 20"))
    assert audit.verify(session) == []
    assert audit.head(session) != noted


def test_the_database_itself_refuses_changes(session, trail):
    audit.protect(session.connection())
    for statement in ("UPDATE auditentry SET act = 'x'", "DELETE FROM auditentry"):
        with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
            session.execute(text(statement))
    audit.record(session, "still", by=None)
    assert audit.verify(session) == []


def test_the_nik_is_not_readable(session, trail):
    row = known(session.exec(select(AuditEntry)).first())
    assert NIK not in str(row.model_dump())


def test_who_saw_a_person_in_a_time(session, trail, rina):
    audit.record(session, "view", by=rina, nik="6205054707000007")
    seen = audit.who_saw(session, NIK, NOON + timedelta(minutes=5), NOON + timedelta(minutes=8))
    assert [(row.subject, row.actor_id) for row in seen] == [
        ("s5", rina.id),
        ("s6", rina.id),
        ("s7", rina.id),
    ]


def test_long_texts_are_cut_and_stay_sealed(session, rina):
    audit.record(session, "a" * 99, by=rina, subject="s" * 99, detail="d" * 9999)
    session.commit()
    session.expire_all()
    assert audit.verify(session) == []


def record_at_once(many):
    start = threading.Barrier(many)

    def one():
        start.wait()
        with db.writing() as session:
            audit.record(session, "view", by=None)

    threads = [threading.Thread(target=one) for _ in range(many)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    with db.reading() as session:
        return audit.verify(session), audit.head(session)[0]


def test_parallel_acts_make_one_chain(file_office):
    assert record_at_once(20) == ([], 20)


def test_without_the_row_before_it_the_chain_would_break(file_office, monkeypatch):
    monkeypatch.setattr(audit, "last_entry", lambda session: None)
    with db.writing() as session:
        audit.record(session, "view", by=None)
        audit.record(session, "view", by=None)
        assert audit.verify(session) == [2]
