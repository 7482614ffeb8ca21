"""Acts on the SIAPkerja-ID: create it for a whole profile, renew its code, revoke, restore."""

from datetime import timedelta

from sqlmodel import Session, select

from ...cards import dates
from ...cards.service.common import NotAllowed
from ...cards.service.issuing import MAX_REASON_LENGTH, RENEWALS_A_DAY, ReasonRequired, TooManyCodes
from ...core import audit, clock, ledger, limits
from ...core.errors import Refusal
from ...core.indonesian import check_text, tidy
from ...core.locks import lock
from ...people.models import Person
from ...people.rules import Role
from ...people.service import sessions
from ...profiles.queries import completeness
from ...profiles.queries import facts as profile_facts
from ...seal import codes
from ...seal import service as seal
from ...seal.models import Code
from ...seal.rules import PayloadKind
from .. import emails
from ..models import Identity
from ..queries import digital

KIND = PayloadKind.SIAPKERJA_ID


class NoIdentity(Refusal):
    message = "SIAPkerja-ID tidak ditemukan. Muat ulang halaman untuk melihat keadaan terbaru."


class IdentityRevoked(Refusal):
    message = "SIAPkerja-ID ini dicabut oleh kantor. Hubungi kantor bila ini keliru."


class NotRevoked(Refusal):
    message = "SIAPkerja-ID ini tidak sedang dicabut."


def open_identity(session: Session, by: Person) -> Identity | None:
    """The signed-in person's SIAPkerja-ID, created now if their profile is whole; or None."""
    lock(session, f"identity of {by.id}")
    known = digital.find_identity(session, by.id)
    if known or not completeness.completeness(session, by.id).is_complete:
        return known
    identity = Identity(holder_id=by.id, created=clock.now())
    session.add(identity)
    session.flush()
    _give_code(session, identity, by)
    _record(session, "open_identity", identity, by=by)
    return identity


def renew_identity(session: Session, by: Person) -> Identity:
    """A new code for the signed-in person's SIAPkerja-ID, valid for a year from today.

    A scan of an older QR then says that it was replaced.
    """
    identity = digital.find_identity(session, by.id)
    if identity is None:
        raise NoIdentity
    _lock(session, identity)
    if identity.revoked:
        raise IdentityRevoked
    day = timedelta(days=1)
    if not limits.spend(session, f"renew identity {identity.id}", limit=RENEWALS_A_DAY, per=day):
        raise TooManyCodes
    replace_code(session, identity, by)
    _record(session, "renew_identity", identity, by=by)
    return identity


@sessions.needs_confirmation
def revoke_identity(session: Session, by: Person, public_id: str, *, reason: str) -> Identity:
    """Revoke a SIAPkerja-ID and mail its holder the reason. Administrators only."""
    identity = _for_administrator(session, public_id, by)
    reason = tidy(reason)
    if not reason:
        raise ReasonRequired
    if problem := check_text(reason, MAX_REASON_LENGTH, is_multiline=True):
        raise Refusal(problem, field="reason")
    if identity.revoked:
        raise IdentityRevoked
    identity.revoked, identity.revoked_by, identity.revoke_reason = clock.now(), by.id, reason
    session.add(identity)
    seal.mark_revoked(session, KIND, identity.id, identity.revoked)
    emails.queue_revoked(session, identity)
    ledger.add_line(session, "revoke_identity", identity=identity.public_id)
    _record(session, "revoke_identity", identity, by=by, detail=reason)
    return identity


@sessions.needs_confirmation
def restore_identity(session: Session, by: Person, public_id: str) -> Identity:
    """Undo the revocation of a SIAPkerja-ID; it gets a new code. Administrators only."""
    identity = _for_administrator(session, public_id, by)
    if not identity.revoked:
        raise NotRevoked
    identity.revoked, identity.revoked_by, identity.revoke_reason = None, None, ""
    session.add(identity)
    seal.mark_revoked(session, KIND, identity.id, None)
    replace_code(session, identity, session.get_one(Person, identity.holder_id))
    _record(session, "restore_identity", identity, by=by)
    return identity


def _for_administrator(session: Session, public_id: str, by: Person) -> Identity:
    if by.role is not Role.ADMINISTRATOR:
        raise NotAllowed
    identity = session.exec(select(Identity).where(Identity.public_id == public_id)).first()
    if identity is None:
        raise NoIdentity
    _lock(session, identity)
    return identity


def _lock(session: Session, identity: Identity) -> None:
    lock(session, f"identity of {identity.holder_id}")
    session.refresh(identity)


def replace_code(session: Session, identity: Identity, holder: Person) -> None:
    """Give the SIAPkerja-ID a new code, signed with the newest key; the one before is replaced."""
    code = _give_code(session, identity, holder)
    facts = {"code_id": code.code_id, "code": code.code}
    ledger.add_line(session, "renew_identity", identity=identity.public_id, **facts)


def _give_code(session: Session, identity: Identity, holder: Person) -> Code:
    today = clock.today()
    payload = codes.Payload(
        code_id=codes.new_code_id(),
        number="",
        name=profile_facts.get_profile(session, holder.id).name or holder.name,
        issued=today,
        valid_until=dates.add_months(today, 12 * dates.IDENTITY_YEARS),
        kind=KIND,
    )
    return seal.issue_code(session, identity.id, payload)


def _record(
    session: Session, act: str, identity: Identity, *, by: Person, detail: str = ""
) -> None:
    nik = profile_facts.get_profile(session, identity.holder_id).nik
    audit.record(session, act, by=by, subject=identity.public_id, nik=nik, detail=detail)
