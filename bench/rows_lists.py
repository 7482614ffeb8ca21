"""The officer's list: pages at a million applications; totals and name search at 100,000.

Each question goes to `review.queries`, in a session of its own as the office asks it.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from barut_reflex.cards.models import Card
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role
from barut_reflex.review.queries import counts, inbox, pages
from measure.row import Figure, Scale
from measure.timing import percentile, timed

from . import seed
from .table import TABLE

LARGE, USUAL = 1_000_000, 100_000  # applications
PAGE, NAME, TOTALS = 10, 30, 30  # milliseconds at p95
WHAT = "Officer's list, 1,000,000 applications; parts of names and totals, 100,000"
GOAL = f"p95: a page <= {PAGE} ms, part of a name <= {NAME} ms, totals <= {TOTALS} ms"
WARM = 6  # turns that do not count; psycopg prepares what it has seen five times


@dataclass
class Office:
    """A filled office and the officer who looks at its list."""

    engine: Engine
    officer: Person

    def ask(self, *asked: str) -> inbox.Listing:
        with Session(self.engine) as session:
            return inbox.list_applications(session, self.officer, *(asked or ("", "", "")))

    def count(self) -> counts.Counts:
        with Session(self.engine) as session:
            return counts.count_now(session)


Questions = dict[str, Callable[[], Any]]


@TABLE.row("list-sqlite", f"{WHAT}, SQLite", goal=GOAL)
def list_sqlite(scale: Scale) -> Figure:
    return _measured(_office_of(seed.sqlite_office), scale)


@TABLE.row("list-postgresql", f"{WHAT}, PostgreSQL", goal=GOAL)
def list_postgresql(scale: Scale) -> Figure:
    return _measured(_office_of(seed.postgresql_office), scale)


def _office_of(make: Callable[[int], Engine]) -> Callable[[int], Office]:
    def opened(many: int) -> Office:
        engine = make(many)
        with Session(engine, expire_on_commit=False) as session:
            officer = session.exec(select(Person).where(Person.role == Role.OFFICER)).one()
        return Office(engine, officer)

    return opened


def _measured(office_of: Callable[[int], Office], scale: Scale) -> Figure:
    times = scale.of(20, 300)
    large, usual = office_of(scale.of(10_000, LARGE)), office_of(scale.of(1000, USUAL))
    of_pages = _times(_pages(large), times)
    of_names = _times(_names(usual), times)
    of_totals = _times({"totals": usual.count}, times)
    beyond = _times(_names(large) | {"totals": large.count}, scale.of(5, 30))
    goals = [(of_pages, PAGE), (of_names, NAME), (of_totals, TOTALS)]
    missed = [name for found, goal in goals for name in found if found[name][1] > goal]
    ours = "; ".join(_said(found) for found, _ in goals)
    return Figure(
        f"p50 / p95 ms: {ours}",
        not missed,
        f"{f'missed: {missed}; ' if missed else ''}at 1,000,000, no goal: {_said(beyond)}",
        numbers={name: round(found[name][1], 2) for found, _ in goals for name in found},
    )


def _pages(office: Office) -> Questions:
    with Session(office.engine) as session:
        by_age = select(Card.nik, Card.number).order_by(col(Card.issued))
        nik, number = session.exec(by_age.offset(5000).limit(1)).one()
    first = office.ask()
    deep = office.ask("", "", pages.LAST_PAGE)
    return _asking(
        office,
        {
            "newest": ("", "", ""),
            "by status": ("", "submitted", ""),
            "next page": ("", "", "2", first.older),
            "page before the last": ("", "", str(deep.page - 1), "", deep.newer),
            "last page": ("", "", pages.LAST_PAGE),
            "NIK": (nik, "", ""),
            "number": (number, "", ""),
        },
    )


def _names(office: Office) -> Questions:
    names = {
        "rare name": seed.RARE[:6],
        "some name": seed.SOME,
        "common name": seed.COMMON,
        "two letters": "qa",
        "nobody's name": "xyzzy",
    }
    return _asking(office, {name: (typed, "", "") for name, typed in names.items()})


def _asking(office: Office, questions: dict[str, tuple[str, ...]]) -> Questions:
    return {name: functools.partial(office.ask, *asked) for name, asked in questions.items()}


def _times(questions: Questions, times: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of each question at p50 and p95."""
    found = {}
    for name, ask in questions.items():
        taken = [timed(ask) for _ in range(times + WARM)][WARM:]
        found[name] = (percentile(taken, 50) * 1000, percentile(taken, 95) * 1000)
    return found


def _said(found: dict[str, tuple[float, float]]) -> str:
    return ", ".join(f"{name} {p50:.1f} / {p95:.1f}" for name, (p50, p95) in found.items())
