"""After a restore from a backup: applies every line of the ledger again and audits the restore."""

from datetime import datetime

from sqlmodel import Session

from . import audit, desks
from .ledger import Entry, ReplayResult


def replay(session: Session, entries: list[Entry] | None, *, made: datetime) -> ReplayResult:
    """Apply each ledger line again, by the desk it belongs to, so that no revoked card is valid.

    `entries` is the ledger, None if it is lost too. `made` is when the backup was made. Writes one
    audit row.
    """
    result = ReplayResult()
    handlers = desks.merge(lambda desk: desk.replay)
    for entry in entries or []:
        handlers[entry["act"]](session, entry, result)
    for finish in desks.collect(lambda desk: desk.after_replay):
        finish(session, entries, result)
    facts = [
        f"cadangan {made.isoformat()}",
        *result.skipped_numbers,
        f"kartu hilang {len(result.lost_cards)}",
    ]
    audit.record(session, "restore", by=None, detail="; ".join(facts))
    return result
