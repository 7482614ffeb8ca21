"""How what is typed into "Cari" is found: as places in the list, the newest first.

Each way stops after as many as are wanted, so a page costs the same however many there are. What
is rare is found by an index; where an index would have to be read for long, the list is walked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlmodel import Session

from ...core.indonesian import searchable, tidy
from .. import index
from .driver import Values, ask
from .sample import TRIGRAM, Sample, sample_of

LONGEST_SEARCH = 100
NIK, LONGEST_NUMBER = 16, 18  # digits of a NIK and of a registration number
MANY = 100  # matches of a search that are counted; what is found more often is "lebih dari"
OFTEN = 25  # a part found so often in the sample is no rare one
MOST_TERMS = 200  # trigrams or words that a short part is looked up by


@dataclass(frozen=True)
class Asked:
    """A search in SQL: `where` holds for each entry `e` that is meant.

    `walk` finds places in the order of the list (to be filled in, see `places`). What is typed in
    digits is found by `some` instead, in no order. Neither: the list is read entry by entry.
    """

    where: str = ""
    values: Values = field(default_factory=dict)
    walk: str = ""
    some: str = ""
    is_hopeless: bool = False

    @property
    def is_search(self) -> bool:
        return bool(self.walk or self.some)

    def places(self, most: int, *, edge: str = "> 0", order: str = "DESC", skipped: int = 0) -> str:
        """SQL for the places of so many matches from an edge of the list on."""
        if self.some:
            return self.some.format(reach=most)
        limit = f" LIMIT {most} OFFSET {skipped}" if skipped else f" LIMIT {most}"
        return self.walk.format(edge=edge, order=order, reach=most + skipped) + limit


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
    if len(digits) > LONGEST_NUMBER:
        return Asked(is_hopeless=True)
    condition, values = _with_status(status)
    ranges = {"number": "e.number >= :low AND e.number <= :high"}
    if len(digits) <= NIK:
        ranges["nik"] = "e.nik >= :low AND e.nik <= :high" if len(digits) < NIK else "e.nik = :low"
    one = "SELECT * FROM (SELECT e.place FROM deskentry e WHERE {} LIMIT {{reach}}) AS {}"
    return Asked(
        where=_both(f"({' OR '.join(ranges.values())})", condition),
        values={"low": digits, "high": digits.ljust(LONGEST_NUMBER, "9"), **values},
        some=" UNION ".join(one.format(_both(r, condition), n) for n, r in ranges.items()),
    )


def _by_words(session: Session, words: list[str], status: str) -> Asked:
    condition, values = _with_status(status)
    parts = {f"part{number}": f"%{_literal(word)}%" for number, word in enumerate(words)}
    asked = Asked(_both(_like(parts), condition), {**values, **parts})
    sample = sample_of(session)
    if session.get_bind().dialect.name == "postgresql":
        return _by_known_words(session, asked, words, sample, condition)
    if long := [word for word in words if len(word) >= TRIGRAM]:
        return _by_trigrams(asked, words, long, sample, condition)
    return _by_terms(session, asked, words, sample)


def _by_known_words(
    session: Session, asked: Asked, words: list[str], sample: Sample, condition: str
) -> Asked:
    """PostgreSQL: the known words with the rarest part, and the places of each in order."""
    rarest = min(words, key=lambda word: sample.rarest([word])[1])
    known = "desk_grams(known.word) @> CAST(:grams AS int[]) AND known.word LIKE :known ESCAPE '!'"
    known = f"SELECT DISTINCT known.word FROM desksearch_words known WHERE {known}"
    values = {**asked.values, "grams": index.gram_codes(rarest), "known": f"%{_literal(rarest)}%"}
    if sample.rarest([rarest])[1] >= OFTEN:
        found = ask(session, f"{known} LIMIT {MOST_TERMS + 1}", values)
        if len(found) > MOST_TERMS:
            return _by_reading(asked)
    others = [f"part{number}" for number, word in enumerate(words) if word != rarest]
    also = _both(_like(others), condition)
    entry = " JOIN deskentry e ON e.place = at.place" if also else ""
    one = (
        f"SELECT at.place FROM desksearch_places at{entry} WHERE at.word = of.word AND "
        f"{_both('at.place {edge}', also)} ORDER BY at.place {{order}} LIMIT {{reach}}"
    )
    walk = (
        f"SELECT DISTINCT found.place FROM ({known}) of CROSS JOIN LATERAL ({one}) found "
        "ORDER BY found.place {order}"
    )
    return Asked(asked.where, values, walk)


def _by_reading(asked: Asked) -> Asked:
    """What so many have is soonest found by reading the list itself."""
    return Asked(
        asked.where,
        asked.values,
        f"SELECT e.place FROM deskentry e WHERE {_both(asked.where, 'e.place {edge}')} "
        "ORDER BY e.place {order}",
    )


def _like(parts: Iterable[str]) -> str:
    return " AND ".join(f"e.words LIKE :{name} ESCAPE '!'" for name in parts)


def _both(*conditions: str) -> str:
    return " AND ".join(filter(None, conditions))


def _literal(word: str) -> str:
    return re.sub(r"([!%_])", r"!\1", word)


def _by_trigrams(
    asked: Asked, words: list[str], long: list[str], sample: Sample, condition: str
) -> Asked:
    """SQLite: FTS5 gives its matches in the order of the list. To intersect frequent trigrams
    takes it longer than to read what the rarest gives; whatever it has not looked at, the entry
    is asked for."""
    rarest, often = sample.rarest(long)
    if often < OFTEN:
        also = condition if words == [rarest] else asked.where
        return _by_match(asked, _phrase(rarest), also)
    short = [f"part{number}" for number, word in enumerate(words) if word not in long]
    return _by_match(asked, " AND ".join(map(_phrase, long)), _both(_like(short), condition))


def _by_match(asked: Asked, match: str, also: str) -> Asked:
    entry = " CROSS JOIN deskentry e ON e.place = desksearch.rowid" if also else ""
    searched = _both("desksearch MATCH :match", "desksearch.rowid {edge}", also)
    return Asked(
        asked.where,
        {**asked.values, "match": match},
        f"SELECT desksearch.rowid FROM desksearch{entry} WHERE {searched} "
        "ORDER BY desksearch.rowid {order}",
    )


def _by_terms(session: Session, asked: Asked, words: list[str], sample: Sample) -> Asked:
    """SQLite, words shorter than a trigram: the trigrams that begin with the rarest of them."""
    rarest, often = sample.rarest(words)
    if often >= OFTEN:
        return _by_reading(asked)
    terms = _terms(session, rarest)
    if not terms:
        return Asked(is_hopeless=True)
    if len(terms) > MOST_TERMS:
        return _by_reading(asked)
    return _by_match(asked, " OR ".join(map(_phrase, terms)), asked.where)


def _terms(session: Session, word: str) -> list[str]:
    """The trigrams that begin with the word; each pair of letters in a name begins one."""
    known = (
        "SELECT term FROM desksearch_terms WHERE term >= :low AND term < :high "
        f"LIMIT {MOST_TERMS + 1}"
    )
    after = word[:-1] + chr(ord(word[-1]) + 1)
    return [term for (term,) in ask(session, known, {"low": word, "high": after})]


def _phrase(word: str) -> str:
    return '"{}"'.format(word.replace('"', '""'))


def first_places(session: Session, asked: Asked) -> list[int]:
    """The places of up to `MANY` + 1 matches, the newest first as far as they are all."""
    found = ask(session, asked.places(MANY + 1), asked.values)
    return sorted((place for (place,) in found), reverse=True)
