"""After a restore from backup: renews and revokes SIAPkerja-IDs again, as the ledger says."""

from datetime import datetime

from sqlmodel import Session, select

from ...cards.service.ledger_replay import REVOKED_BEFORE
from ...core import clock
from ...core.ledger import Entry, ReplayResult
from ...seal import service as seal
from ...seal.queries import codes_of
from ...seal.rules import PayloadKind
from ..models import Identity


def replay_renewal(session: Session, entry: Entry, result: ReplayResult) -> None:
    """Give the SIAPkerja-ID the code it got after the backup; it is then no longer revoked."""
    identity, at = _identity(session, entry), datetime.fromisoformat(entry["at"])
    if identity is None or not seal.restore_code(session, identity.id, entry["code"], at):
        return
    identity.revoked = None  # a revoked one gets a new code only when the office restores it
    session.add(identity)
    seal.mark_revoked(session, PayloadKind.SIAPKERJA_ID, identity.id, None)
    result.renewed += 1


def replay_revocation(session: Session, entry: Entry, result: ReplayResult) -> None:
    """Revoke the SIAPkerja-ID again, unless the office restored it after that."""
    identity = _identity(session, entry)
    at = datetime.fromisoformat(entry["at"])
    if identity is None or identity.revoked or _was_given_back(session, identity, at):
        return
    identity.revoked = at
    identity.revoke_reason = REVOKED_BEFORE
    session.add(identity)
    seal.mark_revoked(session, PayloadKind.SIAPKERJA_ID, identity.id, at)
    result.revoked += 1


def _was_given_back(session: Session, identity: Identity, revoked: datetime) -> bool:
    """Whether the office restored it later: only then is there a code newer than the revocation."""
    known = codes_of(session, PayloadKind.SIAPKERJA_ID, identity.id)
    return any(clock.utc(code.created) > revoked for code in known)


def _identity(session: Session, entry: Entry) -> Identity | None:
    return session.exec(select(Identity).where(Identity.public_id == entry["identity"])).first()
