"""A stolen key: every card signed with it gets a new code, then the key may go."""

import base64

from sqlmodel import Session, col, select

from ...core import audit, clock, ledger
from ...people.models import Person
from ...seal import keys
from ...siapkerja.models import Identity, IdentityCode
from ...siapkerja.service.identity import replace_code
from ..models import Card, CardCode
from ..queries.standing import is_live
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
    count = len(renewed) + _renew_identities(session, key_id)
    detail = f"kunci {key_id}; {count} kode diperbarui"
    audit.record(session, "remove_key", by=None, detail=detail)
    return count


def _renew_identities(session: Session, key_id: int) -> int:
    standing = (
        select(Identity, IdentityCode)
        .join(IdentityCode, col(IdentityCode.identity_id) == col(Identity.id))
        .where(col(Identity.revoked).is_(None), col(IdentityCode.replaced).is_(None))
    )
    found = [one for one, code in session.exec(standing) if _signer_of(code) == key_id]
    for identity in found:
        replace_code(session, identity, session.get_one(Person, identity.holder_id))
    return len(found)


def _signer_of(row: CardCode | IdentityCode) -> int:
    return base64.b32decode(row.code[:HEAD_LETTERS])[2]
