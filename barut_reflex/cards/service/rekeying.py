"""New codes for the usable AK1 cards whose code a given key signed, before that key is deleted.

Used when a signing key was stolen (`kunci-qr hapus`).
"""

from sqlmodel import Session

from ...seal import queries as seal
from ...seal.rules import PayloadKind
from ..models import Card
from ..queries.lookup import is_live
from .issuing import replace_code


def renew_signed_with(session: Session, key_id: int) -> int:
    """Give every usable card (`is_live`) whose code this key signed a new code; how many."""
    signed = seal.signed_with(session, key_id, PayloadKind.AK1)
    cards = [session.get_one(Card, code.subject_id, with_for_update=True) for code in signed]
    live = [card for card in cards if is_live(session, card)]
    for card in live:
        replace_code(session, card)
    return len(live)
