"""Moves of an application's status: only those in the table, one at a time, by its owner."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, create_engine, select

from barut_reflex.applications import queries as application_queries
from barut_reflex.applications import service as applications
from barut_reflex.applications.models import Application
from barut_reflex.applications.queries import NoSuchApplication
from barut_reflex.applications.status import RULES, Action, Status, WrongStatus
from barut_reflex.core.models import OutboxMail, StatusMove
from barut_reflex.people.rules import STAFF, Role
from probes.factories import make_application, make_person


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("status", list(Status))
def test_the_table_alone_decides(session, ahmad, role, action, status):
    by = make_person(session, name="Wati", role=role) if role in STAFF else ahmad
    by.role = role
    application = make_application(session, applicant=ahmad, status=status)
    rule = RULES[action]
    if role in rule.by and status in rule.start:
        applications.move(session, application, action, by=by)
        assert (application.status, application.version) == (rule.end, 1)
        assert len(session.exec(select(StatusMove)).all()) == 1
    else:
        with pytest.raises(WrongStatus):
            applications.move(session, application, action, by=by)
        assert (application.status, application.version) == (status, 0)
        assert session.exec(select(StatusMove)).all() == []


def test_the_slower_of_two_is_refused(file_office, session):
    """Two officers read the same row; the second one's write finds the version gone."""
    with Session(file_office, expire_on_commit=False) as first:
        ahmad = make_person(first, name="Ahmad")
        rina = make_person(first, name="Rina", role=Role.OFFICER)
        application = make_application(first, applicant=ahmad)
    with Session(file_office, expire_on_commit=False) as slow:
        seen = slow.get_one(Application, application.id)
        slow.rollback()
        slow.expunge(seen)
        with Session(file_office, expire_on_commit=False) as quick:
            mine = quick.get_one(Application, application.id)
            applications.move(quick, mine, Action.RETURN, by=rina, note="buram")
            quick.commit()
        slow.add(seen)
        with pytest.raises(WrongStatus):
            applications.move(slow, seen, Action.APPROVE, by=rina)


def test_back_and_forth_does_not_fool_the_guard(session, ahmad, rina):
    """Withdrawn and sent again meanwhile: same status, another version."""
    application = make_application(session, applicant=ahmad)
    stale = Application.model_validate(application.model_dump())
    applications.move(session, application, Action.WITHDRAW, by=ahmad)
    applications.move(session, application, Action.SUBMIT, by=ahmad)
    with pytest.raises(WrongStatus):
        applications.move(session, stale, Action.APPROVE, by=rina)


def test_another_persons_application_is_as_missing(session, ahmad, siti):
    application = make_application(session, applicant=ahmad)
    with pytest.raises(NoSuchApplication):
        applications.move(session, application, Action.WITHDRAW, by=siti)
    with pytest.raises(NoSuchApplication):
        application_queries.get_application(session, "00000000-0000-4000-8000-000000000000")


@pytest.mark.parametrize(
    ("action", "kind", "subject"),
    [
        (Action.RETURN, "application_return", "Pengajuan AK1 Anda perlu diperbaiki"),
        (Action.APPROVE, "application_approve", "Pengajuan AK1 Anda disetujui"),
    ],
)
def test_a_decision_is_mailed_and_dated(session, ahmad, rina, action, kind, subject):
    application = make_application(session, applicant=ahmad)
    applications.move(session, application, action, by=rina, note="Foto buram")
    [mail] = session.exec(select(OutboxMail)).all()
    assert (mail.kind, mail.recipient, mail.subject) == (kind, "ahmad@contoh.id", subject)
    assert application.decided is not None
    assert application.review_note == "Foto buram"


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.sampled_from(Action), st.sampled_from([0, 1, 2])), max_size=25))
def test_any_row_of_steps_ends_where_the_table_says(steps):
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with Session(engine, expire_on_commit=False) as session:
        people = [
            make_person(session, name="Ahmad"),
            make_person(session, name="Siti"),
            make_person(session, name="Rina", role=Role.OFFICER),
        ]
        application = make_application(session, applicant=people[0], status=Status.DRAFT)
        expected, moves = Status.DRAFT, 0
        for action, who in steps:
            rule = RULES[action]
            if people[who].role in rule.by and who != 1 and expected in rule.start:
                expected, moves = rule.end, moves + 1
                applications.move(session, application, action, by=people[who])
            else:
                with pytest.raises((WrongStatus, NoSuchApplication)):
                    applications.move(session, application, action, by=people[who])
        assert (application.status, application.version) == (expected, moves)
        assert len(session.exec(select(StatusMove)).all()) == moves
