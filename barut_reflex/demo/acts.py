"""Steps of the demo: call services for invented people, and delete the emails to job seekers.

Staff accounts are created now and their first emails deleted; all else happens at a past time.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session, col, delete, select

from ..accounts.service import login, staff
from ..accounts.service.sign_up import SignUp, begin_sign_up, confirm_sign_up
from ..applications import service as applications
from ..applications.models import Application
from ..applications.queries import find_open
from ..cards.models import Card
from ..cards.queries import lookup
from ..cards.service import after_issue
from ..core import clock, db, mail
from ..core.models import OutboxMail
from ..documents.rules import Kind
from ..documents.service import uploads
from ..people.models import Person
from ..people.rules import Role, StaffKind
from ..people.service import passwords
from ..profiles.service import entries, facts
from ..review import service as review
from ..siapkerja.service import identity
from . import papers
from .people import DemoPerson

P = ParamSpec("P")
T = TypeVar("T")
BIODATA = {"domicile": "Sama dengan alamat KTP", "occupation": "2512"}
SCHOOL = {"school": "Sekolah Contoh Muara Teweh"}
UNUSABLE_PASSWORD = "!"  # noqa: S105  no hash: nobody can sign in with it


def act_as(
    moment: datetime,
    email: str,
    service: Callable[Concatenate[Session, Person, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Call a service for the person with that email, as if it were `moment`.

    Emails to a job seeker are deleted, since the person is invented; those to officers are sent,
    since somebody may be signed in as one of them.
    """
    with clock.pretend(moment), db.writing() as session:
        person = _person(session, email)
        done = service(session, person, *args, **kwargs)
        if person.role is Role.JOB_SEEKER:
            _delete_emails(session, person)
    return done


def _delete_emails(session: Session, person: Person) -> None:
    session.flush()
    session.execute(delete(OutboxMail).where(col(OutboxMail.recipient) == person.email))


def sign_up(moment: datetime, invented: DemoPerson, password: str = "") -> None:
    """Create an account as a visitor would: form, code from the email, confirmation."""
    flow, password_hash = secrets.token_hex(32), _hash(password)
    with clock.pretend(moment), db.writing() as session:
        form = SignUp(invented.name, invented.email, password_hash)
        begin_sign_up(session, form, flow=flow, address=f"home of {invented.email}")
        session.flush()
        email = session.exec(select(OutboxMail).where(OutboxMail.recipient == invented.email)).one()
        text = _required(mail.build_message(email).get_body(("plain",))).get_content()
        code = re.findall(r"^\s*(\d{6})\s*$", text, re.M)[0]
        person = confirm_sign_up(session, code, flow=flow)
        _delete_emails(session, person)


def _hash(password: str) -> str:
    if not password:
        return UNUSABLE_PASSWORD
    with db.reading() as session:
        return passwords.hash_password(session, password)


def administrator(name: str, email: str, password: str, number: str) -> None:
    """Create the first administrator, with the one-time password already changed."""
    form = _staff_form(name, email, "PNS", number, "Kepala Bidang Penempatan Tenaga Kerja")
    own = _hash(password)
    with db.writing() as session:
        person = staff.create_administrator(session, replace(form, role=Role.ADMINISTRATOR))
        _first_password(session, person, own)


def officer(by: str, name: str, email: str, password: str, kind: str, number: str) -> None:
    """Let the administrator `by` create an officer, with the one-time password already changed."""
    position = "Pengantar Kerja" if kind == "PNS" else "Petugas Antar Kerja"
    form, own = _staff_form(name, email, kind, number, position), _hash(password)
    with db.writing() as session:
        person = staff.create_staff(session, _person(session, by), form)
        _first_password(session, person, own)


def _staff_form(name: str, email: str, kind: str, number: str, position: str):
    return staff.NewStaff(
        name=name,
        email=email,
        password_hash=UNUSABLE_PASSWORD,
        role=Role.OFFICER,
        staff_kind=StaffKind(kind),
        staff_number=number,
        position=position,
    )


def _first_password(session: Session, person: Person, password_hash: str) -> None:
    staff.set_first_password(session, person, password_hash, sign_in="")
    _delete_emails(session, person)


def fill_in(moment: datetime, invented: DemoPerson) -> None:
    """Fill in both forms of an application and attach every required paper."""
    act_as(moment, invented.email, applications.save_personal, invented.personal)
    act_as(moment, invented.email, applications.save_education, invented.education)
    for kind in required_papers(invented):
        paper = _sample_paper(kind, _portrait_of(invented))
        act_as(moment, invented.email, applications.attach_paper, kind, paper)


def complete_profile(moment: datetime, invented: DemoPerson) -> None:
    """Answer the rest of the seven steps, and open the SIAPkerja-ID of a complete profile."""
    act_as(moment, invented.email, facts.save_biodata, BIODATA, partial=True)
    act_as(moment, invented.email, facts.save_school, SCHOOL, partial=True)
    for section in ("experience", "training", "certificates"):
        act_as(moment, invented.email, entries.answer, section, is_none=True)
    if not invented.education["skills"]:
        act_as(moment, invented.email, entries.answer, "skills", is_none=True)
    act_as(moment, invented.email, identity.open_identity)


def _portrait_of(invented: DemoPerson) -> int:
    return 2 * (len(invented.name) % 2) + (invented.personal["sex"] == "Perempuan")


def required_papers(invented: DemoPerson) -> list[Kind]:
    """The papers that these forms require."""
    kinds = [Kind.ID_CARD, Kind.FAMILY_CARD, Kind.PHOTO]
    if invented.education["graduation_year"]:
        kinds.append(Kind.DIPLOMA)
    if invented.education["skills"]:
        kinds.append(Kind.SKILL_CERTIFICATE)
    return kinds


@cache
def _sample_paper(kind: Kind, number: int) -> uploads.StoredFile:
    """A stored sample file, shared by all: one of four portraits, or the one of its kind."""
    if kind is Kind.PHOTO and number >= len(papers.PORTRAITS):
        return _sample_paper(kind, number % len(papers.PORTRAITS))
    if kind is Kind.PHOTO:
        return uploads.rebuild_and_store(kind, [papers.portrait(number)], ["pas-foto.jpg"])
    if number:
        return _sample_paper(kind, 0)
    content = papers.specimen(papers.TITLES[kind], ["Nama: Contoh", "Bukan dokumen resmi"])
    return uploads.rebuild_and_store(kind, [content], [f"{kind}.jpg"])


def approve(moment: datetime, officer_email: str, applicant: str) -> Card:
    """Let the officer approve the applicant's application; gives the card."""
    application = _open_application(applicant)
    act_as(moment, officer_email, review.approve, application.public_id, seal=application.seal)
    with db.writing() as session:
        _delete_emails(session, _person(session, applicant))
        return _required(lookup.find_card_of(session, application.id))


def send_back(moment: datetime, officer_email: str, applicant: str, note: str) -> None:
    """Let the officer return the application with a note."""
    application = _open_application(applicant)
    seal, public_id = application.seal, application.public_id
    act_as(moment, officer_email, review.return_for_correction, public_id, seal=seal, note=note)
    _delete_emails_to(applicant)


def mark_placed(
    moment: datetime, officer_email: str, applicant: str, card: Card, employer: str
) -> None:
    """Let the officer record that the card's holder was hired."""
    on = f"{clock.office_day(moment):%d/%m/%Y}"
    act_as(moment, officer_email, after_issue.mark_placed, card.public_id, employer=employer, on=on)
    _delete_emails_to(applicant)


def _delete_emails_to(email: str) -> None:
    with db.writing() as session:
        _delete_emails(session, _person(session, email))


def _open_application(email: str) -> Application:
    with db.reading() as session:
        return _required(find_open(session, _person(session, email).id))


def _person(session: Session, email: str) -> Person:
    return _required(login.find_by_email(session, email))


def _required(found: T | None) -> T:
    """The row, which an earlier step of the demo must have created; raises LookupError."""
    if found is None:
        raise LookupError
    return found
