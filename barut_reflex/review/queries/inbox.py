"""Totals of the office and the list of applications, page by page."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from ...applications.status import LABELS, TONES, Status
from ...core import views
from ...core.indonesian import masked_nik, short_date
from ...people.models import Person
from ...people.rules import STAFF
from ..index.facts import PEOPLE
from ..index.facts import STAFF as STAFF_COUNT
from .driver import ask
from .paging import (
    FAR,
    PAGE_SIZE,
    Found,
    Spot,
    counted,
    is_near,
    lines_of,
    looked_up,
    out_of,
    pages_of,
    walked,
)
from .search import MANY, Asked, first_places, understand

NEWEST = 8
NUMBER = re.compile(r"[1-9]\d{0,17}", re.ASCII)
COLUMNS = 11  # of a line, before its total
SENT = tuple(status for status in Status if status is not Status.DRAFT)
KNOWN = {str(status): status.name for status in SENT}  # as they stand in the address
TALLY = {
    status: "SELECT sum(change) FROM desktally WHERE name IN ('{}')".format("', '".join(names))
    for status, names in {None: KNOWN.values(), **{n: [n] for n in KNOWN.values()}}.items()
}


@dataclass
class Totals:
    people: int = 0
    waiting: int = 0
    approved: int = 0
    staff: int = 0


@dataclass
class Row:
    """One line of the list, its NIK masked. `card_id` is empty until a card was issued."""

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
    """One page of the list and where it stands in the whole.

    `newer` and `older` are the places the pages beside it begin from; empty where there is none.
    `pages` is 0 when there are more matches than are counted.
    """

    rows: list[Row] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    total: int = 0
    summary: str = ""
    place: str = ""
    newer: str = ""
    older: str = ""


def _newest_seen(_session: Session, desk: Desk) -> views.View | None:
    return views.listed("beranda", len(desk.newest))


@views.gives(_newest_seen)
def get_desk(session: Session, by: Person) -> Desk:
    """The totals of the office and the applications sent last. For staff; empty for others."""
    if by.role not in STAFF:
        return Desk()
    many = _tallies(session)
    totals = Totals(
        people=many.get(PEOPLE, 0),
        waiting=many.get(Status.SUBMITTED.name, 0),
        approved=many.get(Status.APPROVED.name, 0),
        staff=many.get(STAFF_COUNT, 0),
    )
    return Desk(totals, [_row(line) for line in lines_of(session, Asked(), size=NEWEST)])


def _page_seen(
    _session: Session, listing: Listing, search: str, status: str, _page: str, *places: str
) -> views.View | None:
    """Each page is a question of its own: it gives other people."""
    known = {"status": status if status in KNOWN else "", "halaman": str(listing.page)}
    spot = dict(zip(("sesudah", "sebelum"), [place[:20] for place in places], strict=False))
    return views.listed("pengajuan", len(listing.rows), search=search, **known, **spot)


@views.gives(_page_seen)
def list_applications(
    session: Session,
    by: Person,
    search: str,
    status: str,
    page: str,
    after: str = "",
    before: str = "",
) -> Listing:
    """One page of 25, the newest sent first. For staff; empty for others.

    All of it is what stands in the address, so anything may stand there: an unknown status means
    all, a page beyond the last means the last. `after` and `before` are places in the list: with
    one of them the page begins or ends there, and stays what it is when somebody new sends.
    Without, a page further than `FAR` from either end is not looked up: the nearest is shown.
    """
    if by.role not in STAFF:
        return Listing()
    known = KNOWN.get(status, "")
    asked = understand(session, search, known)
    spot = Spot(_number(page) or 1, _number(after), _number(before))
    if asked.is_hopeless:
        return _listing(Found([], 0, False), 0)
    return _searched(session, asked, spot) if asked.is_search else _listed(session, asked, spot)


def _searched(session: Session, asked: Asked, spot: Spot) -> Listing:
    if is_near(spot, MANY) and (answer := looked_up(session, asked, spot)):
        found, many = answer
        return _listing(found, many if many <= MANY else None)
    places = first_places(session, asked)
    if len(places) <= MANY:
        return _listing(out_of(session, places, spot), len(places))
    return _listing(walked(session, asked, spot, None), None)


def _listed(session: Session, asked: Asked, spot: Spot) -> Listing:
    """Of all, or of one status: how many is kept by the database."""
    status = asked.values.get("status")
    is_quick = is_near(spot, FAR) or spot.after is not None
    if is_quick and (answer := counted(session, asked, spot, TALLY[status])):
        return _listing(*answer)
    many = _tallies(session)
    total = sum(many.get(name, 0) for name in ([status] if status else KNOWN.values()))
    return _listing(walked(session, asked, spot, total), total)


def _number(written: str) -> int | None:
    return int(written) if written and NUMBER.fullmatch(written) else None


def _tallies(session: Session) -> dict[str, int]:
    found = ask(session, "SELECT name, sum(change) FROM desktally GROUP BY name", {})
    return {name: int(many) for name, many in found}


def _listing(found: Found, total: int | None) -> Listing:
    """`total` is None when more than `MANY` were found."""
    first, lines = found.skipped + 1, found.lines
    listing = Listing(
        rows=[_row(line) for line in lines],
        page=found.skipped // PAGE_SIZE + 1,
        pages=0 if total is None else pages_of(total),
        total=MANY if total is None else total,
        summary="Menampilkan 0 data",
    )
    if lines:
        among = f"lebih dari {MANY}" if total is None else total
        listing.summary = f"Menampilkan {first} - {found.skipped + len(lines)} dari {among} data"
        of = f" dari {listing.pages}" if listing.pages else ""
        listing.place = f"Halaman {listing.page}{of}"
        listing.newer = str(lines[0][0]) if found.skipped else ""
        listing.older = str(lines[-1][0]) if found.has_more else ""
    return listing


def _row(line: Any) -> Row:
    _, public_id, name, nik, status, submitted, number, signatory, card_id, revoked, placed = line[
        :COLUMNS
    ]
    known = Status[status]
    can_print = card_id is not None and revoked is None
    return Row(
        public_id,
        name,
        masked_nik(nik),
        number or "",
        LABELS[known],
        TONES[known],
        _sent_on(submitted),
        signatory or "",
        card_id or "",
        can_print,
        can_print and placed is None,
        placed is not None,
    )


def _sent_on(submitted: datetime | str | None) -> str:
    """SQLite keeps a moment as text; those of one hour fall on one day, and are read once."""
    if isinstance(submitted, str):
        return _day_of(submitted[: len("2026-04-20 03")])
    return short_date(submitted) if submitted else ""


@lru_cache(maxsize=5000)
def _day_of(hour: str) -> str:
    return short_date(datetime.fromisoformat(hour))
