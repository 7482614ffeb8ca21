"""After issue of a card: record a half-yearly report, mark as hired; close what has expired.

"Close" is for the application, so that its holder may apply again.
"""

from datetime import date

from sqlmodel import Session, col, select

from ...applications import service as applications
from ...applications.models import Application
from ...core import clock
from ...core.errors import Refusal
from ...core.indonesian import check_text, parse_date, tidy
from ...people.models import Person
from .. import emails
from ..models import Card, Placement, ReportingVisit
from ..queries.lookup import is_live, issued_on, placement_of, visits_of
from .common import CardEnded, audit_card, lock_card, require_staff

MAX_EMPLOYER_LENGTH = 200


class AlreadyPlaced(Refusal):
    message = "Pemegang kartu ini sudah dicatat diterima kerja."


def record_visit(session: Session, by: Person, public_id: str, *, on: str) -> ReportingVisit:
    """Record a half-yearly report of the holder. For staff.

    `on` is typed as DD/MM/YYYY: a day from the issue until today, each day once.
    """
    require_staff(by)
    card = lock_card(session, public_id)
    if not is_live(session, card):
        raise CardEnded
    day = _past_day(on, since=issued_on(card))
    if day in visits_of(session, card):
        raise Refusal("Lapor pada tanggal ini sudah dicatat.", field="on")
    visit = ReportingVisit(card_id=card.id, on=day, by_id=by.id, at=clock.now())
    session.add(visit)
    audit_card(session, "record_visit", card, by=by, detail=day.isoformat())
    return visit


def mark_placed(
    session: Session, by: Person, public_id: str, *, employer: str, on: str
) -> Placement:
    """Record, once, that the holder was hired, by whom and since when. For staff.

    Closes the application, so that the holder may make a new one. `on` is typed as DD/MM/YYYY: a
    day from the issue until today. An expired card may still be marked; a revoked one may not.
    """
    require_staff(by)
    employer = tidy(employer)
    if not employer:
        raise Refusal("Tulis nama tempat kerja.", field="employer")
    if problem := check_text(employer, MAX_EMPLOYER_LENGTH):
        raise Refusal(problem, field="employer")
    card = lock_card(session, public_id)
    if placement_of(session, card):
        raise AlreadyPlaced
    if card.revoked:
        raise CardEnded
    day = _past_day(on, since=issued_on(card))
    placement = Placement(card_id=card.id, employer=employer, on=day, by_id=by.id, at=clock.now())
    session.add(placement)
    applications.close(session, card.application_id)
    emails.queue_placed(session, card, placement)
    audit_card(session, "mark_placed", card, by=by, detail=f"{employer}, {day.isoformat()}")
    return placement


def close_expired(session: Session) -> int:
    """Close applications whose card expired, so that their holders may apply again; how many."""
    expired = session.exec(
        select(Card.application_id)
        .join(Application, col(Application.id) == Card.application_id)
        .where(col(Card.valid_until) < clock.today(), col(Application.is_closed).is_(False))
    ).all()
    for application_id in expired:
        applications.close(session, application_id)
    return len(expired)


def _past_day(text: str, *, since: date) -> date:
    """The typed day, or a `Refusal` if it is not one from the card's issue until today."""
    day = parse_date(text)
    if day is None:
        raise Refusal("Tulis tanggal sebagai DD/MM/YYYY, misalnya 22/04/2026.", field="on")
    if day > clock.today():
        raise Refusal("Tanggal ini belum tiba. Tulis tanggal hari ini atau sebelumnya.", field="on")
    if day < since:
        raise Refusal(
            f"Tanggal ini sebelum kartu terbit ({since:%d/%m/%Y}). Periksa lagi.", field="on"
        )
    return day
