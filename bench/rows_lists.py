"""The officer's list and totals at a million applications, beside the best SQL by hand.

By hand means: the driver alone in an open transaction (ours is open too), the statements written
for that one question with the same indexes, and the same rows made of the answer. Where two ways
of asking compete, the faster one is the peer.
"""

import functools
import gc
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role
from barut_reflex.review.models import DeskEntry
from barut_reflex.review.queries import inbox
from barut_reflex.review.queries.search import MANY

from . import seed
from .by_hand import LINES, SENT, Hand, as_row, equal, kept, postgresql_ways, sqlite_ways
from .row import Figure, Scale, at_most, row
from .timing import Pair, side_by_side, timed

FEW = 10_000  # applications of the small office


@dataclass(frozen=True)
class Asked:
    """One question: as the office asks it, and the ways to ask it by hand: rows and total, or
    one statement for both, whose last column is the total."""

    search: str = ""
    status: str = ""
    page: str = ""
    after: str = ""
    by_hand: tuple[tuple[str, ...], ...] = ()


@dataclass
class Office:
    """A filled office and the officer who looks at its list."""

    engine: Engine
    officer: Person
    questions: dict[str, Asked]

    @functools.cached_property
    def session(self) -> Session:
        return Session(self.engine, expire_on_commit=False)

    def ask(self, asked: Asked) -> inbox.Listing:
        words = (asked.search, asked.status, asked.page, asked.after)
        return inbox.list_applications(self.session, self.officer, *words)

    def totals(self) -> inbox.Totals:
        return inbox.get_desk(self.session, self.officer).totals


@row(
    "list-sqlite",
    "Officer's list and totals, 1,000,000 applications, SQLite",
    against="best SQL by hand, same answer",
    goal="<= 1.5 ×",
)
def list_sqlite(scale: Scale) -> Figure:
    return _beside_hand(_sqlite(scale.of(FEW, 1_000_000)), scale.of(20, 300))


@row(
    "list-postgresql",
    "Officer's list and totals, 1,000,000 applications, PostgreSQL",
    against="best SQL by hand, same answer",
    goal="<= 1.5 ×",
)
def list_postgresql(scale: Scale) -> Figure:
    return _beside_hand(_postgresql(scale.of(FEW, 1_000_000)), scale.of(20, 300))


@row(
    "growth-sqlite",
    "The same list and totals, SQLite",
    against="the same with 10,000 applications",
    goal="<= 2 ×",
)
def growth_sqlite(scale: Scale) -> Figure:
    return _grown(_sqlite(scale.of(FEW, 1_000_000)), _sqlite(scale.of(1000, FEW)), scale)


@row(
    "growth-postgresql",
    "The same list and totals, PostgreSQL",
    against="the same with 10,000 applications",
    goal="<= 2 ×",
)
def growth_postgresql(scale: Scale) -> Figure:
    return _grown(_postgresql(scale.of(FEW, 1_000_000)), _postgresql(scale.of(1000, FEW)), scale)


# -- the offices ----------------------------------------------------------------------------------


@functools.cache
def _sqlite(many: int) -> Office:
    return _office(seed.sqlite_office(many))


@functools.cache
def _postgresql(many: int) -> Office:
    return _office(seed.postgresql_office(many))


def _office(engine: Engine) -> Office:
    with Session(engine, expire_on_commit=False) as session:
        officer = session.exec(select(Person).where(Person.role == Role.OFFICER)).one()
        approved = select(DeskEntry).where(DeskEntry.status == "APPROVED", DeskEntry.number != "")
        entries = session.exec(approved.order_by(col(DeskEntry.place)).limit(5000)).all()
    lone, deep = entries[len(entries) // 2], entries[-1].place
    hand = sqlite_ways if engine.dialect.name == "sqlite" else postgresql_ways
    questions = {
        "newest": Asked(by_hand=kept("1 = 1", SENT)),
        "by status": Asked(
            status="submitted", by_hand=kept("e.status = 'SUBMITTED'", "'SUBMITTED'")
        ),
        "deep page": Asked(page="300000", after=str(deep), by_hand=kept(f"e.place < {deep}", SENT)),
        "rare name": Asked(search=seed.RARE[:6], by_hand=hand(seed.RARE[:6])),
        "some name": Asked(search=seed.SOME, by_hand=hand(seed.SOME)),
        "common name": Asked(search=seed.COMMON, by_hand=hand(seed.COMMON)),
        "two letters": Asked(search="qa", by_hand=hand("qa")),
        "NIK": Asked(search=lone.nik, by_hand=equal(f"e.nik = '{lone.nik}'")),
        "number": Asked(search=lone.number, by_hand=equal(f"e.number = '{lone.number}'")),
    }
    gc.freeze()  # what is loaded by now need not be looked through before each turn
    return Office(engine, officer, questions)


# -- side by side ---------------------------------------------------------------------------------


def _beside_hand(office: Office, times: int) -> Figure:
    pairs = {name: _pair(office, asked, times) for name, asked in office.questions.items()}
    pairs["totals"] = _totals_pair(office, times)
    return _figure(pairs, 1.5)


def _pair(office: Office, asked: Asked, times: int) -> Pair:
    hand = Hand(office.engine)
    ways = [functools.partial(hand.ask, *way) for way in asked.by_hand]
    best = min(ways, key=lambda way: median(timed(way) for _ in range(5)))
    listing = office.ask(asked)
    rows, total = best()
    assert (listing.rows, listing.total) == (
        rows,
        min(total, MANY) if listing.pages == 0 else total,
    ), asked
    return side_by_side(lambda: office.ask(asked), best, times)


def _totals_pair(office: Office, times: int) -> Pair:
    hand = Hand(office.engine)
    both = "SELECT name, sum(change) FROM desktally GROUP BY name"
    newest = LINES.format("1 = 1").replace("LIMIT 25", "LIMIT 8")

    def by_hand() -> inbox.Totals:
        many = dict(hand.run(both))
        [as_row(line) for line in hand.run(newest)]
        counts = (many["PEOPLE"], many["SUBMITTED"], many["APPROVED"], many["STAFF"])
        return inbox.Totals(*map(int, counts))

    assert office.totals() == by_hand()
    return side_by_side(office.totals, by_hand, times)


def _grown(large: Office, small: Office, scale: Scale) -> Figure:
    times = scale.of(20, 300)
    pairs = {
        name: side_by_side(
            functools.partial(large.ask, asked),
            functools.partial(small.ask, small.questions[name]),
            times,
        )
        for name, asked in large.questions.items()
    }
    pairs["totals"] = side_by_side(large.totals, small.totals, times)
    return _figure(pairs, 2)


def _figure(pairs: dict[str, Pair], goal: float) -> Figure:
    ratios = {name: pair.ratio(50) for name, pair in pairs.items()}
    sides = {name: (median(pair.ours), median(pair.theirs)) for name, pair in pairs.items()}
    missed = [
        f"{name} (by {(ours - goal * theirs) * 1000:.2f} ms)"
        for name, (ours, theirs) in sides.items()
        if ratios[name] > goal
    ]
    return Figure(
        ratios,
        at_most(goal, ratios),
        ", ".join(f"{name} {ours * 1000:.2f} ms" for name, (ours, _) in sides.items()),
        ", ".join(f"{name} {theirs * 1000:.2f} ms" for name, (_, theirs) in sides.items()),
        detail=f"p50; missed: {', '.join(missed)}" if missed else "p50",
    )
