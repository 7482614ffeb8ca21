"""How what is typed into "Cari" is found: at most `MANY` places by an index, then a walk.

A page of 25 out of many thousands is found soonest by walking the list itself, the newest first;
out of a few it is found by the index. So both are there, and no search reads the whole list.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
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


@dataclass(frozen=True)
class Asked:
    """A search in SQL: `where` holds for each entry `e` that is meant.

    `places` asks an index for the places of some of them, up to `:most`; `walk` finds them in the
    order of the list, where that is done otherwise than by reading entry after entry.
    """

    where: str = ""
    values: Values = field(default_factory=dict)
    places: str = ""
    walk: str = ""
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
    conditions = [f"e.words LIKE :{name} ESCAPE '!'" for name in parts]
    where = " AND ".join([*conditions, *([condition] if condition else [])])
    asked = Asked(where, {**values, **parts})
    if session.get_bind().dialect.name == "postgresql":
        return _by_grams(asked, words)
    if long := [word for word in words if len(word) >= TRIGRAM]:
        return _by_trigrams(asked, " AND ".join(map(_phrase, long)))
    return _by_terms(session, asked, words)


def _literal(word: str) -> str:
    return re.sub(r"([!%_])", r"!\1", word)


def _by_grams(asked: Asked, words: list[str]) -> Asked:
    """PostgreSQL: the index of grams, and the name itself for each entry it gives."""
    grams = sorted({code for word in words for code in index.gram_codes(word)})
    having = "desk_grams(e.words) @> CAST(:grams AS int[])"
    places = f"SELECT e.place FROM deskentry e WHERE {having} AND {asked.where} LIMIT :most"
    return Asked(asked.where, {**asked.values, "grams": grams}, places)


def _by_trigrams(asked: Asked, match: str) -> Asked:
    """SQLite: FTS5 gives its matches in the order of the list."""
    walk = (
        "SELECT e.place FROM desksearch CROSS JOIN deskentry e ON e.place = desksearch.rowid "
        f"WHERE desksearch MATCH :match AND desksearch.rowid {{edge}} AND {asked.where} "
        "ORDER BY desksearch.rowid {order} LIMIT :most"
    )
    places = walk.format(edge="> 0", order="DESC")
    return Asked(asked.where, {**asked.values, "match": match}, places, walk)


def _by_terms(session: Session, asked: Asked, words: list[str]) -> Asked:
    """SQLite, words shorter than a trigram: the trigrams that begin with the rarest of them."""
    newest = text(
        "SELECT count(*) FROM (SELECT words FROM deskentry ORDER BY place DESC LIMIT :sample) "
        "WHERE words LIKE :part ESCAPE '!'"
    )
    often = {
        word: session.execute(
            newest, {"sample": SAMPLE, "part": f"%{_literal(word)}%"}
        ).scalar_one()
        for word in words
    }
    rarest = min(words, key=lambda word: often[word])
    if often[rarest] < OFTEN:
        known = text(
            "SELECT term FROM desksearch_terms WHERE term >= :low AND term < :high LIMIT :n"
        )
        after = rarest[:-1] + chr(ord(rarest[-1]) + 1)
        within = {"low": rarest, "high": after, "n": MOST_TERMS + 1}
        terms = session.execute(known, within).scalars().all()
        if not terms:
            return Asked(is_hopeless=True)
        if len(terms) <= MOST_TERMS:
            return _by_trigrams(asked, " OR ".join(map(_phrase, terms)))
    places = (
        f"SELECT e.place FROM deskentry e WHERE {asked.where} ORDER BY e.place DESC LIMIT :most"
    )
    return Asked(asked.where, asked.values, places)


def _phrase(word: str) -> str:
    return '"{}"'.format(word.replace('"', '""'))


def first_places(session: Session, asked: Asked) -> list[int]:
    """The places of up to `MANY` + 1 matches, the newest first as far as they are all."""
    values = {**asked.values, "most": MANY + 1}
    found = session.execute(text(asked.places), values).scalars()
    return sorted(found, reverse=True)
