"""Test data factories: people, profiles, papers, applications; defaults for what is not named."""

from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlmodel import Session

from barut_reflex.applications.models import Application
from barut_reflex.applications.status import Status
from barut_reflex.documents.models import Document
from barut_reflex.documents.rules import Kind
from barut_reflex.people.models import Person
from barut_reflex.profiles.models import Profile
from barut_reflex.profiles.rules.facts import Education, MaritalStatus, Religion, Sex

T = TypeVar("T")
LONG_AGO = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
REQUIRED = (Kind.ID_CARD, Kind.FAMILY_CARD, Kind.PHOTO, Kind.DIPLOMA)


def make_person(session: Session, *, name: str, **changes: Any) -> Person:
    email = f"{name.lower().replace(' ', '.')}@contoh.id"
    facts: dict[str, Any] = {
        "name": name,
        "search_name": name.lower(),
        "email": email,
        "mailbox": email,
    }
    facts |= {"password_hash": "x", "created": LONG_AGO}
    return save(session, Person(**facts | changes))


def make_profile(session: Session, *, person: Person, **changes: Any) -> Profile:
    facts = {
        "person_id": person.id,
        "nik": "6205050707000006",
        "name": person.name,
        "birth_place": "Muara Teweh",
        "birth_date": date(2000, 7, 7),
        "sex": Sex.MALE,
        "marital_status": MaritalStatus.SINGLE,
        "religion": Religion.ISLAM,
        "address": "Jl. Pangeran Antasari",
        "rt": "1",
        "rw": "1",
        "province": "62",
        "regency": "62.05",
        "district": "62.05.05",
        "village": "62.05.05.1014",
        "phone": "+6282312345678",
        "education": Education.S1,
        "major": "Teknik Informatika",
        "graduation_year": 2023,
        "updated": LONG_AGO,
    }
    return save(session, Profile(**facts | changes))


def make_document(
    session: Session, *, owner: Person, kind: Kind = Kind.PHOTO, **changes: Any
) -> Document:
    facts = {"owner_id": owner.id, "kind": kind, "file": f"{kind}.jpg", "size": 1000}
    facts |= {"media_type": "image/jpeg", "sha256": "0" * 64, "at": LONG_AGO}
    return save(session, Document(**facts | changes))


def make_application(
    session: Session, *, applicant: Person, status: Status = Status.SUBMITTED, **changes: Any
) -> Application:
    facts = {"applicant_id": applicant.id, "status": status, "created": LONG_AGO}
    facts |= {"name": applicant.name, "search_name": applicant.name.lower()}
    if status is not Status.DRAFT:
        facts |= {"submitted": LONG_AGO, "seal": "1" * 64, "nik": "6205050707000006"}
    return save(session, Application(**facts | changes))


def save(session: Session, row: T) -> T:
    session.add(row)
    session.commit()
    return row


def known(found: T | None) -> T:
    """What a test looked for and has to find."""
    assert found is not None
    return found
