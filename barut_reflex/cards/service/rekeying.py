"""A stolen key: every card signed with it gets a new code, then the key may go."""

import base64

from sqlmodel import Session, col, select

from ...core import audit, clock, ledger
from ..models import Card, CardCode
from ..qr import keys
from ..queries import is_live
from .issuing import add_code

HEAD_LETTERS = 8  # five bytes: version, kind, key id, and two more


def renew_signed_with(session: Session, key_id: int) -> int:
    """New codes for the cards in use whose code this key signed; how many.

    The key itself is removed once this is committed (`keys.remove_key`).
    """
    keys.old_key(key_id)
    current = select(CardCode).where(col(CardCode.replaced).is_(None))
    found = [row for row in session.exec(current) if _signer_of(row) == key_id]
    renewed = [row for row in found if is_live(session, session.get_one(Card, row.card_id))]
    for row in renewed:
        card = session.get_one(Card, row.card_id)
        row.replaced = clock.now()
        session.add(row)
        new = add_code(session, card)
        ledger.note(session, "renew", card=card.public_id, code_id=new.code_id, code=new.code)
    detail = f"kunci {key_id}; {len(renewed)} kode diperbarui"
    audit.record(session, "remove_key", by=None, detail=detail)
    return len(renewed)


def _signer_of(row: CardCode) -> int:
    return base64.b32decode(row.code[:HEAD_LETTERS])[2]
