"""A page of the list: walked to from an end or from a place, or cut out of a few places.

Nothing is passed over but `MANY` entries at most, so a page far down costs what the first does.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlmodel import Session

from ..models import DeskEntry
from .search import MANY, Asked, ask

PAGE_SIZE = 25
ENTRIES = (
    f"FROM {DeskEntry.__tablename__} e JOIN application a ON a.id = e.application_id "
    "LEFT JOIN card c ON c.application_id = a.id LEFT JOIN placement p ON p.card_id = c.id"
)
LINES = (
    "SELECT e.place, a.public_id, a.name, a.nik, a.status, a.submitted, c.number, "
    f"c.signatory_name, c.public_id, c.revoked, p.id {ENTRIES}"
)


class Spot(NamedTuple):
    """Where in the list: after or before a place, else at a page."""

    page: int
    after: int | None = None
    before: int | None = None


class Found(NamedTuple):
    """The entries of a page, how many come before them, and whether others follow."""

    lines: Sequence[Any]
    skipped: int
    has_more: bool


def is_near(spot: Spot) -> bool:
    """Whether the page is one of the first, found by its number."""
    return spot.after is None and spot.before is None and spot.page <= MANY // PAGE_SIZE


def out_of(session: Session, places: list[int], spot: Spot) -> Found:
    """A page out of so few matches that all their places are known, the newest first."""
    last = max(0, -(-len(places) // PAGE_SIZE) - 1)
    start = min(spot.page - 1, last) * PAGE_SIZE
    if spot.after is not None:
        start = bisect_left(places, -spot.after + 1, key=lambda place: -place)
    elif spot.before is not None:
        start = bisect_left(places, -spot.before, key=lambda place: -place) - PAGE_SIZE
    start = max(0, min(start, len(places) - 1))
    shown = places[start : start + PAGE_SIZE]
    if not shown:
        return Found([], 0, False)
    these = ", ".join(map(str, shown))
    lines = ask(session, f"{LINES} WHERE e.place IN ({these}) ORDER BY e.place DESC", {})
    return Found(lines, start, start + PAGE_SIZE < len(places))


def walked(session: Session, asked: Asked, spot: Spot, total: int | None) -> Found:
    """A page of many entries, walked to from the nearest end or from a place."""
    if spot.after is not None:
        lines = lines_of(session, asked, edge=f"< {spot.after}", size=PAGE_SIZE + 1)
        return _placed(session, asked, spot, lines[:PAGE_SIZE], len(lines) > PAGE_SIZE, total)
    if spot.before is not None:
        lines = lines_of(session, asked, edge=f"> {spot.before}", size=PAGE_SIZE + 1, order="ASC")
        if len(lines) > PAGE_SIZE:
            return _placed(session, asked, spot, lines[PAGE_SIZE - 1 :: -1], True, total)
        spot = Spot(1)  # nobody newer: the first page, whole
    pages = pages_of(total)
    page = min(spot.page, pages) if pages else spot.page
    within = MANY // PAGE_SIZE
    if pages and page > within and page > pages - within:
        return _from_the_end(session, asked, page, total or 0)
    skipped = (min(page, within) - 1) * PAGE_SIZE
    lines = lines_of(session, asked, size=PAGE_SIZE + 1, skipped=skipped)
    if not lines and page > 1:
        return walked(session, asked, Spot(1), total)
    return Found(lines[:PAGE_SIZE], skipped, len(lines) > PAGE_SIZE)


def _from_the_end(session: Session, asked: Asked, page: int, total: int) -> Found:
    pages = pages_of(total)
    on_last = total - (pages - 1) * PAGE_SIZE
    passed = 0 if page == pages else on_last + (pages - page - 1) * PAGE_SIZE
    size = on_last if page == pages else PAGE_SIZE
    lines = lines_of(session, asked, size=size, skipped=passed, order="ASC")[::-1]
    return Found(lines, (page - 1) * PAGE_SIZE, page < pages)


def _placed(
    session: Session, asked: Asked, spot: Spot, lines: list[Any], has_more: bool, total: int | None
) -> Found:
    """How many entries stand before the page: counted as far as `MANY`, then as the address says.

    The place may have been left behind by many newer ones, so the number in it may be too small.
    """
    if not lines:
        return walked(session, asked, Spot(pages_of(total) or 1), total)
    said = (max(spot.page, 2) - 1) * PAGE_SIZE
    if total is None:
        return Found(lines, said, has_more)
    if not has_more:
        return Found(lines, total - len(lines), False)
    if said > MANY:
        return Found(lines, min(said, max(0, total - len(lines) - 1)), True)
    also = f" AND {asked.where}" if asked.where else ""
    newer = f"SELECT e.place FROM deskentry e WHERE e.place > :first{also} LIMIT :most"
    values = {**asked.values, "first": lines[0][0], "most": MANY + 1}
    [(skipped,)] = ask(session, f"SELECT count(*) FROM ({newer}) AS newer", values)
    return Found(lines, skipped, True)


def lines_of(
    session: Session,
    asked: Asked,
    *,
    size: int,
    edge: str = "> 0",
    order: str = "DESC",
    skipped: int = 0,
) -> list[Any]:
    """Entries in the order of the list, from an edge on."""
    if asked.walk:
        inner = asked.walk.format(edge=edge, order=order)
        found = f"{LINES} WHERE e.place IN ({inner} OFFSET :skipped) ORDER BY e.place {order}"
    else:
        condition = f" AND {asked.where}" if asked.where else ""
        found = f"{LINES} WHERE e.place {edge}{condition} ORDER BY e.place {order}"
        found += " LIMIT :most OFFSET :skipped"
    values = {**asked.values, "most": size, "skipped": skipped}
    return list(ask(session, found, values))


def pages_of(total: int | None) -> int:
    """How many pages that is; 0 when nobody counted."""
    return 0 if total is None else max(1, -(-total // PAGE_SIZE))
