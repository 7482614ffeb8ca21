"""A stolen key: every card signed with it gets a new code, then the key may go."""

from sqlmodel import Session, col, select

from ...core import clock, ledger
from ...seal import codes
from ..models import Card, CardCode
from ..queries.standing import is_live
from .issuing import add_code


def renew_signed_with(session: Session, key_id: int) -> int:
    """New codes for the cards in use whose code this key signed; how many."""
    current = select(CardCode).where(col(CardCode.replaced).is_(None))
    found = [row for row in session.exec(current) if codes.signer_of(row.code) == key_id]
    renewed = [row for row in found if is_live(session, session.get_one(Card, row.card_id))]
    for row in renewed:
        card = session.get_one(Card, row.card_id)
        row.replaced = clock.now()
        session.add(row)
        new = add_code(session, card)
        ledger.note(session, "renew", card=card.public_id, code_id=new.code_id, code=new.code)
    return len(renewed)
