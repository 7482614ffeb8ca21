"""What the desks together say about a person; which desks there are, nobody here knows."""

from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, select

from ..core import desks
from ..people.models import Person


def audit_subjects_of(session: Session, person: Person) -> list[str]:
    """The ids under which the trail speaks of the person: the own one, and what the desks name."""
    return [person.public_id, *desks.collect(lambda desk: desk.audit_subjects(session, person))]


def nik_of(session: Session, person: Person) -> str:
    """The person's NIK; empty when no desk knows one."""
    given = (desk.nik_of(session, person) for desk in desks.all_desks().values())
    return next(filter(None, given), "")


def has_active_records(person_id: int | Mapped[int]) -> ColumnElement[bool]:
    """The condition that the person in that column holds something alive at any desk."""
    return or_(
        false(),
        *[
            desk.has_active_records(person_id)
            for desk in desks.all_desks().values()
            if desk.has_active_records
        ],
    )


def is_holding(session: Session, person_id: int) -> bool:
    """Whether the person holds something alive at any desk."""
    return bool(session.exec(select(has_active_records(person_id))).one())
