"""The holder's digital card (valid AK1, else SIAPkerja-ID): its PDF, PNG, QR, and offline page."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlmodel import Session

from ...cards import imaging
from ...cards.dates import SELF_DECLARED, STATE_LABELS, VERDICT_WORDS, Verdict
from ...cards.service.printing import portrait
from ...core import qr, slow_work
from ...core.errors import Refusal
from ...core.indonesian import long_date
from ...core.settings import settings
from ...people.models import Person
from ...seal import codes
from .. import pdf
from ..queries.digital import CardFace, current_face


class NoDigitalCardYet(Refusal):
    message = "Kartu digital Anda belum ada. Lengkapi profil lebih dahulu."


@dataclass(frozen=True)
class PhoneCard:
    """The data of the page that a phone stores; photo and QR included, so it works offline."""

    card: CardFace
    photo: bytes | None
    qr: str  # SVG


def phone_card(session: Session, by: Person) -> PhoneCard:
    """The digital card of the signed-in person, for the page that works offline. Slow."""
    card = _mine(session, by)
    photo = portrait(session, card.photo_id, (180, 240), quality=76)
    return PhoneCard(card, photo, _svg(card))


def draw_own_code(session: Session, by: Person) -> str:
    """The QR of the signed-in person's digital card as SVG."""
    return _svg(_mine(session, by))


def draw_digital_pdf(session: Session, by: Person) -> tuple[str, bytes]:
    """File name and PDF of the signed-in person's digital card. Slow."""
    sheet = _sheet(session, card := _mine(session, by))
    slow_work.release_connection(session)
    return f"{_file_name(card)}.pdf", pdf.draw_digital(sheet)


def draw_digital_png(session: Session, by: Person) -> tuple[str, bytes]:
    """File name and PNG of the signed-in person's digital card. Slow."""
    sheet = _sheet(session, card := _mine(session, by))
    slow_work.release_connection(session)
    return f"{_file_name(card)}.png", pdf.draw_picture(sheet)


def _mine(session: Session, by: Person) -> CardFace:
    card = current_face(session, by)
    if card is None:
        raise NoDigitalCardYet
    return card


def _svg(card: CardFace) -> str:
    return qr.svg_of(codes.address_of(card.code))


def _file_name(card: CardFace) -> str:
    return f"AK1-{card.number}-digital" if card.number else "SIAPkerja-ID"


def _sheet(session: Session, card: CardFace) -> pdf.DigitalSheet:
    return pdf.DigitalSheet(
        kind=card.kind,
        office=f"{settings.office_name} {settings.regency}",
        name=card.name,
        number=card.number,
        state=STATE_LABELS[card.state],
        issued=long_date(card.issued),
        valid_until=long_date(card.valid_until),
        site=urlsplit(settings.address).netloc,
        address=codes.address_of(card.code),
        qr=qr.matrix_of(codes.address_of(card.code)),
        photo=portrait(session, card.photo_id, imaging.PRINT_SIZE, quality=88),
        warning=None if card.is_checked else (VERDICT_WORDS[Verdict.UNCHECKED], SELF_DECLARED),
    )
