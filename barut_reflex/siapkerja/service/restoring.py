"""After a restore: what the ledger tells of SIAPkerja-IDs since the backup is put right again."""

from datetime import datetime

from sqlmodel import Session, select

from ...cards.service.restoring import REVOKED_BEFORE
from ...core import clock
from ...core.ledger import Entry, ReplayResult
from ...seal import service as seal
from ...seal.queries import codes_of
from ...seal.rules import PayloadKind
from ..models import Identity


def renewed(session: Session, entry: Entry, found: ReplayResult) -> None:
    identity, at = _identity(session, entry), datetime.fromisoformat(entry["at"])
    if identity is None or not seal.restore_code(session, identity.id, entry["code"], at):
        return
    identity.revoked = None  # a new code follows a revocation only when the office gave it back
    session.add(identity)
    seal.mark_revoked(session, PayloadKind.SIAPKERJA_ID, identity.id, None)
    found.renewed += 1


def revoked(session: Session, entry: Entry, found: ReplayResult) -> None:
    identity = _identity(session, entry)
    at = datetime.fromisoformat(entry["at"])
    if identity is None or identity.revoked or _was_given_back(session, identity, at):
        return
    identity.revoked = at
    identity.revoke_reason = REVOKED_BEFORE
    session.add(identity)
    seal.mark_revoked(session, PayloadKind.SIAPKERJA_ID, identity.id, at)
    found.revoked += 1


def _was_given_back(session: Session, identity: Identity, revoked: datetime) -> bool:
    """Only giving it back makes a code after its revocation."""
    known = codes_of(session, PayloadKind.SIAPKERJA_ID, identity.id)
    return any(clock.utc(code.created) > revoked for code in known)


def _identity(session: Session, entry: Entry) -> Identity | None:
    return session.exec(select(Identity).where(Identity.public_id == entry["identity"])).first()
