"""Issue an AK1 card, renew the code in its QR, revoke it."""

from datetime import timedelta

from sqlmodel import Session

from ...applications import queries as application_queries
from ...applications import service as applications
from ...applications.models import Application
from ...core import clock, ledger, limits
from ...core.errors import Refusal
from ...core.indonesian import check_text, tidy
from ...core.settings import settings
from ...documents.models import Document
from ...documents.rules import Kind
from ...people.models import Person
from ...people.rules import Role
from ...people.service import sessions
from ...seal import codes
from ...seal import service as seal
from ...seal.models import Code
from ...seal.rules import PayloadKind
from .. import dates, emails, numbering
from ..models import Card
from ..queries.lookup import facts_of, is_live, issued_on, valid_card_of_nik
from .common import CardEnded, NotAllowed, audit_card, lock_card, require_holder_or_staff

MAX_REASON_LENGTH = 1000
RENEWALS_A_DAY = 10
REPLACED_BY_NEW_CARD = "Diganti kartu baru untuk NIK yang sama."


class OtherCardValid(Refusal):
    message = "Masih ada kartu yang berlaku untuk NIK ini. Cabut kartu itu lebih dahulu."


class PhotoMissing(Refusal):
    message = "Pengajuan ini tidak memuat pas foto, jadi kartu tidak dapat diterbitkan."


class AlreadyRevoked(Refusal):
    message = "Kartu ini sudah dicabut."


class ReasonRequired(Refusal):
    message = "Tulis alasan pencabutan. Alasan ini dikirim kepada pemegang kartu."
    field = "reason"


class TooManyCodes(Refusal):
    message = "Kode QR sudah sering diperbarui hari ini. Coba lagi besok."


def issue(session: Session, application: Application, *, by: Person, signatory: Person) -> Card:
    """Issue the card of an approved application, with its number and its first code.

    Facts and photo are those sent with the application, the signatory is copied as of now. Refused
    with `OtherCardValid` while another card of that NIK may be used: the caller revokes that one
    first.
    """
    at = clock.now()
    number = numbering.next_number(session, at)
    # Checked after taking a number: its counter row makes two approvals wait for each other, so
    # both cannot pass this check.
    if valid_card_of_nik(session, application.nik):
        raise OtherCardValid
    card = Card(
        application_id=application.id,
        holder_id=application.applicant_id,
        number=number,
        nik=application.nik,
        facts=application_queries.facts_of(application).model_dump_json(),
        photo_id=_photo_of(session, application).id,
        signatory_id=signatory.id,
        signatory_name=signatory.name,
        signatory_position=signatory.position,
        signatory_kind=signatory.staff_kind or "",
        signatory_number=signatory.staff_number,
        issued=at,
        valid_until=dates.add_months(clock.office_day(at), settings.validity_months),
    )
    session.add(card)
    session.flush()
    _give_code(session, card)
    ledger.add_line(session, "issue", card=card.public_id, number=number)
    audit_card(session, "issue_card", card, by=by, detail=number)
    return card


def renew_code(session: Session, by: Person, public_id: str) -> Card:
    """Replace the code in the QR; a scan of an older print then says so. For holder and staff."""
    card = lock_card(session, public_id)
    require_holder_or_staff(card, by)
    if not is_live(session, card):
        raise CardEnded
    day = timedelta(days=1)
    if not limits.spend(session, f"renew {card.id}", limit=RENEWALS_A_DAY, per=day):
        raise TooManyCodes
    replace_code(session, card)
    audit_card(session, "renew_code", card, by=by)
    return card


@sessions.needs_confirmation
def revoke(session: Session, by: Person, public_id: str, *, reason: str) -> Card:
    """Revoke a card for good and mail its holder the reason. Administrators only."""
    if by.role is not Role.ADMINISTRATOR:
        raise NotAllowed
    reason = tidy(reason)
    if not reason:
        raise ReasonRequired
    if problem := check_text(reason, MAX_REASON_LENGTH, is_multiline=True):
        raise Refusal(problem, field="reason")
    return _revoke(session, lock_card(session, public_id), reason, by)


def supersede(session: Session, card: Card, *, by: Person) -> Card:
    """Revoke the older card of a NIK, in the act that approves its new one."""
    return _revoke(session, lock_card(session, card.public_id), REPLACED_BY_NEW_CARD, by)


def replace_code(session: Session, card: Card) -> None:
    """Give the card a new code, signed with the newest key; the one before is replaced."""
    new = _give_code(session, card)
    ledger.add_line(session, "renew", card=card.public_id, code_id=new.code_id, code=new.code)


def _photo_of(session: Session, application: Application) -> Document:
    papers = application_queries.papers_of(session, application.id)
    photo = next((paper for paper in papers if paper.kind is Kind.PHOTO), None)
    if photo is None:
        raise PhotoMissing
    return photo


def _give_code(session: Session, card: Card) -> Code:
    payload = codes.Payload(
        code_id=codes.new_code_id(),
        number=card.number,
        name=facts_of(card).name,
        issued=issued_on(card),
        valid_until=card.valid_until,
    )
    return seal.issue_code(session, card.id, payload)


def _revoke(session: Session, card: Card, reason: str, by: Person) -> Card:
    if card.revoked:
        raise AlreadyRevoked
    card.revoked, card.revoked_by, card.revoke_reason = clock.now(), by.id, reason
    session.add(card)
    seal.mark_revoked(session, PayloadKind.AK1, card.id, card.revoked)
    applications.close(session, card.application_id)
    emails.queue_revoked(session, card)
    ledger.add_line(session, "revoke", card=card.public_id)
    audit_card(session, "revoke_card", card, by=by, detail=reason)
    return card
