"""Totals of the office and the list of applications, page by page. Why so: docs/decisions/0008."""

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
from .pages import PAGE_SIZE, Conditions, Found, cursor_of, lines_of, page_of, spot_of
from .search import MANY, matching

NEWEST = 8
KNOWN = {str(status): status for status in Status if status is not Status.DRAFT}


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

    `newer` and `older` are the cursors of the pages beside it; empty where there is none.
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
    return views.list_view("beranda", len(desk.newest))


@views.audited(_newest_seen)
def get_desk(session: Session, by: Person) -> Desk:
    """The totals of the office and the applications sent last. For staff; empty for others."""
    if by.role not in STAFF:
        return Desk()
    now = counts.recent(session)
    totals = Totals(
        people=now.people,
        waiting=now.sent.get(Status.SUBMITTED, 0),
        approved=now.sent.get(Status.APPROVED, 0),
        staff=now.staff,
    )
    newest = lines_of(session, _sent(None), size=NEWEST)
    return Desk(totals, [_row(*line) for line in newest])


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
    """Each page is a question of its own: it gives other people."""
    known = {"status": status if status in KNOWN else "", "halaman": str(listing.page)}
    spot = {"sesudah": after[:26], "sebelum": before[:26]}
    return views.list_view("pengajuan", len(listing.rows), search=search, **known, **spot)


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

    All of it is what stands in the address, so anything may stand there: an unknown status means
    all, a page nobody can find means the first. `after` and `before` are cursors: with one of them
    the page stays what it is when somebody new sends. The page `LAST` is the last.
    """
    if by.role not in STAFF:
        return Listing()
    known = KNOWN.get(status)
    conditions, total = _sent(known), None
    if wanted := matching(session, search):
        conditions, total = _searched(session, [*conditions, *wanted])
    else:
        sent = counts.recent(session).sent
        total = sent.get(known, 0) if known else sum(sent.values())
    return _listing(page_of(session, conditions, spot_of(page, after, before), total), total)


def _sent(status: Status | None) -> Conditions:
    own = col(Application.status)
    is_listed = own == status if status else own != Status.DRAFT
    return [is_listed, col(Application.submitted).is_not(None)]


def _searched(session: Session, conditions: Conditions) -> tuple[Conditions, int | None]:
    """Up to `MANY` matches are counted and then known by their ids; of more the total is None."""
    found = session.exec(
        select(Application.id)
        .outerjoin(Card, col(Card.application_id) == col(Application.id))
        .where(*conditions)
        .order_by(col(Application.submitted).desc(), col(Application.id).desc())
        .limit(MANY + 1)
    ).all()
    if len(found) > MANY:
        return conditions, None
    return [col(Application.id).in_(found)], len(found)


def _listing(found: Found, counted: int | None) -> Listing:
    lines, first, end = found.lines, found.skipped + 1, found.skipped + len(found.lines)
    if not lines:
        return Listing(summary="Menampilkan 0 data")
    total = _total(found, counted)
    pages = 0 if total is None else -(-total // PAGE_SIZE)
    page = found.skipped // PAGE_SIZE + 1
    among = f"lebih dari {MANY}" if total is None else total
    return Listing(
        rows=[_row(*line) for line in lines],
        page=page,
        pages=pages,
        total=MANY if total is None else total,
        summary=f"Menampilkan {first} - {end} dari {among} data",
        place=f"Halaman {page}" + (f" dari {pages}" if pages else ""),
        newer=cursor_of(lines[0][0]) if found.skipped else "",
        older=cursor_of(lines[-1][0]) if found.has_more else "",
    )


def _total(found: Found, counted: int | None) -> int | None:
    """The count may be some seconds old; the page in front of us is not."""
    end = found.skipped + len(found.lines)
    if counted is None:
        return None
    return max(counted, end + 1) if found.has_more else end


def _row(application: Application, card: Card | None, placement: Placement | None) -> Row:
    row = Row(
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
