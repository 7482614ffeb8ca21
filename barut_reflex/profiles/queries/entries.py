"""Queries for a profile's entries (jobs, schools …): lists, and one's own entry to read or lock."""

from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from ...core.errors import Refusal
from ...people.models import Person
from ..models import Entry
from ..rules.sections import Section


class NoSuchEntry(Refusal):
    """No such entry, or one of somebody else: the answer is the same, so nothing can be guessed."""

    message = "Isian ini tidak ditemukan. Muat ulang halaman untuk melihat yang terbaru."


def entries_of(session: Session, person_id: int, section: Section | None = None) -> list[Entry]:
    """The person's entries, of one section or of all: current ones first, then the newest."""
    theirs = select(Entry).where(Entry.person_id == person_id)
    rows = session.exec(theirs.where(Entry.section == section) if section else theirs).all()
    if section is Section.LANGUAGES:
        return sorted(rows, key=lambda row: row.id)
    return _newest(rows)


def entries_of_all(session: Session, people: Collection[int]) -> dict[int, list[Entry]]:
    """All entries of each of these people, in the order of `entries_of`."""
    by_person: dict[int, list[Entry]] = {number: [] for number in people}
    for row in session.exec(select(Entry).where(col(Entry.person_id).in_(people))):
        by_person[row.person_id].append(row)
    return {number: _newest(rows) for number, rows in by_person.items()}


def _newest(rows: Iterable[Entry]) -> list[Entry]:
    def age(row: Entry):
        return row.is_current, row.end or row.start, row.start, row.id

    return sorted(rows, key=age, reverse=True)


def find_entry(session: Session, public_id: str, *, by: Person) -> Entry:
    """My entry with that id, to be read; raises `NoSuchEntry`."""
    return get_own_entry(session, public_id, by, is_change=False)


def lock_entry(session: Session, public_id: str, *, by: Person) -> Entry:
    """My entry with that id, locked until the transaction ends; raises `NoSuchEntry`."""
    return get_own_entry(session, public_id, by, is_change=True)


def get_own_entry(session: Session, public_id: str, by: Person, *, is_change: bool) -> Entry:
    """The entry if it belongs to `by`, locked when it is to be changed."""
    mine = select(Entry).where(Entry.public_id == public_id, Entry.person_id == by.id)
    found = session.exec(mine.with_for_update() if is_change else mine).first()
    if found is None:
        raise NoSuchEntry
    return found
