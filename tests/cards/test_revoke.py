"""Revoking a card: by an administrator with a reason, recorded in the trail."""

import pytest
from sqlmodel import select

from barut_reflex.applications.models import Application
from barut_reflex.cards.dates import CardState
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import common, issuing
from barut_reflex.core.errors import Refusal
from barut_reflex.core.mail import KEY_PURPOSE
from barut_reflex.core.models import AuditEntry, OutboxMail
from barut_reflex.core.tokens import decrypt

REASON = "Data kependudukan ternyata milik orang lain <b>."


def test_the_administrator_revokes_with_a_reason(session, card, pak_budi):
    issuing.revoke(session, pak_budi, card.public_id, reason=f"  {REASON} ")
    assert lookup.card_state(session, card) is CardState.REVOKED
    assert (card.revoked_by, card.revoke_reason) == (pak_budi.id, REASON)
    assert lookup.valid_card_of_nik(session, card.nik) is None


@pytest.mark.parametrize("who", ["rina", "ahmad"])
def test_nobody_else_may(session, card, request, who):
    with pytest.raises(common.NotAllowed):
        issuing.revoke(session, request.getfixturevalue(who), card.public_id, reason=REASON)
    assert lookup.card_state(session, card) is CardState.VALID


@pytest.mark.parametrize("reason", ["", " \n\t ", "a" * 1001, "kendali \x07", "arah \u202e"])
def test_the_reason_must_be_there_and_fit(session, card, pak_budi, reason):
    with pytest.raises(Refusal) as refused:
        issuing.revoke(session, pak_budi, card.public_id, reason=reason)
    assert refused.value.field == "reason"
    assert card.revoked is None


def test_twice_is_refused(session, card, pak_budi):
    issuing.revoke(session, pak_budi, card.public_id, reason=REASON)
    with pytest.raises(issuing.AlreadyRevoked):
        issuing.revoke(session, pak_budi, card.public_id, reason="Lagi")
    assert card.revoke_reason == REASON


def test_the_holder_may_apply_again_and_is_told_why(session, card, ahmad, pak_budi):
    issuing.revoke(session, pak_budi, card.public_id, reason=REASON)
    assert session.get_one(Application, card.application_id).is_closed
    email = session.exec(select(OutboxMail)).one()
    assert (email.recipient, email.kind) == (ahmad.email, "card_revoked")
    assert REASON in decrypt(KEY_PURPOSE, email.text)
    assert "&lt;b&gt;" in decrypt(KEY_PURPOSE, email.html)


def test_an_officer_replaces_the_old_card_in_an_approval(session, card, rina):
    issuing.supersede(session, card, by=rina)
    assert lookup.card_state(session, card) is CardState.REVOKED
    assert card.revoke_reason == "Diganti kartu baru untuk NIK yang sama."


def test_it_is_in_the_trail(session, card, pak_budi):
    issuing.revoke(session, pak_budi, card.public_id, reason=REASON)
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "revoke_card")).one()
    assert (entry.actor_id, entry.detail) == (pak_budi.id, REASON)
