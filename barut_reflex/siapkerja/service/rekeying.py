"""A stolen key: every SIAPkerja-ID signed with it gets a new code, then the key may go."""

from sqlmodel import Session, col, select

from ...people.models import Person
from ...seal import codes
from ..models import Identity, IdentityCode
from .identity import replace_code


def renew_signed_with(session: Session, key_id: int) -> int:
    """New codes for the SIAPkerja-IDs in use whose code this key signed; how many."""
    standing = (
        select(Identity, IdentityCode)
        .join(IdentityCode, col(IdentityCode.identity_id) == col(Identity.id))
        .where(col(Identity.revoked).is_(None), col(IdentityCode.replaced).is_(None))
    )
    found = [one for one, code in session.exec(standing) if codes.signer_of(code.code) == key_id]
    for identity in found:
        replace_code(session, identity, session.get_one(Person, identity.holder_id))
    return len(found)
