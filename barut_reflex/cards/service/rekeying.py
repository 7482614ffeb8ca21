"""A stolen key: every card signed with it gets a new code, then the key may go."""

from sqlmodel import Session

from ...core import audit
from ...people.models import Person
from ...seal import keys
from ...seal import queries as seal
from ...seal.models import Code
from ...seal.rules import PayloadKind
from ...siapkerja.models import Identity
from ...siapkerja.service import identity as identities
from ..models import Card
from ..queries.standing import is_live
from . import issuing


def renew_signed_with(session: Session, key_id: int) -> int:
    """New codes for the cards in use whose code this key signed; how many.

    The key itself is removed once this is committed (`keys.remove_key`).
    """
    keys.old_key(key_id)
    count = sum(_RENEW[code.kind](session, code) for code in seal.signed_with(session, key_id))
    detail = f"kunci {key_id}; {count} kode diperbarui"
    audit.record(session, "remove_key", by=None, detail=detail)
    return count


def _renew_card(session: Session, code: Code) -> bool:
    """Whether the card is in use, and so has a new code."""
    card = session.get_one(Card, code.subject_id, with_for_update=True)
    if not is_live(session, card):
        return False
    issuing.replace_code(session, card)
    return True


def _renew_identity(session: Session, code: Code) -> bool:
    identity = session.get_one(Identity, code.subject_id, with_for_update=True)
    if identity.revoked:
        return False
    identities.replace_code(session, identity, session.get_one(Person, identity.holder_id))
    return True


_RENEW = {PayloadKind.AK1: _renew_card, PayloadKind.SIAPKERJA_ID: _renew_identity}
