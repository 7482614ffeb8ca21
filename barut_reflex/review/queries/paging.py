"""A page of the list: walked to from an end or from a place, or cut out of a few places.

Nothing is passed over but `FAR` entries at most, so a page far down costs what the first does.
One statement answers with the page and how many there are in all: a second would cost as much.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlmodel import Session

from ..models import DeskEntry
from .driver import ask
from .search import MANY, Asked

PAGE_SIZE = 25
FAR = 1000  # entries from an end whose pages are found by their number
NEAR = FAR // PAGE_SIZE  # such pages
ENTRIES = (
    f"FROM {DeskEntry.__tablename__} e JOIN application a ON a.id = e.application_id "
    "LEFT JOIN card c ON c.application_id = a.id LEFT JOIN placement p ON p.card_id = c.id"
)
LINES = (
    "SELECT e.place, a.public_id, a.name, a.nik, a.status, a.submitted, c.number, "
    "c.signatory_name, c.public_id, c.revoked, p.id"
)
TOTAL = -1  # where it stands in a line, if it was asked for


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


def is_near(spot: Spot, far: int) -> bool:
    """Whether the page lies within so many first entries and is found by its number."""
    return spot.after is None and spot.before is None and spot.page * PAGE_SIZE <= far


def looked_up(session: Session, asked: Asked, spot: Spot) -> tuple[Found, int] | None:
    """One of the first pages of a search and its matches, counted up to `MANY` + 1.

    None when nothing stands on that page, or more is found than its way of finding brings in order.
    """
    start = (spot.page - 1) * PAGE_SIZE
    if asked.is_whole and not start:
        few = f"{LINES} {ENTRIES} WHERE e.place IN ({asked.places(PAGE_SIZE + 1)})"
        lines = ask(session, f"{few} ORDER BY e.place DESC", asked.values)
        if len(lines) <= PAGE_SIZE:
            return Found(lines, 0, False), len(lines)
    shown = f"SELECT place FROM found ORDER BY place DESC LIMIT {PAGE_SIZE} OFFSET {start}"
    statement = (
        f"WITH found (place) AS ({asked.places(MANY + 1)}) "
        f"{LINES}, (SELECT count(*) FROM found) {ENTRIES} "
        f"WHERE e.place IN ({shown}) ORDER BY e.place DESC"
    )
    lines = ask(session, statement, asked.values)
    total = lines[0][TOTAL] if lines else 0
    if (not lines and spot.page > 1) or (asked.some and total > MANY):
        return None
    return Found(lines, start, start + PAGE_SIZE < total), total


def counted(session: Session, asked: Asked, spot: Spot, total: str) -> tuple[Found, int] | None:
    """A page near the start or after a place, and `total`, which is a question; None if empty."""
    edge = ("<", spot.after) if spot.after is not None else None
    start = 0 if edge else (spot.page - 1) * PAGE_SIZE
    lines = lines_of(session, asked, edge=edge, size=PAGE_SIZE + 1, skipped=start, total=total)
    if not lines:
        return None
    shown, has_more, many = lines[:PAGE_SIZE], len(lines) > PAGE_SIZE, int(lines[0][TOTAL])
    if edge:
        return _placed(session, asked, spot, shown, has_more, many), many
    return Found(shown, start, has_more), many


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
    lines = ask(session, f"{LINES} {ENTRIES} WHERE e.place IN ({these}) ORDER BY e.place DESC", {})
    return Found(lines, start, start + PAGE_SIZE < len(places))


def walked(session: Session, asked: Asked, spot: Spot, total: int | None) -> Found:
    """A page of many entries, walked to from the nearest end or from a place."""
    if spot.after is not None:
        lines = lines_of(session, asked, edge=("<", spot.after), size=PAGE_SIZE + 1)
        return _placed(session, asked, spot, lines[:PAGE_SIZE], len(lines) > PAGE_SIZE, total)
    if spot.before is not None:
        edge = (">", spot.before)
        lines = lines_of(session, asked, edge=edge, size=PAGE_SIZE + 1, order="ASC")
        if len(lines) > PAGE_SIZE:
            return _placed(session, asked, spot, lines[PAGE_SIZE - 1 :: -1], True, total)
        spot = Spot(1)  # nobody newer: the first page, whole
    pages = pages_of(total)
    page = min(spot.page, pages) if pages else spot.page
    if pages and page > NEAR and page > pages - NEAR:
        return _from_the_end(session, asked, page, total or 0)
    skipped = (min(page, NEAR) - 1) * PAGE_SIZE
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
    """How many entries stand before the page: counted as far as `FAR`, then as the address says.

    The place may have been left behind by many newer ones, so the number in it may be too small.
    """
    if not lines:
        return walked(session, asked, Spot(pages_of(total) or 1), total)
    said = (max(spot.page, 2) - 1) * PAGE_SIZE
    if total is None:
        return Found(lines, said, has_more)
    if not has_more:
        return Found(lines, total - len(lines), False)
    if said > FAR:
        return Found(lines, min(said, max(0, total - len(lines) - 1)), True)
    also = f" AND {asked.where}" if asked.where else ""
    newer = f"SELECT e.place FROM deskentry e WHERE e.place > :first{also} LIMIT {FAR + 1}"
    values = {**asked.values, "first": lines[0][0]}
    [(skipped,)] = ask(session, f"SELECT count(*) FROM ({newer}) AS newer", values)
    return Found(lines, skipped, True)


def lines_of(
    session: Session,
    asked: Asked,
    *,
    size: int,
    edge: tuple[str, int] | None = None,
    order: str = "DESC",
    skipped: int = 0,
    total: str = "",
) -> list[Any]:
    """Entries in the order of the list, from an edge on. `total` is asked with them."""
    beyond = f"{edge[0]} :edge" if edge else ""
    values = {**asked.values, "edge": edge[1]} if edge else asked.values
    if asked.walk:
        places = asked.places(size, edge=beyond, order=order, skipped=skipped)
        where, limit = f"e.place IN ({places})", ""
    else:
        where = " AND ".join(filter(None, [f"e.place {beyond or '> 0'}", asked.where]))
        limit = f" LIMIT {size} OFFSET {skipped}" if skipped else f" LIMIT {size}"
    also = f", ({total})" if total else ""
    found = f"{LINES}{also} {ENTRIES} WHERE {where} ORDER BY e.place {order}{limit}"
    return list(ask(session, found, values))


def pages_of(total: int | None) -> int:
    """How many pages that is; 0 when nobody counted."""
    return 0 if total is None else max(1, -(-total // PAGE_SIZE))
