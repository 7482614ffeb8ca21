"""Totals of the office and the list of applications with its search."""

import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from ...accounts.models import STAFF, Person
from ...applications.models import Application
from ...applications.status import LABELS, Status
from ...cards.models import Card, Placement
from ...core.indonesian import searchable, short_date, tidy

PAGE_SIZE = 25
NEWEST = 8
LONGEST_SEARCH = 100
LONGEST_NUMBER = 18  # digits of a registration number; a NIK has 16
TONES = {Status.SUBMITTED: "info", Status.RETURNED: "danger", Status.APPROVED: "success"}


@dataclass
class Totals:
    people: int = 0
    waiting: int = 0
    approved: int = 0
    staff: int = 0


@dataclass
class Row:
    """One line of the list. `card_id` is empty until a card was issued."""

    public_id: str = ""
    name: str = ""
    nik: str = ""
    number: str = ""
    status: str = ""
    tone: str = ""
    submitted: str = ""
    signatory: str = ""
    card_id: str = ""
    can_print: bool = False
    can_place: bool = False
    is_placed: bool = False


@dataclass
class Desk:
    """The officer's first page."""

    totals: Totals = field(default_factory=Totals)
    newest: list[Row] = field(default_factory=list)


@dataclass
class Listing:
    """One page of the list and where it stands in the whole."""

    rows: list[Row] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    total: int = 0
    summary: str = ""


def get_desk(session: Session, *, by: Person) -> Desk:
    """The totals of the office and the applications sent last. For staff; empty for others."""
    if by.role not in STAFF:
        return Desk()
    totals = Totals(
        people=_count(session, Person),
        waiting=_count(session, Application, col(Application.status) == Status.SUBMITTED),
        approved=_count(session, Application, col(Application.status) == Status.APPROVED),
        staff=_count(session, Person, col(Person.role).in_(STAFF), col(Person.is_active)),
    )
    return Desk(totals, _rows(session, [_is_sent()], page=1, size=NEWEST))


def list_applications(
    session: Session, search: str, status: str, page: str, *, by: Person
) -> Listing:
    """One page of 25, the newest sent first. For staff; empty for others.

    `search`, `status` and `page` are what stands in the address, so anything may stand there:
    an unknown status means all, a page beyond the last means the last. Drafts are never listed.
    """
    if by.role not in STAFF:
        return Listing()
    conditions = [_is_sent(), *_matching(search), *_with_status(status)]
    total = session.exec(
        select(func.count(col(Application.id)))
        .select_from(Application)
        .outerjoin(Card, col(Card.application_id) == Application.id)
        .where(*conditions)
    ).one()
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(int(page), pages) if re.fullmatch(r"[1-9]\d{0,8}", page, re.ASCII) else 1
    rows = _rows(session, conditions, page=number, size=PAGE_SIZE)
    return Listing(rows, number, pages, total, _summary(number, len(rows), total))


def _is_sent() -> ColumnElement[bool]:
    return col(Application.status) != Status.DRAFT


def _with_status(status: str) -> list[ColumnElement[bool]]:
    known = [item for item in Status if item == status]
    return [col(Application.status) == item for item in known]


def _matching(search: str) -> list[ColumnElement[bool]]:
    """Digits: the beginning of a NIK or number. Words: each is a part of the name, literally."""
    text = tidy(search)[:LONGEST_SEARCH]
    digits = re.sub(r"[\s.\-]", "", text)
    if re.fullmatch(r"\d+", digits, re.ASCII):
        return [or_(_begins(Application.nik, digits), _begins(Card.number, digits))]
    words = searchable(text).split()
    return [col(Application.search_name).contains(word, autoescape=True) for word in words]


def _begins(column: Any, digits: str) -> ColumnElement[bool]:
    """A range instead of LIKE, so that the index answers; digits sort alike in every language."""
    return (col(column) >= digits) & (col(column) <= digits.ljust(LONGEST_NUMBER, "9"))


def _rows(
    session: Session, conditions: list[ColumnElement[bool]], *, page: int, size: int
) -> list[Row]:
    found = session.exec(
        select(Application, Card, Placement)
        .outerjoin(Card, col(Card.application_id) == Application.id)
        .outerjoin(Placement, col(Placement.card_id) == Card.id)
        .where(*conditions)
        .order_by(col(Application.submitted).desc(), col(Application.id).desc())
        .offset((page - 1) * size)
        .limit(size)
    )
    return [_row(*line) for line in found]


def _row(application: Application, card: Card | None, placement: Placement | None) -> Row:
    row = Row(
        public_id=application.public_id,
        name=application.name,
        nik=application.nik,
        status=LABELS[application.status],
        tone=TONES[application.status],
        submitted=short_date(application.submitted) if application.submitted else "",
    )
    if card:
        row.number, row.signatory, row.card_id = card.number, card.signatory_name, card.public_id
        row.can_print = card.revoked is None
        row.is_placed = placement is not None
        row.can_place = row.can_print and not row.is_placed
    return row


def _summary(page: int, rows: int, total: int) -> str:
    if not total:
        return "Menampilkan 0 data"
    first = (page - 1) * PAGE_SIZE + 1
    return f"Menampilkan {first} - {first + rows - 1} dari {total} data"


def _count(session: Session, table: Any, *conditions: Any) -> int:
    return session.exec(select(func.count()).select_from(table).where(*conditions)).one()
