"""After a restore: what the ledger tells of the time since the backup is put right again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, select

from ...applications import service as applications
from ...core import audit, clock
from ...core.ledger import Entry
from ...seal import service as seal
from ...seal.queries import codes_of
from ...seal.rules import PayloadKind
from ...siapkerja.models import Identity
from .. import numbering
from ..models import Card

LEFT_OUT = 10_000  # numbers, when no ledger tells how many were given since the backup
REVOKED_BEFORE = "Dicabut sebelum data dipulihkan; alasannya ada di surat kepada pemegang kartu."


@dataclass
class CaughtUp:
    """What had happened since the backup. `lost`: numbers of cards the backup does not know."""

    lost: list[str] = field(default_factory=list)
    renewed: int = 0
    revoked: int = 0
    jumps: list[str] = field(default_factory=list)


def catch_up(session: Session, entries: list[Entry] | None, *, made: datetime) -> CaughtUp:
    """Let nothing of the lost time come back to life: revoked cards, old codes, given numbers.

    `entries` is the ledger, None if it is lost too: then the counter leaves out 10,000 numbers.
    `made` is when the backup was made. Cards the backup does not know stay unknown; their
    applications wait on the desk again. The jump of the counter is one row of the trail.
    """
    found = CaughtUp()
    if entries is None:
        _tell(found, "tanpa buku nomor", *numbering.skip(session, clock.now(), LEFT_OUT))
    for entry in entries or []:
        _DO[entry["act"]](session, entry, found)
    for number in _highest(entries or []):
        _tell(found, number[10:], *numbering.skip_to(session, number))
    told = [f"cadangan {made.isoformat()}", *found.jumps, f"kartu hilang {len(found.lost)}"]
    audit.record(session, "restore", by=None, detail="; ".join(told))
    return found


def _tell(found: CaughtUp, what: str, before: int, after: int) -> None:
    if after > before:
        found.jumps.append(f"nomor {what}: {before} menjadi {after}")


def _highest(entries: Iterable[Entry]) -> list[str]:
    """The highest number of each day."""
    highest: dict[str, str] = {}
    for entry in entries:
        if number := entry.get("number"):
            highest[number[10:]] = max(number, highest.get(number[10:], ""))
    return list(highest.values())


def _issued(session: Session, entry: Entry, found: CaughtUp) -> None:
    if _card(session, entry) is None:
        found.lost.append(entry["number"])


def _renewed(session: Session, entry: Entry, found: CaughtUp) -> None:
    card, at = _card(session, entry), datetime.fromisoformat(entry["at"])
    if card and seal.take_up_code(session, card.id, entry["code"], at):
        found.renewed += 1


def _revoked(session: Session, entry: Entry, found: CaughtUp) -> None:
    card = _card(session, entry)
    if card is None or card.revoked:
        return
    card.revoked, card.revoke_reason = datetime.fromisoformat(entry["at"]), REVOKED_BEFORE
    session.add(card)
    seal.mark_revoked(session, PayloadKind.AK1, card.id, card.revoked)
    applications.close(session, card.application_id)
    found.revoked += 1


def _card(session: Session, entry: Entry) -> Card | None:
    return session.exec(select(Card).where(Card.public_id == entry["card"])).first()


def _identity_renewed(session: Session, entry: Entry, found: CaughtUp) -> None:
    identity, at = _identity(session, entry), datetime.fromisoformat(entry["at"])
    if identity is None or not seal.take_up_code(session, identity.id, entry["code"], at):
        return
    identity.revoked = None  # a new code follows a revocation only when the office gave it back
    session.add(identity)
    seal.mark_revoked(session, PayloadKind.SIAPKERJA_ID, identity.id, None)
    found.renewed += 1


def _identity_revoked(session: Session, entry: Entry, found: CaughtUp) -> None:
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


_DO = {
    "issue": _issued,
    "renew": _renewed,
    "revoke": _revoked,
    "renew_identity": _identity_renewed,
    "revoke_identity": _identity_revoked,
}
