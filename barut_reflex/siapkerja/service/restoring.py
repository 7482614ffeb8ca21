"""After a restore: what the ledger tells of SIAPkerja-IDs since the backup is put right again."""

from datetime import datetime

from sqlmodel import Session, select

from ...cards.service.restoring import REVOKED_BEFORE
from ...core import clock
from ...core.ledger import CaughtUp, Entry
from ...seal import codes
from ..models import Identity, IdentityCode


def renewed(session: Session, entry: Entry, found: CaughtUp) -> None:
    identity, at = _identity(session, entry), datetime.fromisoformat(entry["at"])
    if identity is None:
        return
    mine = select(IdentityCode).where(IdentityCode.identity_id == identity.id)
    known = session.exec(mine).all()
    if entry["code_id"] in {code.code_id for code in known}:
        return
    for code in known:
        code.replaced = code.replaced or at
        session.add(code)
    says = codes.decode(entry["code"])
    new = IdentityCode(
        identity_id=identity.id,
        code_id=entry["code_id"],
        code=entry["code"],
        issued=says.issued,
        valid_until=says.valid_until,
        created=at,
    )
    session.add(new)
    identity.revoked = None  # a new code follows a revocation only when the office gave it back
    session.add(identity)
    session.flush()
    found.renewed += 1


def revoked(session: Session, entry: Entry, found: CaughtUp) -> None:
    identity = _identity(session, entry)
    at = datetime.fromisoformat(entry["at"])
    if identity is None or identity.revoked or _was_given_back(session, identity, at):
        return
    identity.revoked = at
    identity.revoke_reason = REVOKED_BEFORE
    session.add(identity)
    found.revoked += 1


def _was_given_back(session: Session, identity: Identity, revoked: datetime) -> bool:
    """Only giving it back makes a code after its revocation."""
    mine = select(IdentityCode.created).where(IdentityCode.identity_id == identity.id)
    return any(clock.utc(created) > revoked for created in session.exec(mine))


def _identity(session: Session, entry: Entry) -> Identity | None:
    return session.exec(select(Identity).where(Identity.public_id == entry["identity"])).first()
