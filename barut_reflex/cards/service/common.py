"""What every act on a card needs: lock the card, check who may act, write the audit entry."""

from sqlmodel import Session

from ...core import audit
from ...core.errors import Refusal
from ...core.locks import lock
from ...people.models import Person
from ...people.rules import STAFF
from ..models import Card
from ..queries.lookup import NoSuchCard, get_card


class CardEnded(Refusal):
    message = "Kartu ini sudah tidak berlaku, jadi tindakan ini tidak dapat dilakukan."


class NotAllowed(Refusal):
    message = "Tindakan ini tidak untuk akun Anda. Hubungi administrator kantor."


def lock_card(session: Session, public_id: str) -> Card:
    """The card, locked until the transaction ends and read again under the lock."""
    lock(session, f"card {public_id}")
    card = get_card(session, public_id)
    session.refresh(card)
    return card


def require_holder_or_staff(card: Card, by: Person) -> None:
    """Refuse anybody else with `NoSuchCard`: whether another person's card exists is not told."""
    if by.role not in STAFF and card.holder_id != by.id:
        raise NoSuchCard


def require_staff(by: Person) -> None:
    """Refuse everybody but officers and administrators with `NotAllowed`."""
    if by.role not in STAFF:
        raise NotAllowed


def audit_card(session: Session, act: str, card: Card, *, by: Person, detail: str = "") -> None:
    """Write the audit entry of an act on that card."""
    audit.record(session, act, by=by, subject=card.public_id, nik=card.nik, detail=detail)
