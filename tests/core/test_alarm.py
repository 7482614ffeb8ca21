"""An officer who opens more people than anybody needs in an hour is written down."""

from datetime import timedelta

import pytest
from sqlmodel import select

from barut_reflex.core import audit
from barut_reflex.core.models import AuditEntry
from barut_reflex.review import service as review

from ..review.cases import make_case

FEW = (5, timedelta(hours=1))


@pytest.fixture
def few(monkeypatch):
    assert (200, timedelta(hours=1)) == audit.MANY_VIEWS
    monkeypatch.setattr(audit, "MANY_VIEWS", FEW)


def look(session, by, people, act="view_case"):
    for number in people:
        audit.record_view(session, act, by=by, subject=f"s{number}", nik=f"{number:016}")


def alarms(session):
    rows = select(AuditEntry).where(AuditEntry.act == audit.ALARM).order_by(AuditEntry.id)  # pyright: ignore
    return [entry.actor_id for entry in session.exec(rows)]


def test_one_more_than_the_most_is_an_alarm(session, hours, few, rina, caplog):
    look(session, rina, range(5))
    assert alarms(session) == [] and "alarm" not in caplog.text
    look(session, rina, range(5, 7))
    assert alarms(session) == [rina.id]
    assert f"alarm: officer {rina.id} opened more than 5 people within 1:00:00" in caplog.text
    assert audit.verify(session) == []


def test_without_the_limit_nobody_would_hear(session, hours, few, rina, monkeypatch, caplog):
    monkeypatch.setattr(audit, "MANY_VIEWS", (10**9, timedelta(hours=1)))
    look(session, rina, range(20))
    assert alarms(session) == [] and "alarm" not in caplog.text


def test_the_same_people_again_are_no_more_people(session, hours, few, rina):
    look(session, rina, [*range(5)] * 3)
    assert alarms(session) == []


def test_what_was_looked_at_an_hour_ago_does_not_count(session, hours, few, rina):
    look(session, rina, range(5))
    hours.pass_by(minutes=61)
    look(session, rina, range(5, 10))
    assert alarms(session) == []
    look(session, rina, range(10, 13))
    hours.pass_by(minutes=61)
    look(session, rina, range(20))
    assert alarms(session) == [rina.id] * 2


def test_each_officer_is_counted_alone(session, hours, few, rina, pak_budi):
    look(session, rina, range(4))
    look(session, pak_budi, range(4, 8))
    assert alarms(session) == []
    look(session, pak_budi, range(8, 12))
    assert alarms(session) == [pak_budi.id]


def test_cases_opened_at_the_desk_are_counted(session, hours, ahmad, rina, monkeypatch, caplog):
    monkeypatch.setattr(audit, "MANY_VIEWS", (0, timedelta(hours=1)))
    case = make_case(session, applicant=ahmad)
    review.record_view(session, case.public_id, by=rina)
    assert alarms(session) == [rina.id] and "alarm" in caplog.text
