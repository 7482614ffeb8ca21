"""The officer's list and totals at a million applications, beside the best SQL by hand.

By hand means: the driver alone in an open transaction (ours is open too), the statements written
for that one question with the same indexes, and the same rows made of the answer. Where two ways
of asking compete, the faster one is the peer.
"""

import functools
import gc
import itertools
import string
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from barut_reflex.accounts.models import Person, Role
from barut_reflex.applications.status import LABELS, Status
from barut_reflex.core import clock
from barut_reflex.review import index, queries
from barut_reflex.review.models import DeskEntry
from barut_reflex.review.queries.inbox import TONES
from barut_reflex.review.queries.search import MANY

from . import seed
from .row import Figure, Scale, at_most, row
from .timing import Pair, side_by_side, timed

FEW = 10_000  # applications of the small office
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
LOOKS = {status.name: (LABELS[status], TONES.get(status, "")) for status in Status}
COLUMNS = (
    "SELECT e.place, a.public_id, a.name, a.nik, a.status, a.submitted, c.number, "
    "c.signatory_name, c.public_id, c.revoked, p.id"
)
ENTRIES = (
    "FROM deskentry e JOIN application a ON a.id = e.application_id LEFT JOIN card c "
    "ON c.application_id = a.id LEFT JOIN placement p ON p.card_id = c.id WHERE {} "
    "ORDER BY e.place DESC LIMIT 25"
)
LINES = f"{COLUMNS} {ENTRIES}"
TALLY = "SELECT sum(change) FROM desktally WHERE name IN ({})"
SENT = "'SUBMITTED', 'RETURNED', 'APPROVED'"
COUNTED = MANY + 1  # matches at most
FOUND = "(SELECT place FROM ({} LIMIT 25) AS shown)"
COUNT = f"SELECT count(*) FROM ({{}} LIMIT {COUNTED}) AS counted"
BOTH = (
    f"WITH found (place) AS ({{}} LIMIT {COUNTED}) {COLUMNS}, (SELECT count(*) FROM found) "
    + ENTRIES.format("e.place IN (SELECT place FROM found ORDER BY place DESC LIMIT 25)")
)
WALK = "SELECT e.place FROM deskentry e WHERE e.words LIKE '%{}%'"
MATCH = "SELECT rowid AS place FROM desksearch WHERE desksearch MATCH '{}'"
MATCH_AND_LOOK = (
    "SELECT desksearch.rowid AS place FROM desksearch CROSS JOIN deskentry e "
    "ON e.place = desksearch.rowid WHERE desksearch MATCH '\"{}\"' AND instr(e.words, '{}') > 0"
)
LETTERS = [*string.ascii_lowercase, " ", "''", ".", "-"]  # what may follow two letters of a name
WORDS = "SELECT DISTINCT word FROM desksearch_words WHERE {}"
OF_WORDS = "SELECT DISTINCT place FROM desksearch_places WHERE word IN ({})"
OF_EACH_WORD = (
    "SELECT DISTINCT place FROM ({}) AS of CROSS JOIN LATERAL (SELECT at.place FROM "
    "desksearch_places at WHERE at.word = of.word ORDER BY at.place DESC LIMIT "
    f"{COUNTED}) AS newest"
)


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

    def ask(self, asked: Asked) -> queries.Listing:
        words = (asked.search, asked.status, asked.page, asked.after)
        return queries.list_applications(self.session, *words, by=self.officer)

    def totals(self) -> queries.Totals:
        return queries.get_desk(self.session, by=self.officer).totals


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
    hand = _sqlite_ways if engine.dialect.name == "sqlite" else _postgresql_ways
    questions = {
        "newest": Asked(by_hand=_kept("1 = 1", SENT)),
        "by status": Asked(
            status="submitted", by_hand=_kept("e.status = 'SUBMITTED'", "'SUBMITTED'")
        ),
        "deep page": Asked(
            page="300000", after=str(deep), by_hand=_kept(f"e.place < {deep}", SENT)
        ),
        "rare name": Asked(search=seed.RARE[:6], by_hand=hand(seed.RARE[:6])),
        "some name": Asked(search=seed.SOME, by_hand=hand(seed.SOME)),
        "common name": Asked(search=seed.COMMON, by_hand=hand(seed.COMMON)),
        "two letters": Asked(search="qa", by_hand=hand("qa")),
        "NIK": Asked(search=lone.nik, by_hand=_equal(f"e.nik = '{lone.nik}'")),
        "number": Asked(search=lone.number, by_hand=_equal(f"e.number = '{lone.number}'")),
    }
    gc.freeze()  # what is loaded by now need not be looked through before each turn
    return Office(engine, officer, questions)


def _kept(condition: str, names: str) -> tuple[tuple[str, ...], ...]:
    """Whose total is kept."""
    tally = TALLY.format(names)
    lines = LINES.format(condition)
    return ((lines, tally), (lines.replace(COLUMNS, f"{COLUMNS}, ({tally})"),))


def _equal(condition: str) -> tuple[tuple[str, ...], ...]:
    found = f"SELECT place FROM deskentry e WHERE {condition}"
    return ((LINES.format(condition), COUNT.format(found)), (BOTH.format(found),))


def _sqlite_ways(part: str) -> tuple[tuple[str, ...], ...]:
    """A part of a name: by all its trigrams, by one of them and the name itself."""
    if len(part) < 3:
        words = " OR ".join(f'"{part}{letter}"' for letter in LETTERS)
        return _in_order(MATCH.format(words), "rowid")
    trigrams = [part[at : at + 3] for at in range(len(part) - 2)]
    single = [_in_order(MATCH_AND_LOOK.format(one, part), "desksearch.rowid") for one in trigrams]
    return (*_in_order(MATCH.format(f'"{part}"'), "rowid"), *itertools.chain(*single))


def _postgresql_ways(part: str) -> tuple[tuple[str, ...], ...]:
    """A part of a name: by the words that have it, found in two ways, and by walking the list."""
    like = f"word LIKE '%{part}%'"
    grams = f"desk_grams(word) @> ARRAY{index.gram_codes(part)} AND {like}"
    by_words = [
        _in_order(way.format(WORDS.format(condition)), "place")
        for way in (OF_WORDS, OF_EACH_WORD)
        for condition in (like, grams)
    ]
    return (*itertools.chain(*by_words), *_in_order(WALK.format(part), "e.place"))


def _in_order(places: str, place: str) -> tuple[tuple[str, ...], ...]:
    """The newest page and the count: in two statements or in one."""
    newest = f"{places} ORDER BY {place} DESC"
    lines = LINES.format(f"e.place IN {FOUND.format(newest)}")
    return ((lines, COUNT.format(places)), (BOTH.format(newest),))


# -- side by side ---------------------------------------------------------------------------------


def _beside_hand(office: Office, times: int) -> Figure:
    pairs = {name: _pair(office, asked, times) for name, asked in office.questions.items()}
    pairs["totals"] = _totals_pair(office, times)
    return _figure(pairs, 1.5)


def _pair(office: Office, asked: Asked, times: int) -> Pair:
    hand = _Hand(office.engine)
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
    hand = _Hand(office.engine)
    both = "SELECT name, sum(change) FROM desktally GROUP BY name"
    newest = LINES.format("1 = 1").replace("LIMIT 25", "LIMIT 8")

    def by_hand() -> queries.Totals:
        many = dict(hand.run(both))
        [_row(line) for line in hand.run(newest)]
        counts = (many["PEOPLE"], many["SUBMITTED"], many["APPROVED"], many["STAFF"])
        return queries.Totals(*map(int, counts))

    assert office.totals() == by_hand()
    return side_by_side(office.totals, by_hand, times)


class _Hand:
    """The driver alone."""

    def __init__(self, engine: Engine):
        self.connection: Any = engine.raw_connection()

    def run(self, statement: str) -> list[Any]:
        cursor = self.connection.cursor()
        cursor.execute(statement)
        return cursor.fetchall()

    def ask(self, rows: str, total: str = "") -> tuple[list[queries.Row], int]:
        lines = self.run(rows)
        [(many,)] = self.run(total) if total else [lines[0][-1:]]
        return [_row(line[:11]) for line in lines], int(many)


def _row(line: tuple) -> queries.Row:
    _, public_id, name, nik, status, sent, number, signatory, card_id, revoked, placed = line
    moment = datetime.fromisoformat(sent) if isinstance(sent, str) else sent
    day = clock.local(moment)
    label, tone = LOOKS[status]
    can_print = bool(card_id) and not revoked
    return queries.Row(
        public_id=public_id,
        name=name,
        nik=nik,
        number=number or "",
        status=label,
        tone=tone,
        submitted=f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        signatory=signatory or "",
        card_id=card_id or "",
        can_print=can_print,
        can_place=can_print and not placed,
        is_placed=bool(placed),
    )


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
