"""Recording a holder's six-monthly visit (report) to the office."""

from datetime import date

import pytest
from sqlmodel import select

from barut_reflex.cards.dates import CardState
from barut_reflex.cards.models import ReportingVisit
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import after_issue, common
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import AuditEntry


def test_a_late_report_makes_the_card_good_again(session, card, rina, set_clock):
    set_clock(2026, 11, 4, 3)
    assert lookup.card_state(session, card) is CardState.REPORT_DUE
    after_issue.record_visit(session, rina, card.public_id, on="04/11/2026")
    assert lookup.card_state(session, card) is CardState.VALID
    visit = session.exec(select(ReportingVisit)).one()
    assert (visit.on, visit.by_id) == (date(2026, 11, 4), rina.id)


@pytest.mark.parametrize(
    "on", ["", "kemarin", "31/02/2026", "2026-11-04", "05/11/2026", "19/04/2026"]
)
def test_the_day_must_be_one_between_issue_and_today(session, card, rina, set_clock, on):
    set_clock(2026, 11, 4, 3)
    with pytest.raises(Refusal) as refused:
        after_issue.record_visit(session, rina, card.public_id, on=on)
    assert refused.value.field == "on" and refused.value.message
    assert session.exec(select(ReportingVisit)).all() == []


def test_the_same_day_is_noted_once(session, card, rina):
    after_issue.record_visit(session, rina, card.public_id, on="20/04/2026")
    with pytest.raises(Refusal):
        after_issue.record_visit(session, rina, card.public_id, on="20/04/2026")
    assert len(session.exec(select(ReportingVisit)).all()) == 1


def test_a_job_seeker_cannot_note_it(session, card, ahmad):
    with pytest.raises(common.NotAllowed):
        after_issue.record_visit(session, ahmad, card.public_id, on="20/04/2026")


def test_a_card_that_ended_takes_no_report(session, card, rina):
    after_issue.mark_placed(session, rina, card.public_id, employer="PT Maju", on="20/04/2026")
    with pytest.raises(common.CardEnded):
        after_issue.record_visit(session, rina, card.public_id, on="20/04/2026")


def test_it_is_in_the_trail(session, card, rina):
    after_issue.record_visit(session, rina, card.public_id, on="20/04/2026")
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "record_visit")).one()
    assert (entry.subject, entry.detail) == (card.public_id, "2026-04-20")
