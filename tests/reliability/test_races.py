"""Concurrent clicks, and officers who decide on data they have not seen."""

import pytest
from sqlmodel import select

from barut_reflex.applications import queries as applications
from barut_reflex.applications.status import RULES, Action, Status
from barut_reflex.cards.models import Card
from barut_reflex.core import db
from barut_reflex.core.models import StatusMove
from barut_reflex.review import service as review
from probes.faults.backlog import make_officer, make_submitted_cases
from probes.faults.races import approval_by, approve_unsafely, race, run_number_race, withdraw_case
from probes.faults.stale_decisions import count_stale_approvals, submit_twice


def url_of(engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_no_number_twice_no_double_approval_no_gap(file_office):
    found = run_number_race(url_of(file_office), processes=4, applications=15)
    assert found.is_clean
    assert found.refused == 3 * 15


def test_reading_and_then_writing_would_fail(file_office):
    found = run_number_race(
        url_of(file_office), processes=4, applications=15, approval=approve_unsafely
    )
    assert found.duplicates > 0
    assert found.doubles > 0


def test_of_cancelling_and_approving_one_wins(file_office):
    cases, officer = make_submitted_cases(25), make_officer()
    ends = race(url_of(file_office), cases, withdraw_case, approval_by(officer))
    assert all(mine != theirs for mine, theirs in ends)
    with db.reading() as session:
        decided = session.exec(select(StatusMove.action)).all()
        assert len(decided) == len(cases)
        assert decided.count(Action.APPROVE) == len(session.exec(select(Card)).all())


def test_an_officer_never_approves_what_they_did_not_see(file_office):
    assert count_stale_approvals(20) == 0


def test_without_the_seal_they_would(file_office, monkeypatch):
    monkeypatch.setattr(
        review,
        "get_as_read",
        lambda session, id_, seal: applications.get_application(session, id_),
    )
    assert count_stale_approvals(3) == 3


@pytest.mark.parametrize("way", ["two tabs", "pressed twice"])
def test_sending_twice_has_one_effect(file_office, way):
    found = submit_twice(url_of(file_office), 10, together=way == "two tabs")
    assert found == {"moves": 10, "letters": 10, "audit rows": 10}


def test_without_the_guarded_change_it_would_have_two(file_office, monkeypatch):
    anywhere = RULES[Action.SUBMIT]._replace(start=frozenset(Status))
    monkeypatch.setitem(RULES, Action.SUBMIT, anywhere)
    found = submit_twice(url_of(file_office), 5, together=False)
    assert found["moves"] == 10
