"""Operations on an AK1 application: begin, edit, send, withdraw, close, any change of status."""

import hashlib
from collections.abc import Mapping
from functools import partial

from sqlalchemy import or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from ..core import audit, clock, indonesian, machine
from ..core.errors import Refusal
from ..documents.models import Document
from ..documents.rules import Kind
from ..documents.service import attachments, cleanup, uploads
from ..people.models import Person
from ..people.rules import STAFF
from ..profiles.models import Profile
from ..profiles.queries import facts as profile_facts
from ..profiles.rules.facts import EDUCATION, PERSONAL
from ..profiles.service import facts as profiles
from . import emails, queries
from .models import Application, ApplicationPaper
from .queries import NoSuchApplication
from .status import EDITABLE, MACHINE, Action, WrongStatus


class NothingToSend(Refusal):
    message = "Belum ada pengajuan. Isi data diri dahulu."


class Incomplete(Refusal):
    """Something is missing; the sentence names it."""

    def __init__(self, gaps: list[str]):
        super().__init__(f"Lengkapi dulu: {', '.join(gaps)}. Setelah itu pengajuan dapat dikirim.")
        self.gaps = gaps


class NeedsCorrection(Refusal):
    """A stored field breaks a rule by now, such as a graduation before a corrected birth date."""

    def __init__(self, errors: dict[str, str]):
        labels = PERSONAL | EDUCATION
        sentences = " ".join(f"{labels[name]}: {error}" for name, error in errors.items())
        super().__init__(f"{sentences} Setelah itu pengajuan dapat dikirim.")


class AlreadyOpen(Refusal):
    message = "Anda masih punya pengajuan yang berjalan. Lanjutkan yang itu di beranda."


def start_new(session: Session, by: Person) -> Application:
    """Begin an application: the first one, or one after the card of the last one ended.

    Raises `AlreadyOpen` while another is open; of two tabs at the same time one gets it.
    """
    if queries.find_open(session, by.id):
        raise AlreadyOpen
    try:
        with session.begin_nested():
            application = Application(applicant_id=by.id, created=clock.now())
            session.add(application)
    except IntegrityError as error:
        raise AlreadyOpen from error
    audit.record(session, "start_application", by=by, subject=application.public_id)
    return application


def ensure_editable(session: Session, *, by: Person) -> Application:
    """My open application, locked; begun now if there is none.

    Raises `WrongStatus` once it is sent or approved: it can't be edited until it is withdrawn or
    returned, or its card has ended.
    """
    mine = queries.find_open(session, by.id, for_update=True)
    if mine is None:
        return start_new(session, by)
    if mine.status not in EDITABLE:
        raise WrongStatus
    return mine


def save_personal(
    session: Session, by: Person, form: Mapping[str, object], *, partial: bool = False
) -> None:
    """Save my personal data while my application is editable; see `profiles.save_personal`."""
    ensure_editable(session, by=by)
    profiles.save_personal(session, by, form, partial=partial)


def save_education(
    session: Session, by: Person, form: Mapping[str, object], *, partial: bool = False
) -> None:
    """Save my education and skills while my application is editable."""
    ensure_editable(session, by=by)
    profiles.save_education(session, by, form, partial=partial)


def rebuild_paper(
    session: Session, by: Person, kind: Kind, tickets: list[str], *, sign_in: str
) -> uploads.StoredFile:
    """Re-encode and store a paper uploaded for my application; slow, and writes no row."""
    mine = queries.find_open(session, by.id)
    if mine is not None and mine.status not in EDITABLE:
        raise WrongStatus
    return uploads.rebuild_upload(session, kind, tickets, by=by, sign_in=sign_in)


def attach_paper(session: Session, by: Person, kind: Kind, checked: uploads.StoredFile) -> Document:
    """Make a stored file a paper of my application, in place of an older one of its kind."""
    ensure_editable(session, by=by)
    return attachments.attach(session, by, kind, checked)


def detach_all_papers(session: Session, application_id: int) -> None:
    """Detach the papers of an application whose retention period is over."""
    theirs = col(ApplicationPaper.application_id) == application_id
    session.execute(delete(ApplicationPaper).where(theirs))


def delete_unneeded_papers(session: Session) -> None:
    """Delete expired uploads, and replaced papers that no application shows.

    The job "files" deletes the files of these papers later.
    """
    cleanup.delete_unneeded(session, still_needed=partial(queries.still_attached, session))


def detach_paper(session: Session, by: Person, kind: Kind) -> None:
    """Remove a paper from my application."""
    ensure_editable(session, by=by)
    attachments.detach(session, by, kind)


def submit(session: Session, by: Person) -> Application:
    """Send my application, for the first time or again; it may be unchanged since its return.

    Copies facts and papers as they are now, so that a later change never alters them. Raises
    `NothingToSend`, `Incomplete`, `NeedsCorrection`, or `WrongStatus` when it is sent already.
    """
    mine = queries.find_open(session, by.id, for_update=True)
    if mine is None:
        raise NothingToSend
    machine.status_after(MACHINE, Action.SUBMIT, party=by.role, on=mine.status)
    _refuse_incomplete(session, by)
    _copy_facts_and_papers(session, mine)
    move(session, mine, Action.SUBMIT, by=by)
    audit.record(session, "submit", by=by, subject=mine.public_id, nik=mine.nik)
    return mine


def withdraw(session: Session, by: Person) -> Application:
    """Turn my sent application back into a draft; raises `WrongStatus` once it is decided."""
    mine = queries.find_open(session, by.id, for_update=True)
    if mine is None:
        raise WrongStatus
    move(session, mine, Action.WITHDRAW, by=by)
    audit.record(session, "withdraw", by=by, subject=mine.public_id, nik=mine.nik)
    return mine


def move(
    session: Session, application: Application, action: Action, *, by: Person, note: str = ""
) -> None:
    """Change the status as the table allows, write its history row and queue the email.

    Nothing else writes a status. Raises `WrongStatus` when the table forbids it or somebody else
    was faster, and `NoSuchApplication` when a job seeker means another person's application.
    """
    if by.role not in STAFF and application.applicant_id != by.id:
        raise NoSuchApplication
    before = application.status
    changes = {"review_note": note, **_dated(action)}
    machine.move(
        session, MACHINE, application, action, party=by.role, by_id=by.id, note=note, also=changes
    )
    emails.queue_email(session, application, action, before=before, note=note)


def close(session: Session, application_id: int) -> None:
    """Close an application whose card ended (placed, expired, revoked), so a new one may begin."""
    application = session.get_one(Application, application_id)
    application.is_closed = True
    session.add(application)
    session.flush()


def _dated(action: Action) -> dict[str, object]:
    if action is Action.SUBMIT:
        return {"submitted": clock.now(), "decided": None}
    return {"decided": clock.now()} if action in (Action.RETURN, Action.APPROVE) else {}


def _refuse_incomplete(session: Session, by: Person) -> None:
    if gaps := queries.gaps_of(session, by.id).all:
        raise Incomplete(gaps)
    if errors := profiles.errors_of(profile_facts.get_profile(session, by.id)):
        raise NeedsCorrection(errors)


def _copy_facts_and_papers(session: Session, application: Application) -> None:
    facts = profile_facts.facts_of(session, application.applicant_id)
    papers = attachments.current_papers(session, application.applicant_id)
    session.exec(
        delete(ApplicationPaper).where(col(ApplicationPaper.application_id) == application.id)
    )
    for paper in papers.values():
        session.add(ApplicationPaper(application_id=application.id, document_id=paper.id))
    application.facts = facts.model_dump_json()
    application.nik, application.name = facts.nik, facts.name
    application.search_name = indonesian.searchable(facts.name)[:100]
    application.seal = _seal(application.facts, list(papers.values()))
    session.add(application)


def _seal(facts: str, papers: list[Document]) -> str:
    """A hash of all that an officer reads: a decision must carry that of the case it decides."""
    sums = sorted(f"{paper.kind} {paper.sha256}" for paper in papers)
    return hashlib.sha256("\n".join([facts, *sums]).encode()).hexdigest()


def people_with_nik(session: Session, nik: str) -> set[str]:
    """Public ids of the people who have this NIK, or had it when they applied."""
    owners = select(Profile.person_id).where(Profile.nik == nik)
    applied = select(Application.applicant_id).where(Application.nik == nik)
    either = or_(col(Person.id).in_(owners), col(Person.id).in_(applied))
    return set(session.exec(select(Person.public_id).where(either)))
