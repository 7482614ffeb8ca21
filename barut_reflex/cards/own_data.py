"""A person's cards: for the data copy, as ids in the audit trail, and whether one has not ended."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, select

from ..core import clock
from ..core.indonesian import dated, long_date
from ..people.models import Person
from ..profiles.own_data import in_words
from ..sharing.models import CardView
from ..sharing.queries.views import VIEWER_LABELS
from .dates import STATE_LABELS
from .models import Card, CardPrint, Placement
from .queries.lookup import card_state, facts_of, placement_of, visits_of


def cards(session: Session, person: Person) -> list[dict[str, object]]:
    """All cards of the person, for the copy of their own data."""
    mine = select(Card).where(Card.holder_id == person.id).order_by(col(Card.id))
    return [_card(session, card) for card in session.exec(mine).all()]


def public_ids(session: Session, person: Person) -> list[str]:
    """The ids by which the audit trail names the person's cards."""
    return list(session.exec(select(Card.public_id).where(Card.holder_id == person.id)))


def is_alive(person_id: Any) -> ColumnElement[bool]:
    """SQL condition: the person in that column has a card that has not ended."""
    return exists().where(
        col(Card.holder_id) == person_id,
        col(Card.revoked).is_(None),
        col(Card.valid_until) >= clock.today(),
        ~exists().where(col(Placement.card_id) == Card.id),
    )


def _card(session: Session, card: Card) -> dict[str, object]:
    placement = placement_of(session, card)
    prints = select(CardPrint.at).where(CardPrint.card_id == card.id)
    views = select(CardView).where(CardView.card_id == card.id).order_by(col(CardView.id))
    return {
        "nomor_pendaftaran": card.number,
        "keadaan": STATE_LABELS[card_state(session, card)],
        "terbit": dated(card.issued),
        "berlaku_sampai": long_date(card.valid_until),
        "penandatangan": card.signatory_name,
        "data_pada_kartu": in_words(facts_of(card)),
        "dicabut": dated(card.revoked),
        "alasan_pencabutan": card.revoke_reason,
        "diterima_di": placement.employer if placement else "",
        "diterima_sejak": long_date(placement.on) if placement else "",
        "lapor": [long_date(day) for day in sorted(visits_of(session, card))],
        "dicetak": [dated(at) for at in session.exec(prints)],
        "dipindai": [
            {"waktu": dated(view.at), "oleh": VIEWER_LABELS[view.viewer]}
            for view in session.exec(views)
        ],
    }
