"""How what is typed into "Cari" is found: at most `MANY` places by an index, then a walk.

A page of 25 out of many thousands is found soonest by walking the list itself, the newest first;
out of a few it is found by the index. So both are there, and no search reads the whole list.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from ...core.indonesian import searchable, tidy
from .. import index

LONGEST_SEARCH = 100
LONGEST_NUMBER = 18  # digits of a registration number; a NIK has 16
MANY = 1000  # matches that are counted; what is found more often is "lebih dari"
TRIGRAM = 3  # letters
SAMPLE, OFTEN = 2000, 25  # a short word found so often among the newest is found by the walk
MOST_TERMS = 200

Values = Mapping[str, Any]


def ask(session: Session, statement: str, values: Values) -> Sequence[Any]:
    """The answer of the database, with as little in between as there can be: a page of the list is
    asked for every second by everybody who looks at one."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        statement = _in_words_of_psycopg(statement)
    return connection.exec_driver_sql(statement, dict(values)).fetchall()


@lru_cache(maxsize=1000)
def _in_words_of_psycopg(statement: str) -> str:
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", statement)


@dataclass(frozen=True)
class Asked:
    """A search in SQL: `where` holds for each entry `e` that is meant.

    `places` asks an index for the places of some of them, up to `:most`, the newest first if it
    `is_in_order`; `walk` finds them in the order of the list, where that is done otherwise than by
    reading entry after entry.
    """

    where: str = ""
    values: Values = field(default_factory=dict)
    places: str = ""
    walk: str = ""
    is_in_order: bool = False
    is_hopeless: bool = False


def understand(session: Session, search: str, status: str) -> Asked:
    """What the search means. Digits: the beginning of a NIK or number. Words: parts of the name."""
    typed = tidy(search)[:LONGEST_SEARCH]
    digits = re.sub(r"[\s.\-]", "", typed)
    if re.fullmatch(r"\d+", digits, re.ASCII):
        return _by_digits(digits, status)
    words = searchable(typed).split()
    if not all(word.isprintable() for word in words):
        return Asked(is_hopeless=True)  # no name holds such a letter, and no database takes it
    return _by_words(session, words, status) if words else Asked(*_with_status(status))


def _with_status(status: str) -> tuple[str, Values]:
    return ("e.status = :status", {"status": status}) if status else ("", {})


def _by_digits(digits: str, status: str) -> Asked:
    """A range instead of LIKE, so that the index answers; digits sort alike in every language."""
    condition, values = _with_status(status)
    also = f" AND {condition}" if condition else ""
    within = ">= :low AND e.{0} <= :high"
    nik, number = (f"e.{name} {within.format(name)}" for name in ("nik", "number"))
    one = "SELECT * FROM (SELECT e.place FROM deskentry e WHERE {}{} LIMIT :most) AS {}"
    return Asked(
        where=f"({nik} OR {number}){also}",
        values={"low": digits, "high": digits.ljust(LONGEST_NUMBER, "9"), **values},
        places=f"{one.format(nik, also, 'a')} UNION {one.format(number, also, 'b')}",
    )


def _by_words(session: Session, words: list[str], status: str) -> Asked:
    condition, values = _with_status(status)
    parts = {f"part{number}": f"%{_literal(word)}%" for number, word in enumerate(words)}
    asked = Asked(_both(_like(parts), condition), {**values, **parts})
    if session.get_bind().dialect.name == "postgresql":
        return _by_grams(asked, words)
    if long := [word for word in words if len(word) >= TRIGRAM]:
        short = [name for name, word in zip(parts, words, strict=True) if len(word) < TRIGRAM]
        match = " AND ".join(map(_phrase, long))
        return _by_trigrams(asked, match, also=_both(_like(short), condition))
    return _by_terms(session, asked, words)


def _like(parts: Iterable[str]) -> str:
    return " AND ".join(f"e.words LIKE :{name} ESCAPE '!'" for name in parts)


def _both(*conditions: str) -> str:
    return " AND ".join(filter(None, conditions))


def _literal(word: str) -> str:
    return re.sub(r"([!%_])", r"!\1", word)


def _by_grams(asked: Asked, words: list[str]) -> Asked:
    """PostgreSQL: the index of grams, and the name itself for each entry it gives."""
    grams = sorted({code for word in words for code in index.gram_codes(word)})
    having = "desk_grams(e.words) @> CAST(:grams AS int[])"
    places = f"SELECT e.place FROM deskentry e WHERE {having} AND {asked.where} LIMIT :most"
    return Asked(asked.where, {**asked.values, "grams": grams}, places)


def _by_trigrams(asked: Asked, match: str, *, also: str) -> Asked:
    """SQLite: FTS5 gives its matches in the order of the list. It knows each word of three letters
    or more for certain; only what it does not know is read from the entry (`also`)."""
    entry = " CROSS JOIN deskentry e ON e.place = desksearch.rowid" if also else ""
    walk = (
        f"SELECT desksearch.rowid FROM desksearch{entry} WHERE {_both(also, 'TRUE')} "
        "AND desksearch MATCH :match AND desksearch.rowid {edge} "
        "ORDER BY desksearch.rowid {order} LIMIT :most"
    )
    places = walk.format(edge="> 0", order="DESC")
    return Asked(asked.where, {**asked.values, "match": match}, places, walk, is_in_order=True)


def _by_terms(session: Session, asked: Asked, words: list[str]) -> Asked:
    """SQLite, words shorter than a trigram: the trigrams that begin with the rarest of them."""
    often = {word: _among_newest(session, word) for word in words}
    rarest = min(words, key=lambda word: often[word])
    if often[rarest] < OFTEN:
        terms = _terms(session, rarest)
        if not terms:
            return Asked(is_hopeless=True)
        if len(terms) <= MOST_TERMS:
            return _by_trigrams(asked, " OR ".join(map(_phrase, terms)), also=asked.where)
    where = f"WHERE {asked.where} ORDER BY e.place DESC LIMIT :most"
    return Asked(
        asked.where, asked.values, f"SELECT e.place FROM deskentry e {where}", is_in_order=True
    )


def _among_newest(session: Session, word: str) -> int:
    newest = "SELECT words FROM deskentry ORDER BY place DESC LIMIT :sample"
    counted = f"SELECT count(*) FROM ({newest}) WHERE words LIKE :part ESCAPE '!'"
    values = {"sample": SAMPLE, "part": f"%{_literal(word)}%"}
    return ask(session, counted, values)[0][0]


def _terms(session: Session, word: str) -> list[str]:
    """The trigrams that begin with the word; each pair of letters in a name begins one."""
    known = "SELECT term FROM desksearch_terms WHERE term >= :low AND term < :high LIMIT :most"
    after = word[:-1] + chr(ord(word[-1]) + 1)
    return [
        term
        for (term,) in ask(session, known, {"low": word, "high": after, "most": MOST_TERMS + 1})
    ]


def _phrase(word: str) -> str:
    return '"{}"'.format(word.replace('"', '""'))


def first_places(session: Session, asked: Asked) -> list[int]:
    """The places of up to `MANY` + 1 matches, the newest first as far as they are all."""
    found = ask(session, asked.places, {**asked.values, "most": MANY + 1})
    return sorted((place for (place,) in found), reverse=True)
