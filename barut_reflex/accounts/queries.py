"""Queries about accounts: the administrator's list of accounts, a person's own sign-ins."""

from dataclasses import dataclass

from sqlalchemy import case, func, or_
from sqlmodel import Session, col, select

from ..core import clock, views
from ..core.figures import MAX_SEARCH_LENGTH
from ..core.indonesian import long_time, searchable
from ..people.models import Authenticator, Person, SignIn
from ..people.rules import IDLE_LIFETIME, ROLE_LABELS, STAFF, device_name

PAGE_SIZE = 10
NONE_FOUND = "Tidak ada data"


@dataclass
class AccountRow:
    """One row of the list of accounts."""

    public_id: str = ""
    name: str = ""
    email: str = ""
    role: str = ""
    position: str = ""
    is_active: bool = True
    is_own: bool = False
    has_second_factor: bool = False


@dataclass
class AccountPage:
    """One page of the list of accounts, with the summary below it."""

    rows: list[AccountRow]
    page: int = 1
    pages: int = 1
    summary: str = ""


@dataclass
class SessionRow:
    """One sign-in of a person: a device and its times."""

    public_id: str = ""
    device: str = ""
    since: str = ""
    seen: str = ""
    is_here: bool = False


def _seen(
    _session: Session, found: AccountPage, search: str = "", *_: int, **__: int
) -> views.View | None:
    return views.list_view("akun", len(found.rows), search=search, halaman=str(found.page))


@views.audited(_seen)
def list_accounts(session: Session, by: Person, search: str = "", page: int = 1) -> AccountPage:
    """One page of accounts: staff first, then by name. `search` matches name and email."""
    wanted = _matching(search)
    total = session.exec(select(func.count()).select_from(Person).where(*wanted)).one()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    staff_first = case((col(Person.role).in_(STAFF), 0), else_=1)
    people = (
        select(Person).where(*wanted).order_by(staff_first, col(Person.search_name), col(Person.id))
    )
    shown = session.exec(people.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()
    with_authenticator = select(Authenticator.person_id).where(
        col(Authenticator.person_id).in_([person.id for person in shown])
    )
    known = set(session.exec(with_authenticator))
    rows = [_row(person, by, has_second_factor=person.id in known) for person in shown]
    return AccountPage(rows, page, pages, _summary(page, len(rows), total))


def _matching(search: str) -> list:
    text = searchable(search.strip()[:MAX_SEARCH_LENGTH])[:MAX_SEARCH_LENGTH]
    if not text:
        return []
    return [
        or_(
            col(Person.search_name).contains(text, autoescape=True),
            col(Person.email).contains(text, autoescape=True),
        )
    ]


def _row(person: Person, by: Person, *, has_second_factor: bool) -> AccountRow:
    return AccountRow(
        public_id=person.public_id,
        name=person.name,
        email=person.email,
        role=ROLE_LABELS[person.role],
        position=person.position,
        is_active=person.is_active,
        is_own=person.id == by.id,
        has_second_factor=has_second_factor,
    )


def _summary(page: int, shown: int, total: int) -> str:
    if not total:
        return NONE_FOUND
    first = (page - 1) * PAGE_SIZE + 1
    return f"Menampilkan {first} - {first + shown - 1} dari {total} data"


def list_sessions(session: Session, by: Person, *, sign_in: str) -> list[SessionRow]:
    """The person's sign-ins that have not ended: this one first, then by last use."""
    now, idle = clock.now(), IDLE_LIFETIME[by.role]
    alive = select(SignIn).where(
        SignIn.person_id == by.id, col(SignIn.ends) > now, col(SignIn.seen) > now - idle
    )
    rows = session.exec(alive.order_by(col(SignIn.seen).desc())).all()
    shown = [
        SessionRow(
            public_id=row.public_id,
            device=device_name(row.device),
            since=f"{long_time(row.created)} WIB",
            seen=f"{long_time(row.seen)} WIB",
            is_here=row.token_hash == sign_in,
        )
        for row in rows
    ]
    return sorted(shown, key=lambda one: not one.is_here)
