"""Attendance's part of a person's data copy: when and for what the person came."""

from sqlmodel import Session, col, select

from ..core.indonesian import dated
from ..people.models import Person
from .models import Attendance
from .rules import PURPOSE_LABELS


def visits(session: Session, person: Person) -> list[dict[str, str]]:
    """The person's visits."""
    mine = select(Attendance).where(Attendance.holder_id == person.id)
    return [
        {
            "waktu": dated(row.seen),
            "untuk": PURPOSE_LABELS[row.purpose],
            "keterangan": row.event,
        }
        for row in session.exec(mine.order_by(col(Attendance.id)))
    ]
