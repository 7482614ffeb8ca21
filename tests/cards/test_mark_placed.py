"""Marking a holder as placed in a job, which ends the card."""

from datetime import date

import pytest
from sqlmodel import select

from barut_reflex.applications import service as applications
from barut_reflex.applications.models import Application
from barut_reflex.cards.dates import CardState
from barut_reflex.cards.models import Placement
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import after_issue, common, issuing
from barut_reflex.core.errors import Refusal
from barut_reflex.core.mail import KEY_PURPOSE
from barut_reflex.core.models import AuditEntry, OutboxMail
from barut_reflex.core.tokens import decrypt

EMPLOYER = "PT <Batu> & 'Bara', Tbk."


def mark_placed(session, card, by, employer=EMPLOYER, on="20/04/2026"):
    return after_issue.mark_placed(session, by, card.public_id, employer=employer, on=on)


def test_it_keeps_where_and_since_when(session, card, rina):
    mark_placed(session, card, rina)
    placement = session.exec(select(Placement)).one()
    assert (placement.employer, placement.on) == (EMPLOYER, date(2026, 4, 20))
    assert lookup.card_state(session, card) is CardState.PLACED


def test_the_holder_may_apply_again(session, card, ahmad, rina):
    with pytest.raises(Refusal):
        applications.start_new(session, ahmad)
    mark_placed(session, card, rina)
    assert session.get_one(Application, card.application_id).is_closed
    assert applications.start_new(session, ahmad).id != card.application_id


def test_once_is_enough(session, card, rina, pak_budi):
    mark_placed(session, card, rina)
    with pytest.raises(after_issue.AlreadyPlaced):
        mark_placed(session, card, pak_budi, employer="CV Lain")
    assert session.exec(select(Placement)).one().employer == EMPLOYER


@pytest.mark.parametrize("employer", ["", "   ", "a" * 201, "Toko \x00", "Toko Даша"])
def test_the_employer_must_be_there_and_fit(session, card, rina, employer):
    with pytest.raises(Refusal) as refused:
        mark_placed(session, card, rina, employer=employer)
    assert refused.value.field == "employer"


@pytest.mark.parametrize("on", ["", "20 April 2026", "21/04/2026", "19/04/2026", "30/02/2026"])
def test_the_day_must_be_one_between_issue_and_today(session, card, rina, on):
    with pytest.raises(Refusal) as refused:
        mark_placed(session, card, rina, on=on)
    assert refused.value.field == "on"
    assert session.exec(select(Placement)).all() == []


def test_a_job_seeker_cannot_note_it(session, card, ahmad):
    with pytest.raises(common.NotAllowed):
        mark_placed(session, card, ahmad)


def test_a_revoked_card_cannot_be_placed(session, card, rina):
    issuing.supersede(session, card, by=rina)
    with pytest.raises(common.CardEnded):
        mark_placed(session, card, rina)


def test_a_card_that_expired_can_still_be_placed(session, card, rina, set_clock):
    set_clock(2028, 6, 1, 3)
    mark_placed(session, card, rina, on="01/03/2028")
    assert lookup.card_state(session, card) is CardState.PLACED


def test_the_holder_is_notified(session, card, ahmad, rina):
    mark_placed(session, card, rina)
    email = session.exec(select(OutboxMail)).one()
    assert (email.recipient, email.kind) == (ahmad.email, "card_placed")
    assert EMPLOYER in decrypt(KEY_PURPOSE, email.text)
    assert EMPLOYER not in email.subject


def test_it_is_in_the_trail(session, card, rina):
    mark_placed(session, card, rina)
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "mark_placed")).one()
    assert entry.detail == f"{EMPLOYER}, 2026-04-20"


def test_an_application_is_closed_once_its_card_ran_out(session, card, ahmad, set_clock):
    set_clock(2028, 4, 20, 3)
    assert after_issue.close_expired(session) == 0
    set_clock(2028, 4, 21, 3)
    assert after_issue.close_expired(session) == 1
    assert after_issue.close_expired(session) == 0
    assert applications.start_new(session, ahmad)
