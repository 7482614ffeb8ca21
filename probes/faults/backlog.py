"""Test data in the database of `core.db`: officers, complete job seekers, sent applications."""

from dataclasses import dataclass
from itertools import count

from sqlmodel import Session

from barut_reflex.applications.models import Application, ApplicationPaper
from barut_reflex.applications.status import Status
from barut_reflex.core import db
from barut_reflex.documents.models import Document
from barut_reflex.documents.rules import Kind
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role, StaffKind
from barut_reflex.profiles.models import Profile
from barut_reflex.profiles.rules.facts import Facts
from probes.card_factories import FACTS
from probes.factories import LONG_AGO, REQUIRED, make_document, make_person, make_profile

_names = count(1)


@dataclass(frozen=True)
class SubmittedCase:
    """A sent application as an officer has opened it."""

    application_id: int
    public_id: str
    seal: str
    applicant_id: int


def make_officer(role: Role = Role.OFFICER) -> int:
    """An officer who may sign; gives the person's number."""
    with db.writing() as session:
        return make_person(
            session,
            name=f"Petugas {_as_letters(next(_names))}",
            role=role,
            position="Pengantar Kerja",
            staff_kind=StaffKind.PNS,
            staff_number="198501012010012001",
        ).id


def make_ready_seeker() -> int:
    """Somebody whose profile and papers are complete; gives the person's number."""
    number = next(_names)
    with db.writing() as session:
        person = make_person(session, name=f"Pencari {_as_letters(number)}")
        make_profile(session, person=person, nik=_nik(number))
        for place, kind in enumerate(REQUIRED):
            make_document(session, owner=person, kind=kind, sha256=f"{place}" * 64)
        return person.id


def make_submitted_cases(
    size: int, photo: tuple[str, str] = ("photo.jpg", "0" * 64)
) -> list[SubmittedCase]:
    """So many sent applications, each of another person with another NIK.

    All share the stored `photo` (name and SHA-256); the default one has no file.
    """
    with db.writing() as session:
        return [_make_submitted(session, next(_names), *photo) for _ in range(size)]


def _make_submitted(session: Session, number: int, photo_name: str, sha256: str) -> SubmittedCase:
    name = f"Pencari {_as_letters(number)}"
    email = f"pencari{number}@contoh.id"
    person = Person(name=name, email=email, mailbox=email, password_hash="x", created=LONG_AGO)
    facts: Facts = FACTS.model_copy(update={"nik": _nik(number), "name": name})
    session.add(person)
    session.flush()
    application = Application(
        applicant_id=person.id,
        status=Status.SUBMITTED,
        created=LONG_AGO,
        submitted=LONG_AGO,
        nik=facts.nik,
        name=name,
        search_name=name.lower(),
        facts=facts.model_dump_json(),
        seal=f"{number:064}",
    )
    photo = Document(
        owner_id=person.id,
        kind=Kind.PHOTO,
        file=photo_name,
        media_type="image/jpeg",
        size=1000,
        sha256=sha256,
        at=LONG_AGO,
    )
    session.add_all([application, photo])
    session.flush()
    session.add(ApplicationPaper(application_id=application.id, document_id=photo.id))
    return SubmittedCase(application.id, application.public_id, application.seal, person.id)


def change_profile(session: Session, by: Person, *, address: str) -> None:
    """The smallest change of what an officer reads."""
    profile = session.get_one(Profile, by.id)
    profile.address = address
    session.add(profile)


def _nik(number: int) -> str:
    return f"620505070700{number % 10_000:04}"


def _as_letters(number: int) -> str:
    """Names hold letters only."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).title()
