"""Queries about a person that ask every desk through its manifest: audit ids, NIK, active records.

No desk is named here, so that a new one needs no change.
"""

from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, select

from ..core import desks
from ..people.models import Person


def audit_subjects_of(session: Session, person: Person) -> list[str]:
    """The ids by which the audit trail names the person: their own, and those each desk lists."""
    return [person.public_id, *desks.collect(lambda desk: desk.audit_subjects(session, person))]


def nik_of(session: Session, person: Person) -> str:
    """The person's NIK; empty if no desk knows one."""
    known = (desk.nik_of(session, person) for desk in desks.all_desks().values())
    return next(filter(None, known), "")


def has_active_records(person_id: int | Mapped[int]) -> ColumnElement[bool]:
    """SQL condition: the person in that column has an open or valid record at a desk."""
    return or_(
        false(),
        *[
            desk.has_active_records(person_id)
            for desk in desks.all_desks().values()
            if desk.has_active_records
        ],
    )


def is_holding(session: Session, person_id: int) -> bool:
    """Whether the person has a valid record at any desk, such as a card."""
    return bool(session.exec(select(has_active_records(person_id))).one())
