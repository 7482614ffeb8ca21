"""Query of the page "Cetak Kartu": the cards issued on one day, page by page, for printing."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from ...core import clock, views
from ...core.errors import Refusal
from ...core.indonesian import long_date, long_time, parse_date, typed_date
from ...people.models import Person
from ...people.rules import STAFF
from ..models import Card, CardPrint
from .lookup import facts_of

PAGE_SIZE = 100


class DayUnreadable(Refusal):
    message = "Tulis tanggal sebagai DD/MM/YYYY, misalnya 20/04/2026."
    field = "tanggal"


@dataclass
class PrintRow:
    """One card in the list; `printed` is when it was last printed, empty if never."""

    public_id: str = ""
    name: str = ""
    number: str = ""
    signatory: str = ""
    printed: str = ""


@dataclass
class PrintList:
    """One page of the cards of a day, by number."""

    day: str = ""  # DD/MM/YYYY, for the field and the address
    on: str = ""  # in words, for the sentence above the list
    rows: list[PrintRow] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    total: int = 0
    waiting: int = 0  # on this page, not printed yet
    summary: str = ""


def read_day(_session: Session, typed: str) -> str:
    """The typed day as DD/MM/YYYY, for the address; empty for none. May raise `DayUnreadable`."""
    day = parse_date(typed)
    if typed.strip() and day is None:
        raise DayUnreadable
    return typed_date(day)


def _seen(_session: Session, listing: PrintList, *_: str, **__: str) -> views.View | None:
    page = str(listing.page)
    return views.list_view("cetak", len(listing.rows), tanggal=listing.day, halaman=page)


@views.audited(_seen)
def cards_of_day(session: Session, by: Person, day: str, page: str) -> PrintList:
    """The cards issued on `day`, without revoked ones. For staff; empty for others.

    Day and page come from the address, so they may be any text: an unreadable day means today, a
    page beyond the last means the last.
    """
    if by.role not in STAFF:
        return PrintList()
    on = parse_date(day) or clock.today()
    issued = _issued_on(on)
    total = session.exec(select(func.count(col(Card.id))).where(*issued)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    at = min(_number(page), pages)
    found = select(Card).where(*issued).order_by(col(Card.issued), col(Card.number))
    cards = session.exec(found.offset((at - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()
    rows = _rows(session, list(cards))
    first = (at - 1) * PAGE_SIZE
    shown = f"{first + 1} - {first + len(rows)} dari {total}" if rows else "0"
    return PrintList(
        day=typed_date(on),
        on=long_date(on),
        rows=rows,
        page=at,
        pages=pages,
        total=total,
        waiting=sum(not row.printed for row in rows),
        summary=f"Menampilkan {shown} kartu",
    )


def _number(written: str) -> int:
    """A page number from the address; 1 for any other text."""
    return int(written) if re.fullmatch(r"[1-9]\d{0,8}", written, re.ASCII) else 1


def _issued_on(day: date) -> tuple:
    """Conditions for cards issued on that day, from midnight to midnight in WIB, not revoked."""
    begin = datetime.combine(day, time(), tzinfo=clock.WIB).astimezone(UTC)
    until = begin + timedelta(days=1)
    return col(Card.issued) >= begin, col(Card.issued) < until, col(Card.revoked).is_(None)


def _rows(session: Session, cards: list[Card]) -> list[PrintRow]:
    last = select(CardPrint.card_id, func.max(CardPrint.at)).group_by(col(CardPrint.card_id))
    printed = dict(
        session.exec(last.where(col(CardPrint.card_id).in_([card.id for card in cards]))).all()
    )
    return [
        PrintRow(
            public_id=card.public_id,
            name=facts_of(card).name,
            number=card.number,
            signatory=card.signatory_name,
            printed=long_time(printed[card.id]) if card.id in printed else "",
        )
        for card in cards
    ]
