"""Paging of the list of applications by cursor (keyset paging), without counting skipped rows.

A page begins after, or ends before, the key of an application.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, literal, tuple_
from sqlmodel import Session, col, select

from ...applications.models import Application
from ...cards.models import Card, Placement
from ...core import clock
from ...core.models import UTC_TIME

PAGE_SIZE = 25
LAST_PAGE = "akhir"  # what the button to the end writes into the address as page number
CURSOR = re.compile(r"(\d{1,16})-(\d{1,9})", re.ASCII)  # microseconds, and the id
PAGE = re.compile(r"\d{1,5}", re.ASCII)

Line = tuple[Application, Card | None, Placement | None]
Conditions = list[ColumnElement[bool]]


class Cursor(NamedTuple):
    """The key of an application in the list: when it was sent, and its id for equal moments."""

    sent: datetime
    id: int


class PageRequest(NamedTuple):
    """The requested page: the one after or before a cursor, the last, or else the first.

    `page` is its number as it was shown; only a cursor says where it begins.
    """

    page: int
    after: Cursor | None
    before: Cursor | None
    is_last: bool


class ListPage(NamedTuple):
    """The lines of a page, how many lines come before it, and whether more follow."""

    lines: Sequence[Line]
    skipped: int
    has_more: bool


def parse_page_request(page: str, after: str, before: str) -> PageRequest:
    """The page that the address asks for; each parameter may be any text."""
    number = int(page) if PAGE.fullmatch(page) else 1
    return PageRequest(number, _cursor(after), _cursor(before), page == LAST_PAGE)


def _cursor(written: str) -> Cursor | None:
    if (found := CURSOR.fullmatch(written)) is None:
        return None
    return Cursor(clock.EPOCH + timedelta(microseconds=int(found[1])), int(found[2]))


def cursor_of(application: Application) -> str:
    """The cursor of an application as text for an address."""
    sent = clock.utc(application.submitted) if application.submitted else clock.EPOCH
    return f"{(sent - clock.EPOCH) // timedelta(microseconds=1)}-{application.id}"


def load_page(
    session: Session, conditions: Conditions, request: PageRequest, total: int | None
) -> ListPage:
    """The requested page, or the first if that one is empty. `total` is None if unknown."""
    found = None
    if request.before:
        found = _page_before(session, conditions, request.before, _skipped(request, total))
    elif request.after:
        found = _page_after(session, conditions, request.after, _skipped(request, total), total)
    elif request.is_last and total:
        found = _last_page(session, conditions, total)
    return found or _first_page(session, conditions)


def _skipped(request: PageRequest, total: int | None) -> int:
    """How many lines come before the page, estimated from the page number in the address.

    Exact until somebody sends a new application; only the shown numbers depend on it.
    """
    said = (max(2, request.page) - 1) * PAGE_SIZE
    return said if total is None else max(1, min(said, total - PAGE_SIZE - 1))


def _page_before(
    session: Session, conditions: Conditions, cursor: Cursor, skipped: int
) -> ListPage | None:
    """The page that ends before the cursor.

    None if it would be the first page: that one is read from the top, as it may have new lines.
    """
    newer = [*conditions, _key() > _value(cursor)]
    lines = load_lines(session, newer, size=PAGE_SIZE + 1, from_the_end=True)
    return ListPage(lines[1:], skipped, True) if len(lines) > PAGE_SIZE else None


def _page_after(
    session: Session, conditions: Conditions, cursor: Cursor, skipped: int, total: int | None
) -> ListPage | None:
    lines = load_lines(session, [*conditions, _key() < _value(cursor)], size=PAGE_SIZE + 1)
    if len(lines) > PAGE_SIZE:
        return ListPage(lines[:PAGE_SIZE], skipped, True)
    if total is not None:
        skipped = max(1, total - len(lines))
    return ListPage(lines, skipped, False) if lines else None


def _last_page(session: Session, conditions: Conditions, total: int) -> ListPage:
    lines = load_lines(session, conditions, size=total % PAGE_SIZE or PAGE_SIZE, from_the_end=True)
    return ListPage(lines, total - len(lines), False)


def _first_page(session: Session, conditions: Conditions) -> ListPage:
    lines = load_lines(session, conditions, size=PAGE_SIZE + 1)
    return ListPage(lines[:PAGE_SIZE], 0, len(lines) > PAGE_SIZE)


def load_lines(
    session: Session, conditions: Conditions, *, size: int, from_the_end: bool = False
) -> Sequence[Line]:
    """The first `size` applications of the list, or the last with `from_the_end`; newest first."""
    keys = (col(Application.submitted), col(Application.id))
    lines = session.exec(
        select(Application, Card, Placement)
        .outerjoin(Card, col(Card.application_id) == col(Application.id))
        .outerjoin(Placement, col(Placement.card_id) == col(Card.id))
        .where(*conditions)
        .order_by(*(key if from_the_end else key.desc() for key in keys))
        .limit(size)
    ).all()
    return lines[::-1] if from_the_end else lines


def _key():
    return tuple_(col(Application.submitted), col(Application.id))


def _value(cursor: Cursor):
    return tuple_(literal(cursor.sent, UTC_TIME), literal(cursor.id))
