"""New codes for the SIAPkerja-IDs whose code a given key signed, before that key is deleted.

Used when a signing key was stolen (`kunci-qr hapus`).
"""

from sqlmodel import Session

from ...people.models import Person
from ...seal import queries as seal
from ...seal.rules import PayloadKind
from ..models import Identity
from .identity import replace_code


def renew_signed_with(session: Session, key_id: int) -> int:
    """Give every SIAPkerja-ID that is not revoked and whose code this key signed a new code.

    Returns how many.
    """
    signed = seal.signed_with(session, key_id, PayloadKind.SIAPKERJA_ID)
    found = [session.get_one(Identity, code.subject_id, with_for_update=True) for code in signed]
    live = [identity for identity in found if not identity.revoked]
    for identity in live:
        replace_code(session, identity, session.get_one(Person, identity.holder_id))
    return len(live)
