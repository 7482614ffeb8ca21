"""Withdrawing a sent application: by its owner only, before any decision."""

import pytest
from sqlmodel import select

from barut_reflex.applications import service as applications
from barut_reflex.applications.status import Action, Status, WrongStatus
from barut_reflex.core.models import AuditEntry, OutboxMail, StatusMove
from probes.factories import make_application


def test_a_sent_application_becomes_a_draft_again_and_no_mail_goes_out(session, ahmad):
    application = make_application(session, applicant=ahmad)
    applications.withdraw(session, ahmad)
    assert application.status is Status.DRAFT
    [change] = session.exec(select(StatusMove)).all()
    assert (change.action, change.actor_id) == (Action.WITHDRAW, ahmad.id)
    assert session.exec(select(OutboxMail)).all() == []
    assert session.exec(select(AuditEntry)).one().act == "withdraw"


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.SUBMITTED}))
def test_only_a_sent_one_can_be_withdrawn(session, ahmad, status):
    application = make_application(session, applicant=ahmad, status=status)
    with pytest.raises(WrongStatus):
        applications.withdraw(session, ahmad)
    assert application.status is status


def test_another_persons_application_stays_sent(session, ahmad, siti):
    application = make_application(session, applicant=ahmad)
    with pytest.raises(WrongStatus):
        applications.withdraw(session, siti)
    assert application.status is Status.SUBMITTED


def test_an_officer_cannot_withdraw(session, ahmad, rina):
    application = make_application(session, applicant=ahmad)
    with pytest.raises(WrongStatus):
        applications.move(session, application, Action.WITHDRAW, by=rina)
    assert application.status is Status.SUBMITTED
