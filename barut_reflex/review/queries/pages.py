"""Pages of the list by key: a page begins after, or ends before, the key of an application."""

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
LAST = "akhir"  # the page that the button to the end asks for
CURSOR = re.compile(r"(\d{1,16})-(\d{1,9})", re.ASCII)  # microseconds, and the id
PAGE = re.compile(r"\d{1,5}", re.ASCII)

Line = tuple[Application, Card | None, Placement | None]
Conditions = list[ColumnElement[bool]]


class Cursor(NamedTuple):
    """The key of an application in the list: when it was sent, and its id within that moment."""

    sent: datetime
    id: int


class Spot(NamedTuple):
    """The page asked for: the last, one beside a cursor (with its number), or else the first."""

    page: int
    after: Cursor | None
    before: Cursor | None
    is_last: bool


class Found(NamedTuple):
    """The lines of a page, how many come before them, and whether others follow."""

    lines: Sequence[Line]
    skipped: int
    has_more: bool


def spot_of(page: str, after: str, before: str) -> Spot:
    """What stands in the address, where anything may stand."""
    number = int(page) if PAGE.fullmatch(page) else 1
    return Spot(number, _cursor(after), _cursor(before), page == LAST)


def _cursor(written: str) -> Cursor | None:
    if (found := CURSOR.fullmatch(written)) is None:
        return None
    return Cursor(clock.EPOCH + timedelta(microseconds=int(found[1])), int(found[2]))


def cursor_of(application: Application) -> str:
    """Its cursor as it stands in an address."""
    sent = clock.utc(application.submitted) if application.submitted else clock.EPOCH
    return f"{(sent - clock.EPOCH) // timedelta(microseconds=1)}-{application.id}"


def page_of(session: Session, conditions: Conditions, spot: Spot, total: int | None) -> Found:
    """The page at that spot; the first when nothing stands there. `total` is None for unknown."""
    found = None
    if spot.before:
        found = _page_before(session, conditions, spot.before, _skipped(spot, total))
    elif spot.after:
        found = _page_after(session, conditions, spot.after, _skipped(spot, total), total)
    elif spot.is_last and total:
        found = _last_page(session, conditions, total)
    return found or _first_page(session, conditions)


def _skipped(spot: Spot, total: int | None) -> int:
    """By the number in the address: those who sent since it was made are not counted."""
    said = (max(2, spot.page) - 1) * PAGE_SIZE
    return said if total is None else max(1, min(said, total - PAGE_SIZE - 1))


def _page_before(
    session: Session, conditions: Conditions, cursor: Cursor, skipped: int
) -> Found | None:
    """None when that would be the first page, which may have grown."""
    newer = [*conditions, _key() > _value(cursor)]
    lines = lines_of(session, newer, size=PAGE_SIZE + 1, from_the_end=True)
    return Found(lines[1:], skipped, True) if len(lines) > PAGE_SIZE else None


def _page_after(
    session: Session, conditions: Conditions, cursor: Cursor, skipped: int, total: int | None
) -> Found | None:
    lines = lines_of(session, [*conditions, _key() < _value(cursor)], size=PAGE_SIZE + 1)
    if len(lines) > PAGE_SIZE:
        return Found(lines[:PAGE_SIZE], skipped, True)
    if total is not None:
        skipped = max(1, total - len(lines))
    return Found(lines, skipped, False) if lines else None


def _last_page(session: Session, conditions: Conditions, total: int) -> Found:
    lines = lines_of(session, conditions, size=total % PAGE_SIZE or PAGE_SIZE, from_the_end=True)
    return Found(lines, total - len(lines), False)


def _first_page(session: Session, conditions: Conditions) -> Found:
    lines = lines_of(session, conditions, size=PAGE_SIZE + 1)
    return Found(lines[:PAGE_SIZE], 0, len(lines) > PAGE_SIZE)


def lines_of(
    session: Session, conditions: Conditions, *, size: int, from_the_end: bool = False
) -> Sequence[Line]:
    """So many applications from the beginning of the list or from its end; newest first."""
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
