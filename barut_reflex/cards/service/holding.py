"""Helpers of all acts on a card: lock the card, check who may, write the audit row."""

from sqlmodel import Session

from ...core import audit
from ...core.errors import Refusal
from ...core.locks import lock
from ...people.models import Person
from ...people.rules import STAFF
from ..models import Card
from ..queries.standing import NoSuchCard, get_card


class CardEnded(Refusal):
    message = "Kartu ini sudah tidak berlaku, jadi tindakan ini tidak dapat dilakukan."


class NotAllowed(Refusal):
    message = "Tindakan ini tidak untuk akun Anda. Hubungi administrator kantor."


def hold(session: Session, public_id: str) -> Card:
    """The card, read anew while no other act can change it."""
    lock(session, f"card {public_id}")
    card = get_card(session, public_id)
    session.refresh(card)
    return card


def mine_or_staff(card: Card, by: Person) -> None:
    """Another job seeker's card is as missing as one that never was."""
    if by.role not in STAFF and card.holder_id != by.id:
        raise NoSuchCard


def staff_only(by: Person) -> None:
    if by.role not in STAFF:
        raise NotAllowed


def note(session: Session, act: str, card: Card, *, by: Person, detail: str = "") -> None:
    audit.record(session, act, by=by, subject=card.public_id, nik=card.nik, detail=detail)
