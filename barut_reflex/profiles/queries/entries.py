"""The entries of a profile, newest first."""

from sqlmodel import Session, select

from ...accounts.models import Person
from ...core.errors import Refusal
from ..models import Entry
from ..rules import Section


class NoSuchEntry(Refusal):
    """Also for an entry of somebody else: whether it exists is nobody's business."""

    message = "Isian ini tidak ditemukan. Muat ulang halaman untuk melihat yang terbaru."


def entries_of(session: Session, person_id: int, section: Section | None = None) -> list[Entry]:
    """The person's entries, of one section or of all: what goes on first, then the newest."""
    theirs = select(Entry).where(Entry.person_id == person_id)
    rows = session.exec(theirs.where(Entry.section == section) if section else theirs).all()
    newest = sorted(rows, key=lambda row: (row.is_current, row.end or row.start, row.start, row.id))
    if section is Section.LANGUAGES:
        return sorted(newest, key=lambda row: row.id)
    return newest[::-1]


def get_entry(session: Session, public_id: str, *, by: Person) -> Entry:
    """My entry with that id; `NoSuchEntry` for any other."""
    mine = select(Entry).where(Entry.public_id == public_id, Entry.person_id == by.id)
    found = session.exec(mine.with_for_update()).first()
    if found is None:
        raise NoSuchEntry
    return found
