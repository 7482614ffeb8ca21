"""After a restore: what the ledger tells of the time since the backup is put right again."""

from datetime import datetime

from sqlmodel import Session

from . import audit, desks
from .ledger import Entry, ReplayResult


def replay(session: Session, entries: list[Entry] | None, *, made: datetime) -> ReplayResult:
    """Let nothing of the lost time come back to life: each desk does again what its acts did.

    `entries` is the ledger, None if it is lost too. `made` is when the backup was made. It is one
    row of the trail.
    """
    found = ReplayResult()
    do_again = desks.merge(lambda desk: desk.replay)
    for entry in entries or []:
        do_again[entry["act"]](session, entry, found)
    for finish in desks.collect(lambda desk: desk.after_replay):
        finish(session, entries, found)
    told = [
        f"cadangan {made.isoformat()}",
        *found.skipped_numbers,
        f"kartu hilang {len(found.lost_cards)}",
    ]
    audit.record(session, "restore", by=None, detail="; ".join(told))
    return found
