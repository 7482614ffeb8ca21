"""Who may print a card, and that each print is recorded."""

import pytest
from sqlmodel import col, select

from barut_reflex.cards.models import CardPrint
from barut_reflex.cards.queries import lookup
from barut_reflex.cards.service import common, issuing, printing
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings

pytestmark = pytest.mark.slow  # many drawings, read by other programs


def test_somebody_else_finds_no_such_card(session, card, siti):
    with pytest.raises(lookup.NoSuchCard):
        printing.draw_card(session, siti, card.public_id)


def test_the_holder_prints_only_where_the_office_allows_it(session, card, ahmad, monkeypatch):
    with pytest.raises(printing.PrintAtOffice):
        printing.draw_card(session, ahmad, card.public_id)
    with pytest.raises(printing.PrintAtOffice):
        printing.record_print(session, ahmad, card.public_id)
    monkeypatch.setattr(settings, "self_print", True)
    name, content = printing.draw_card(session, ahmad, card.public_id)
    assert name == "AK1-620500000120042026.pdf" and content.startswith(b"%PDF-")


def test_a_revoked_card_is_not_printed(session, card, rina):
    issuing.supersede(session, card, by=rina)
    with pytest.raises(common.CardEnded):
        printing.draw_card(session, rina, card.public_id)


def test_each_print_is_recorded(session, card, rina, pak_budi):
    printing.record_print(session, rina, card.public_id)
    printing.record_print(session, pak_budi, card.public_id)
    prints = session.exec(select(CardPrint).order_by(col(CardPrint.id))).all()
    assert [row.by_id for row in prints] == [rina.id, pak_budi.id]
    entries = session.exec(select(AuditEntry).where(AuditEntry.act == "print_card")).all()
    assert {entry.detail for entry in entries} == {card.public_id} and len(entries) == 2
