"""What applications tell about a person: their part of the own-data copy, their names in the
trail, and whether one is open.
"""

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
    return [_application(session, one) for one in _of(session, person)]


def public_ids(session: Session, person: Person) -> list[str]:
    mine = select(Application.public_id).where(Application.applicant_id == person.id)
    return list(session.exec(mine))


def is_open(person_id: int | Mapped[int]) -> ColumnElement[bool]:
    """The condition that the person in that column has an application that is not closed."""
    theirs = col(Application.applicant_id) == person_id
    return exists().where(theirs, col(Application.is_closed).is_(False))


def _of(session: Session, person: Person) -> list[Application]:
    mine = select(Application).where(Application.applicant_id == person.id)
    return list(session.exec(mine.order_by(col(Application.id))))


def _application(session: Session, application: Application) -> dict[str, object]:
    handed_in = queries.papers_of(session, application.id)
    return {
        "status": LABELS[application.status],
        "dibuat": dated(application.created),
        "dikirim": dated(application.submitted),
        "diputuskan": dated(application.decided),
        "catatan_verifikasi": application.review_note,
        "data_saat_dikirim": in_words(queries.facts_of(application)),
        "berkas": [file_name_of(paper) for paper in handed_in],
        "riwayat": [
            {"langkah": step.label, "waktu": step.when, "catatan": step.note}
            for step in queries.history_of(session, application)
            if step.is_done
        ],
    }
