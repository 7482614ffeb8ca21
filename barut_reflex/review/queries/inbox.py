"""Queries of the officers' list of applications, page by page, and of their first page.

Why the list is read this way: `docs/decisions/0008`.
"""

from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from ...applications.models import Application
from ...applications.status import LABELS, TONES, Status
from ...cards.models import Card, Placement
from ...core import views
from ...core.indonesian import masked_nik, short_date
from ...people.models import Person
from ...people.rules import STAFF
from . import counts
from .pages import (
    PAGE_SIZE,
    Conditions,
    ListPage,
    cursor_of,
    load_lines,
    load_page,
    parse_page_request,
)
from .search import MAX_COUNTED, search_conditions

NEWEST_SHOWN = 8
LISTED_STATUSES = {str(status): status for status in Status if status is not Status.DRAFT}


@dataclass
class Totals:
    """Numbers at the top of the officers' first page."""

    people: int = 0
    waiting: int = 0
    approved: int = 0
    staff: int = 0


@dataclass
class ApplicationRow:
    """One row of the list, with a masked NIK. `card_id` is empty until a card was issued."""

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
class Dashboard:
    """The data of the officers' first page: totals and the newest applications."""

    totals: Totals = field(default_factory=Totals)
    newest: list[ApplicationRow] = field(default_factory=list)


@dataclass
class Listing:
    """One page of the list and its position in the whole list.

    `newer` and `older` are the cursors of the pages before and after it; empty if there is none.
    `pages` is 0 when there are more matches than are counted.
    """

    rows: list[ApplicationRow] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    total: int = 0
    summary: str = ""
    position: str = ""
    newer: str = ""
    older: str = ""


def _newest_seen(_session: Session, desk: Dashboard) -> views.View | None:
    return views.list_view("beranda", len(desk.newest))


@views.audited(_newest_seen)
def get_dashboard(session: Session, by: Person) -> Dashboard:
    """The totals of the office and the newest applications. For staff; empty for others."""
    if by.role not in STAFF:
        return Dashboard()
    now = counts.cached_counts(session)
    totals = Totals(
        people=now.people,
        waiting=now.sent.get(Status.SUBMITTED, 0),
        approved=now.sent.get(Status.APPROVED, 0),
        staff=now.staff,
    )
    newest = load_lines(session, _sent(None), size=NEWEST_SHOWN)
    return Dashboard(totals, [_row(*line) for line in newest])


def _page_seen(
    _session: Session,
    listing: Listing,
    search: str,
    status: str,
    _page: str = "",
    after: str = "",
    before: str = "",
    **_: str,
) -> views.View | None:
    """The audit entry of this view. Each page counts as its own: it shows other people."""
    known = {"status": status if status in LISTED_STATUSES else "", "halaman": str(listing.page)}
    cursors = {"sesudah": after[:26], "sebelum": before[:26]}
    return views.list_view("pengajuan", len(listing.rows), search=search, **known, **cursors)


@views.audited(_page_seen)
def list_applications(
    session: Session,
    by: Person,
    search: str,
    status: str,
    page: str,
    after: str = "",
    before: str = "",
) -> Listing:
    """One page of 25, the newest sent first. For staff; empty for others. Drafts are never listed.

    All arguments come from the address, so they may be any text: an unknown status means all, an
    unreadable page means the first. `after` and `before` are cursors: with one of them the page
    stays the same when new applications arrive. The page `LAST_PAGE` is the last.
    """
    if by.role not in STAFF:
        return Listing()
    known = LISTED_STATUSES.get(status)
    conditions, total = _sent(known), None
    if wanted := search_conditions(session, search):
        conditions, total = _searched(session, [*conditions, *wanted])
    else:
        sent = counts.cached_counts(session).sent
        total = sent.get(known, 0) if known else sum(sent.values())
    return _listing(
        load_page(session, conditions, parse_page_request(page, after, before), total), total
    )


def _sent(status: Status | None) -> Conditions:
    own = col(Application.status)
    is_listed = own == status if status else own != Status.DRAFT
    return [is_listed, col(Application.submitted).is_not(None)]


def _searched(session: Session, conditions: Conditions) -> tuple[Conditions, int | None]:
    """Conditions and total of a search; the total is None for more than `MAX_COUNTED` matches.

    Up to that number the matches are read here, and the page is then looked up by their ids.
    """
    found = session.exec(
        select(Application.id)
        .outerjoin(Card, col(Card.application_id) == col(Application.id))
        .where(*conditions)
        .order_by(col(Application.submitted).desc(), col(Application.id).desc())
        .limit(MAX_COUNTED + 1)
    ).all()
    if len(found) > MAX_COUNTED:
        return conditions, None
    return [col(Application.id).in_(found)], len(found)


def _listing(found: ListPage, counted: int | None) -> Listing:
    lines, first, end = found.lines, found.skipped + 1, found.skipped + len(found.lines)
    if not lines:
        return Listing(summary="Menampilkan 0 data")
    total = _total(found, counted)
    pages = 0 if total is None else -(-total // PAGE_SIZE)
    page = found.skipped // PAGE_SIZE + 1
    among = f"lebih dari {MAX_COUNTED}" if total is None else total
    return Listing(
        rows=[_row(*line) for line in lines],
        page=page,
        pages=pages,
        total=MAX_COUNTED if total is None else total,
        summary=f"Menampilkan {first} - {end} dari {among} data",
        position=f"Halaman {page}" + (f" dari {pages}" if pages else ""),
        newer=cursor_of(lines[0][0]) if found.skipped else "",
        older=cursor_of(lines[-1][0]) if found.has_more else "",
    )


def _total(found: ListPage, counted: int | None) -> int | None:
    """The total, corrected by this page: the count may be some seconds old, the page is not."""
    end = found.skipped + len(found.lines)
    if counted is None:
        return None
    return max(counted, end + 1) if found.has_more else end


def _row(
    application: Application, card: Card | None, placement: Placement | None
) -> ApplicationRow:
    row = ApplicationRow(
        public_id=application.public_id,
        name=application.name,
        nik=masked_nik(application.nik),
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
