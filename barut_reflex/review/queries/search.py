"""How what is typed into "Cari" is found: as places in the list, the newest first.

Each way stops after as many as are wanted, so a page costs the same however many there are. What
is rare is found by an index; where an index would have to be read for long, the list is walked.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from sqlmodel import Session

from ...core.figures import LONGEST_SEARCH
from ...core.indonesian import searchable, tidy
from ..index import postgres
from .driver import Values, ask
from .sample import TRIGRAM, Sample, sample_of

NIK, LONGEST_NUMBER = 16, 18  # digits of a NIK and of a registration number
MANY = 100  # matches of a search that are counted; what is found more often is "lebih dari"
OFTEN = 25  # a part found so often in the sample is no rare one
MOST_WORDS = 50  # with a frequent part in so many words of the sample, each is no way to find it
MOST_TERMS = 200  # trigrams that a short part is looked up by


HOLDS = {"sqlite": "instr({}, :{}) > 0", "postgresql": "strpos({}, :{}) > 0"}
SPACING = re.compile(r"[\s.\-]")


class Asked(NamedTuple):
    """A search in SQL: `where` holds for each entry `e` that is meant.

    `walk` finds their places in the order of the list by `key`, to be filled in by `places`. What
    is typed in digits is found by `some` instead, in no order. Neither: the list is read.
    """

    where: str = ""
    values: Values = {}  # noqa: RUF012  nobody changes it
    walk: str = ""
    key: str = "e.place"
    some: str = ""
    is_whole: bool = False  # the number or NIK is typed whole, so few are found
    is_hopeless: bool = False

    @property
    def is_search(self) -> bool:
        return bool(self.walk or self.some)

    def places(self, most: int, *, edge: str = "", order: str = "DESC", skipped: int = 0) -> str:
        """SQL for the places of so many matches, from an edge (`< :edge`) of the list on."""
        if self.some:
            return f"{self.some} LIMIT {most}"
        beyond = f" AND {self.key} {edge}" if edge else ""
        walk = self.walk.format(edge=beyond, order=order, reach=most + skipped)
        return f"{walk} LIMIT {most} OFFSET {skipped}" if skipped else f"{walk} LIMIT {most}"


def understand(session: Session, search: str, status: str) -> Asked:
    """What the search means. Digits: the beginning of a NIK or number. Words: parts of the name."""
    typed = tidy(search[:LONGEST_SEARCH])
    digits = SPACING.sub("", typed)
    if digits.isascii() and digits.isdigit():
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
    where, some = _digits_in_sql(len(digits), condition)
    values |= {"low": digits, "high": digits.ljust(LONGEST_NUMBER, "9")}
    return Asked(where, values, some=some, is_whole=len(digits) in (NIK, LONGEST_NUMBER))


@lru_cache
def _digits_in_sql(size: int, condition: str) -> tuple[str, str]:
    """What holds for an entry found by so many digits, and how its place is found."""
    one = "SELECT e.place FROM deskentry e WHERE {}"
    number = (
        "e.number >= :low AND e.number <= :high" if size < LONGEST_NUMBER else "e.number = :low"
    )
    if size > NIK:
        return _both(number, condition), one.format(_both(number, condition))
    nik = "e.nik >= :low AND e.nik <= :high" if size < NIK else "e.nik = :low"
    found = [_both(nik, condition), _both(number, f"NOT ({nik})", condition)]
    return _both(f"({nik} OR {number})", condition), " UNION ALL ".join(map(one.format, found))


def _by_words(session: Session, words: list[str], status: str) -> Asked:
    condition, values = _with_status(status)
    connection = session.connection()
    parts = {f"part{number}": word for number, word in enumerate(words)}
    holds = HOLDS[connection.dialect.name]
    asked = Asked(_both(_hold(holds, parts), condition), values | parts)
    sample = sample_of(session, connection.engine)
    if connection.dialect.name == "postgresql":
        return _by_known_words(asked, words, sample, condition)
    if long := [word for word in words if len(word) >= TRIGRAM]:
        return _by_trigrams(asked, words, long, sample, condition)
    return _by_terms(session, asked, words, sample)


def _hold(holds: str, parts: Iterable[str]) -> str:
    return " AND ".join([holds.format("e.words", name) for name in parts])


def _both(*conditions: str) -> str:
    return " AND ".join(filter(None, conditions))


def _by_known_words(asked: Asked, words: list[str], sample: Sample, condition: str) -> Asked:
    """PostgreSQL: the known words with the rarest part, and the places of each in order."""
    (often, part), rarest = min((sample.rarest([word]), word) for word in words)
    if often >= OFTEN and sample.words.get(part, 0) > MOST_WORDS:
        return _by_reading(asked)
    holds = HOLDS["postgresql"]
    known = f"desk_grams(known.word) @> CAST(:grams AS int[]) AND {holds.format('word', 'known')}"
    known = f"SELECT DISTINCT known.word FROM desksearch_words known WHERE {known}"
    others = [f"part{number}" for number, word in enumerate(words) if word != rarest]
    also = _both(_hold(holds, others), condition)
    entry = " JOIN deskentry e ON e.place = at.place" if also else ""
    one = (
        f"SELECT at.place FROM desksearch_places at{entry} WHERE "
        f"{_both('at.word = of.word', also)}{{edge}} ORDER BY at.place {{order}} LIMIT {{reach}}"
    )
    walk = (
        f"SELECT DISTINCT found.place FROM ({known}) of CROSS JOIN LATERAL ({one}) found "
        "ORDER BY found.place {order}"
    )
    grams = ",".join(map(str, postgres.gram_codes(rarest)))
    values = {**asked.values, "grams": f"{{{grams}}}", "known": rarest}
    return Asked(asked.where, values, walk, "at.place")


def _by_reading(asked: Asked) -> Asked:
    """What so many have is soonest found by reading the list itself."""
    walk = f"SELECT e.place FROM deskentry e WHERE {asked.where}{{edge}} ORDER BY e.place {{order}}"
    return Asked(asked.where, asked.values, walk)


def _by_trigrams(
    asked: Asked, words: list[str], long: list[str], sample: Sample, condition: str
) -> Asked:
    """SQLite: FTS5 gives its matches in the order of the list. To intersect frequent trigrams
    takes it longer than to read what the rarest gives; whatever it has not looked at, the entry
    is asked for."""
    often, rarest = sample.rarest(long)
    if often < OFTEN:
        return _by_match(asked, _phrase(rarest), condition if words == [rarest] else asked.where)
    short = [f"part{number}" for number, word in enumerate(words) if word not in long]
    also = _both(_hold(HOLDS["sqlite"], short), condition)
    return _by_match(asked, " AND ".join(map(_phrase, long)), also)


def _by_match(asked: Asked, match: str, also: str) -> Asked:
    entry = " CROSS JOIN deskentry e ON e.place = desksearch.rowid" if also else ""
    walk = (
        f"SELECT desksearch.rowid FROM desksearch{entry} WHERE "
        f"{_both('desksearch MATCH :match', also)}{{edge}} ORDER BY desksearch.rowid {{order}}"
    )
    return Asked(asked.where, {**asked.values, "match": match}, walk, "desksearch.rowid")


def _by_terms(session: Session, asked: Asked, words: list[str], sample: Sample) -> Asked:
    """SQLite, words shorter than a trigram: the trigrams that begin with the rarest of them."""
    often, rarest = sample.rarest(words)
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
