"""After a restore: what the ledger tells of the time since the backup is put right again."""

from datetime import datetime

from sqlmodel import Session

from . import audit, desks
from .ledger import CaughtUp, Entry


def catch_up(session: Session, entries: list[Entry] | None, *, made: datetime) -> CaughtUp:
    """Let nothing of the lost time come back to life: each desk does again what its acts did.

    `entries` is the ledger, None if it is lost too. `made` is when the backup was made. It is one
    row of the trail.
    """
    found = CaughtUp()
    do_again = desks.merged(lambda desk: desk.catch_up)
    for entry in entries or []:
        do_again[entry["act"]](session, entry, found)
    for finish in desks.listed(lambda desk: desk.after_catch_up):
        finish(session, entries, found)
    told = [f"cadangan {made.isoformat()}", *found.jumps, f"kartu hilang {len(found.lost)}"]
    audit.record(session, "restore", by=None, detail="; ".join(told))
    return found
