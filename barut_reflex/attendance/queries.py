"""Query for the scanner's page: who came today, at most the newest 200, and how many in all."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlmodel import Session, col, func, select

from ..core import clock, views
from ..core.indonesian import clock_time, long_date
from ..people.models import Person
from ..siapkerja.queries.digital import name_and_number, unchecked_people
from .models import Attendance
from .rules import PURPOSE_LABELS

ROWS_SHOWN = 200
ONLINE_DELAY = timedelta(seconds=5)  # a scan received later was made offline


@dataclass
class Visit:
    """One person in the list."""

    at: str
    name: str
    number: str
    purpose: str
    event: str
    by: str
    was_offline: bool = False
    is_checked: bool = True


@dataclass
class Today:
    """The list of the day, newest first."""

    day: str = ""
    total: int = 0
    rows: list[Visit] = field(default_factory=list)


def _list_view(_session: Session, list_: Today) -> views.View | None:
    return views.list_view("hadir", len(list_.rows), tanggal=list_.day)


@views.audited(_list_view)
def today(session: Session, by: Person) -> Today:
    """The list of today, by the office's clock. For staff only: the screen's access rule checks."""
    begins = datetime.combine(clock.today(), time(), clock.WIB)
    of_today = col(Attendance.seen) >= begins.astimezone(clock.UTC)
    total = session.exec(select(func.count(col(Attendance.id))).where(of_today)).one()
    rows = (
        select(Attendance, Person)
        .join(Person, col(Person.id) == col(Attendance.by_id))
        .where(of_today)
        .order_by(col(Attendance.seen).desc())
        .limit(ROWS_SHOWN)
    )
    pairs = session.exec(rows).all()
    visits = [_visit(session, row, officer) for row, officer in pairs]
    holders = [row.holder_id for row, _ in pairs]
    numbers = {who: visit.number for who, visit in zip(holders, visits, strict=True)}
    unchecked = unchecked_people(session, numbers)
    for who, visit in zip(holders, visits, strict=True):
        visit.is_checked = who not in unchecked
    return Today(long_date(clock.today()), total, visits)


def _visit(session: Session, row: Attendance, officer: Person) -> Visit:
    name, number = name_and_number(session, session.get_one(Person, row.holder_id))
    return Visit(
        at=clock_time(row.seen),
        name=name,
        number=number,
        purpose=PURPOSE_LABELS[row.purpose],
        event=row.event,
        by=officer.name,
        was_offline=clock.utc(row.noted) - clock.utc(row.seen) > ONLINE_DELAY,
    )
