"""Draw one AK1 card as PDF or its QR as SVG, record each print, load and crop photos."""

from collections.abc import Collection
from dataclasses import replace

from sqlmodel import Session, col, select

from ...core import clock, qr, slow_work, views
from ...core.errors import Refusal
from ...core.settings import settings
from ...documents.models import Document
from ...documents.service import views as document_views
from ...people.models import Person
from ...people.rules import STAFF
from ...seal import codes
from .. import imaging
from ..dates import CardState
from ..models import Card, CardPrint
from ..pdf import draw
from ..pdf import sheet as card_sheet
from ..queries.lookup import (
    card_state,
    current_code,
    facts_of,
    get_card,
    issued_on,
    placement_of,
    reports_of,
)
from .common import CardEnded, require_holder_or_staff


class PrintAtOffice(Refusal):
    message = "Kartu dicetak di kantor. Datang pada jam layanan dengan KTP asli."


def draw_card(session: Session, by: Person, public_id: str) -> tuple[str, bytes]:
    """File name and PDF of the card, for staff; for its holder if the office allows self-printing.

    Slow and read-only: run it through the door `slow`, then run `record_print`.
    """
    card = _printable(session, public_id, by)
    sheet, photo = sheet_of(session, card)
    slow_work.release_connection(session)
    return f"AK1-{card.number}.pdf", draw.draw(with_photo(sheet, photo))


def sheet_of(session: Session, card: Card) -> tuple[card_sheet.Ak1Sheet, Document | None]:
    """The contents of the card without its photo; and the photo's document, if it is printed."""
    address = codes.address_of(current_code(session, card).code)
    is_printed = card.photo_id is not None and settings.photo_mode == "printed"
    sheet = card_sheet.Ak1Sheet.from_card(
        card,
        facts=facts_of(card),
        qr=qr.matrix_of(address),
        address=address,
        photo=None,
        issued=issued_on(card),
        reports=reports_of(card),
        placement=placement_of(session, card),
    )
    return sheet, session.get_one(Document, card.photo_id) if is_printed else None


def with_photo(sheet: card_sheet.Ak1Sheet, photo: Document | None) -> card_sheet.Ak1Sheet:
    """The same sheet with the photo, cropped to size. Slow."""
    return replace(sheet, photo=_cut(photo, imaging.PRINT_SIZE, 88) if photo else None)


def record_print(session: Session, by: Person, public_id: str) -> None:
    """Record that the PDF was handed out. An officer who prints very many raises the alarm."""
    card = _printable(session, public_id, by)
    add_print(session, card, by=by)
    if by.role in STAFF:
        views.check_alarm(session, by=by)


def add_print(session: Session, card: Card, *, by: Person) -> None:
    """Add the row of one print, and its entry in the audit trail."""
    session.add(CardPrint(card_id=card.id, by_id=by.id, at=clock.now()))
    views.add_row(session, view_of(session, views.ViewKind.PRINT, card), by=by)


def view_of(session: Session, kind: views.ViewKind, card: Card) -> views.View:
    """The audit entry for a view of a card: whose card it is, and which one."""
    holder = session.get_one(Person, card.holder_id)
    return views.View(kind, holder.public_id, card.nik, card.public_id)


def _code_seen(session: Session, _picture: str, public_id: str) -> views.View:
    """A QR counts as a view of personal data: its code contains name and number."""
    return view_of(session, views.ViewKind.CODE, get_card(session, public_id))


@views.audited(_code_seen)
def draw_code(session: Session, by: Person, public_id: str) -> str:
    """The current QR as SVG, for the holder's screen and for staff."""
    card = get_card(session, public_id)
    require_holder_or_staff(card, by)
    return qr.svg_of(codes.address_of(current_code(session, card).code))


def portrait(
    session: Session, photo_id: int | None, size: tuple[int, int], *, quality: int
) -> bytes | None:
    """A stored photo as a JPEG of `size` pixels; None when there is none, or it is lost. Slow."""
    return portraits(session, {photo_id}, size, quality=quality).get(photo_id)


def portraits(
    session: Session, photo_ids: Collection[int | None], size: tuple[int, int], *, quality: int
) -> dict[int | None, bytes | None]:
    """`portrait` of each photo, with one query for all of them. Slow."""
    wanted = {photo_id for photo_id in photo_ids if photo_id is not None}
    query = select(Document).where(col(Document.id).in_(wanted))
    photos = session.exec(query).all() if wanted else []
    slow_work.release_connection(session)
    return {None: None, **{photo.id: _cut(photo, size, quality) for photo in photos}}


def _cut(photo: Document, size: tuple[int, int], quality: int) -> bytes | None:
    try:
        content = document_views.read(photo)
    except document_views.NotFound:
        return None
    return imaging.portrait(content, size, quality=quality)


def _printable(session: Session, public_id: str, by: Person) -> Card:
    card = get_card(session, public_id)
    require_holder_or_staff(card, by)
    if by.role not in STAFF and not settings.self_print:
        raise PrintAtOffice
    if card_state(session, card) is CardState.REVOKED:
        raise CardEnded
    return card
