"""Renewing the code of a card: by its holder or an officer, ten times a day."""

import pytest
from sqlmodel import col, select

from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import common, issuing
from barut_reflex.core.models import AuditEntry
from barut_reflex.seal.models import Code


def codes(session):
    return session.exec(select(Code).order_by(col(Code.id))).all()


@pytest.mark.parametrize("who", ["ahmad", "rina"])
def test_holder_and_officer_may_renew(session, card, request, who):
    issuing.renew_code(session, request.getfixturevalue(who), card.public_id)
    old, new = codes(session)
    assert old.replaced and not new.replaced
    assert old.code != new.code and old.code_id != new.code_id
    assert lookup.current_code(session, card) == new


def test_somebody_else_finds_no_such_card(session, card, siti):
    with pytest.raises(lookup.NoSuchCard):
        issuing.renew_code(session, siti, card.public_id)
    assert len(codes(session)) == 1


def test_without_the_question_whose_card_it_is_siti_could(session, card, siti, monkeypatch):
    monkeypatch.setattr(issuing, "require_holder_or_staff", lambda card, by: None)
    issuing.renew_code(session, siti, card.public_id)
    assert len(codes(session)) == 2


def test_a_card_that_ended_gets_no_new_code(session, card, ahmad, set_clock):
    set_clock(2028, 5, 1, 3)
    with pytest.raises(common.CardEnded):
        issuing.renew_code(session, ahmad, card.public_id)


def test_an_unknown_card_is_missing(session, card, ahmad):
    with pytest.raises(lookup.NoSuchCard):
        issuing.renew_code(session, ahmad, "../etc/passwd")


def test_eleven_times_a_day_is_too_often(session, card, ahmad, set_clock):
    for _ in range(issuing.RENEWALS_A_DAY):
        issuing.renew_code(session, ahmad, card.public_id)
    with pytest.raises(issuing.TooManyCodes):
        issuing.renew_code(session, ahmad, card.public_id)
    set_clock(2026, 4, 21, 4)
    issuing.renew_code(session, ahmad, card.public_id)
    assert len(codes(session)) == 12


def test_it_is_in_the_trail(session, card, ahmad):
    issuing.renew_code(session, ahmad, card.public_id)
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "renew_code")).one()
    assert (entry.actor_id, entry.subject) == (ahmad.id, card.public_id)
