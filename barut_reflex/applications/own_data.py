"""A person's applications: for the data copy, ids in the audit trail, whether one is open."""

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from ..core.indonesian import dated
from ..documents.own_data import file_name_of
from ..people.models import Person
from ..profiles.own_data import in_words
from . import queries
from .models import Application
from .status import LABELS


def applications(session: Session, person: Person) -> list[dict[str, object]]:
    """The person's applications, for the data copy."""
    return [_application(session, one) for one in _of(session, person)]


def public_ids(session: Session, person: Person) -> list[str]:
    """Public ids of the person's applications, under which the audit trail speaks of the person."""
    mine = select(Application.public_id).where(Application.applicant_id == person.id)
    return list(session.exec(mine))


def is_open(person_id: int | Mapped[int]) -> ColumnElement[bool]:
    """The SQL condition that the person with that id (or column) has an open application."""
    theirs = col(Application.applicant_id) == person_id
    return exists().where(theirs, col(Application.is_closed).is_(False))


def _of(session: Session, person: Person) -> list[Application]:
    mine = select(Application).where(Application.applicant_id == person.id)
    return list(session.exec(mine.order_by(col(Application.id))))


def _application(session: Session, application: Application) -> dict[str, object]:
    papers = queries.papers_of(session, application.id)
    return {
        "status": LABELS[application.status],
        "dibuat": dated(application.created),
        "dikirim": dated(application.submitted),
        "diputuskan": dated(application.decided),
        "catatan_verifikasi": application.review_note,
        "data_saat_dikirim": in_words(queries.facts_of(application)),
        "berkas": [file_name_of(paper) for paper in papers],
        "riwayat": [
            {"langkah": step.label, "waktu": step.when, "catatan": step.note}
            for step in queries.history_of(session, application)
            if step.is_done
        ],
    }
