"""Acts of an officer: approve (issues the card), return, record a half-yearly report on a card."""

from sqlmodel import Session, select

from ..applications import service as applications
from ..applications.models import Application
from ..applications.queries import get_application
from ..applications.status import Action, Status, WrongStatus
from ..cards.models import Card
from ..cards.queries import lookup
from ..cards.service import after_issue, issuing
from ..core import audit
from ..core.errors import Refusal
from ..core.indonesian import check_text, long_time, tidy
from ..core.locks import lock
from ..people.models import Person
from ..people.rules import STAFF
from .queries.moves import moves_of

MAX_NOTE_LENGTH = 1000
DID = {
    Action.SUBMIT: "sudah mengirim",
    Action.WITHDRAW: "sudah membatalkan",
    Action.RETURN: "sudah menolak",
    Action.APPROVE: "sudah menyetujui",
}


class NoteRequired(Refusal):
    message = "Tulis catatan verifikasi sebelum menolak berkas, agar pemohon tahu apa yang kurang."
    field = "note"


class NoteUnfit(Refusal):
    field = "note"


class DataChanged(Refusal):
    message = (
        "Data pengajuan ini berubah sejak Anda membukanya. "
        "Muat ulang halaman dan periksa lagi sebelum memutuskan."
    )


class SignatoryUnfit(Refusal):
    message = (
        "Penandatangan harus petugas aktif yang sudah punya NIP atau NIPPPK. "
        "Pilih orang lain, atau minta administrator melengkapi datanya."
    )
    field = "signatory"


class CardStillValid(Refusal):
    field = "revoke_other"


def approve(
    session: Session,
    by: Person,
    public_id: str,
    *,
    seal: str,
    signatory_id: str = "",
    revoke_other: bool = False,
) -> Card:
    """Approve the application as the officer read it, and issue its card.

    `seal` is the hash shown with the case: `DataChanged` if other data was sent since.
    `signatory_id` is a person's public id; empty means `by`. `CardStillValid` while another card
    of that NIK is valid, unless `revoke_other`.
    """
    signatory = _get_signatory(session, signatory_id) if signatory_id else ensure_may_sign(by)
    application = get_as_read(session, public_id, seal)
    _move(session, application, Action.APPROVE, by=by)
    end_other_card(session, application, revoke_other=revoke_other, by=by)
    card = issuing.issue(session, application, by=by, signatory=signatory)
    audit.record(
        session,
        "approve",
        by=by,
        subject=public_id,
        nik=application.nik,
        detail=f"nomor {card.number}, penandatangan {signatory.public_id}",
    )
    return card


def return_for_correction(
    session: Session, by: Person, public_id: str, *, seal: str, note: str
) -> None:
    """Return the application; the job seeker reads the note and may send it again."""
    note = tidy(note)
    if not note:
        raise NoteRequired
    if problem := check_text(note, MAX_NOTE_LENGTH, is_multiline=True):
        raise NoteUnfit(problem)
    application = get_as_read(session, public_id, seal)
    _move(session, application, Action.RETURN, by=by, note=note)
    audit.record(session, "return", by=by, subject=public_id, nik=application.nik, detail=note)


def record_visit(session: Session, by: Person, card_id: str, *, visited_on: str) -> None:
    """Record a half-yearly report on a card.

    The page has two forms with a date, so the field has a name of its own here.
    """
    try:
        after_issue.record_visit(session, by, card_id, on=visited_on)
    except Refusal as refused:
        refused.field = "visited_on" if refused.field == "on" else refused.field
        raise


def get_as_read(session: Session, public_id: str, seal: str) -> Application:
    """The application, if its data are still those the officer read."""
    application = get_application(session, public_id)
    if application.status is Status.SUBMITTED and application.seal != seal:
        raise DataChanged
    return application


def _move(
    session: Session, application: Application, action: Action, *, by: Person, note: str = ""
) -> None:
    try:
        applications.move(session, application, action, by=by, note=note)
    except WrongStatus as refused:
        raise _already_decided(session, application) from refused


def _already_decided(session: Session, application: Application) -> WrongStatus:
    """The refusal for the slower of two officers: it says who did what, and when."""
    moves = moves_of(session, application)
    if not moves:
        return WrongStatus()
    move, name = moves[-1]
    return WrongStatus(
        f"{name} {DID[Action(move.action)]} pengajuan ini pada {long_time(move.at)}. "
        "Muat ulang halaman untuk melihat keadaan baru."
    )


def _get_signatory(session: Session, public_id: str) -> Person:
    found = session.exec(select(Person).where(Person.public_id == public_id)).first()
    if found is None:
        raise SignatoryUnfit
    return ensure_may_sign(found)


def ensure_may_sign(person: Person) -> Person:
    """The same person; raises SignatoryUnfit unless they are active staff with a staff number."""
    if person.role not in STAFF or not person.is_active or not person.staff_number:
        raise SignatoryUnfit
    return person


def end_other_card(
    session: Session, application: Application, *, revoke_other: bool, by: Person
) -> None:
    """Revoke another valid card of this NIK, or refuse the approval.

    The lock keeps it at one valid card a NIK when two of its applications are approved at once.
    """
    lock(session, f"card of {application.nik}")
    other = lookup.valid_card_of_nik(session, application.nik)
    if other is None:
        return
    if not revoke_other:
        raise CardStillValid(
            f"Kartu nomor {other.number} masih berlaku untuk NIK ini. Centang pencabutan kartu "
            "lama untuk menggantinya, atau tolak pengajuan ini."
        )
    issuing.supersede(session, other, by=by)
