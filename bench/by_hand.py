"""The officer's list asked by hand: the statements, and the driver alone that runs them.

Each question has several ways, of rows and total in two statements or in one; the quickest is the
peer of the office's own.
"""

import itertools
import string
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from barut_reflex.applications.status import LABELS, TONES, Status
from barut_reflex.core import clock
from barut_reflex.review.index import postgres
from barut_reflex.review.queries import inbox
from barut_reflex.review.queries.search import MANY

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
LOOKS = {status.name: (LABELS[status], TONES[status]) for status in Status}
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


def kept(condition: str, names: str) -> tuple[tuple[str, ...], ...]:
    """Whose total is kept."""
    tally = TALLY.format(names)
    lines = LINES.format(condition)
    return ((lines, tally), (lines.replace(COLUMNS, f"{COLUMNS}, ({tally})"),))


def equal(condition: str) -> tuple[tuple[str, ...], ...]:
    found = f"SELECT place FROM deskentry e WHERE {condition}"
    return ((LINES.format(condition), COUNT.format(found)), (BOTH.format(found),))


def sqlite_ways(part: str) -> tuple[tuple[str, ...], ...]:
    """A part of a name: by all its trigrams, by one of them and the name itself."""
    if len(part) < 3:
        words = " OR ".join(f'"{part}{letter}"' for letter in LETTERS)
        return _in_order(MATCH.format(words), "rowid")
    trigrams = [part[at : at + 3] for at in range(len(part) - 2)]
    single = [_in_order(MATCH_AND_LOOK.format(one, part), "desksearch.rowid") for one in trigrams]
    return (*_in_order(MATCH.format(f'"{part}"'), "rowid"), *itertools.chain(*single))


def postgresql_ways(part: str) -> tuple[tuple[str, ...], ...]:
    """A part of a name: by the words that have it, found in two ways, and by walking the list."""
    like = f"word LIKE '%{part}%'"
    grams = f"desk_grams(word) @> ARRAY{postgres.gram_codes(part)} AND {like}"
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


class Hand:
    """The driver alone."""

    def __init__(self, engine: Engine):
        self.connection: Any = engine.raw_connection()

    def run(self, statement: str) -> list[Any]:
        cursor = self.connection.cursor()
        cursor.execute(statement)
        return cursor.fetchall()

    def ask(self, rows: str, total: str = "") -> tuple[list[inbox.Row], int]:
        lines = self.run(rows)
        [(many,)] = self.run(total) if total else [lines[0][-1:]]
        return [as_row(line[:11]) for line in lines], int(many)


def as_row(line: tuple) -> inbox.Row:
    _, public_id, name, nik, status, sent, number, signatory, card_id, revoked, placed = line
    moment = datetime.fromisoformat(sent) if isinstance(sent, str) else sent
    day = clock.local(moment)
    label, tone = LOOKS[status]
    can_print = bool(card_id) and not revoked
    return inbox.Row(
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
