"""The card on the page of an approved case: its state, and which acts are offered."""

import pytest

from barut_reflex.cards.service import after_issue, issuing, printing
from barut_reflex.core import clock, errors
from barut_reflex.review import service as review

from .conftest import SEAL, read

# -- the card -------------------------------------------------------------------------------------


@pytest.fixture
def card(session, case, rina):
    return review.approve(session, rina, case.public_id, seal=SEAL)


def test_an_approved_case_shows_its_card(session, case, card, rina):
    found = read(session, case, rina).card
    assert (found.number, found.state, found.tone) == (card.number, "Berlaku", "success")
    assert found.prints == "Belum pernah dicetak"
    assert (found.can_print, found.can_place, found.can_report, found.can_renew) == (True,) * 4


def test_only_an_administrator_is_offered_to_revoke(session, case, card, rina, pak_budi):
    assert not read(session, case, rina).card.can_revoke
    assert read(session, case, pak_budi).card.can_revoke


def test_what_happened_to_the_card_is_shown(session, case, card, rina, pak_budi):
    today = f"{clock.today():%d/%m/%Y}"
    review.record_visit(session, rina, card.public_id, visited_on=today)
    after_issue.mark_placed(session, rina, card.public_id, employer="PT Lahei", on=today)
    printing.record_print(session, rina, card.public_id)
    issuing.revoke(session, pak_budi, card.public_id, reason="Salah cetak")
    found = read(session, case, pak_budi).card
    assert found.visits[0].endswith("(dicatat Rina)")
    assert found.placement.startswith("PT Lahei, sejak ")
    assert found.prints.startswith("1 kali, terakhir ")
    assert "oleh Budi. Alasan: Salah cetak" in found.revocation
    assert (found.can_print, found.can_place, found.can_revoke) == (False, False, False)


def test_a_wrong_day_of_a_visit_stands_at_its_own_field(session, card, rina):
    with pytest.raises(errors.Refusal) as refused:
        review.record_visit(session, rina, card.public_id, visited_on="kemarin")
    assert refused.value.field == "visited_on"
