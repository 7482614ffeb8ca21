"""After a restore: renews and revokes cards again and skips numbers as the ledger says.

A card issued since the backup is not made again, only reported as lost.
"""

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

SKIPPED_NUMBERS = 10_000  # left out when no ledger says how many were given since the backup
REVOKED_BEFORE = "Dicabut sebelum data dipulihkan; alasannya ada di surat kepada pemegang kartu."


def skip_numbers(session: Session, entries: list[Entry] | None, result: ReplayResult) -> None:
    """Raise the counter so that no number is given twice; without a ledger by 10,000."""
    if entries is None:
        _note_skipped(
            result, "tanpa buku nomor", *numbering.skip(session, clock.now(), SKIPPED_NUMBERS)
        )
    for number in _highest(entries or []):
        _note_skipped(result, number[10:], *numbering.skip_to(session, number))


def _note_skipped(result: ReplayResult, what: str, before: int, after: int) -> None:
    if after > before:
        result.skipped_numbers.append(f"nomor {what}: {before} menjadi {after}")


def _highest(entries: Iterable[Entry]) -> list[str]:
    """The highest number of each day."""
    highest: dict[str, str] = {}
    for entry in entries:
        if number := entry.get("number"):
            highest[number[10:]] = max(number, highest.get(number[10:], ""))
    return list(highest.values())


def replay_issue(session: Session, entry: Entry, result: ReplayResult) -> None:
    """List a card that is not in the backup as lost; its application waits for approval again."""
    if _card(session, entry) is None:
        result.lost_cards.append(entry["number"])


def replay_renewal(session: Session, entry: Entry, result: ReplayResult) -> None:
    """Give the card the code it got after the backup."""
    card, at = _card(session, entry), datetime.fromisoformat(entry["at"])
    if card and seal.restore_code(session, card.id, entry["code"], at):
        result.renewed += 1


def replay_revocation(session: Session, entry: Entry, result: ReplayResult) -> None:
    """Revoke the card again. The holder was mailed at the time, so no second email goes out."""
    card = _card(session, entry)
    if card is None or card.revoked:
        return
    card.revoked, card.revoke_reason = datetime.fromisoformat(entry["at"]), REVOKED_BEFORE
    session.add(card)
    seal.mark_revoked(session, PayloadKind.AK1, card.id, card.revoked)
    applications.close(session, card.application_id)
    result.revoked += 1


def _card(session: Session, entry: Entry) -> Card | None:
    return session.exec(select(Card).where(Card.public_id == entry["card"])).first()
