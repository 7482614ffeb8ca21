"""After a restore: what the ledger tells of cards since the backup is put right again."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, select

from ...applications import service as applications
from ...core import clock
from ...core.ledger import Entry, ReplayResult
from ...seal import service as seal
from ...seal.rules import PayloadKind
from .. import numbering
from ..models import Card

LEFT_OUT = 10_000  # numbers, when no ledger tells how many were given since the backup
REVOKED_BEFORE = "Dicabut sebelum data dipulihkan; alasannya ada di surat kepada pemegang kartu."


def skip_numbers(session: Session, entries: list[Entry] | None, found: ReplayResult) -> None:
    """Let no number be given twice; without a ledger the counter leaves out 10,000."""
    if entries is None:
        _tell(found, "tanpa buku nomor", *numbering.skip(session, clock.now(), LEFT_OUT))
    for number in _highest(entries or []):
        _tell(found, number[10:], *numbering.skip_to(session, number))


def _tell(found: ReplayResult, what: str, before: int, after: int) -> None:
    if after > before:
        found.skipped_numbers.append(f"nomor {what}: {before} menjadi {after}")


def _highest(entries: Iterable[Entry]) -> list[str]:
    """The highest number of each day."""
    highest: dict[str, str] = {}
    for entry in entries:
        if number := entry.get("number"):
            highest[number[10:]] = max(number, highest.get(number[10:], ""))
    return list(highest.values())


def issued(session: Session, entry: Entry, found: ReplayResult) -> None:
    """A card the backup does not know stays unknown; its application waits on the desk again."""
    if _card(session, entry) is None:
        found.lost_cards.append(entry["number"])


def renewed(session: Session, entry: Entry, found: ReplayResult) -> None:
    card, at = _card(session, entry), datetime.fromisoformat(entry["at"])
    if card and seal.restore_code(session, card.id, entry["code"], at):
        found.renewed += 1


def revoked(session: Session, entry: Entry, found: ReplayResult) -> None:
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
