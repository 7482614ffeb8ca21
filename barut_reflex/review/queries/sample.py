"""How often parts of names occur, by a sample taken now and then.

It only chooses between ways of finding that give the same answer, so it may be old or wrong.
Nobody's name stays in it, but how many of the newest bear each letter, pair and trigram.
"""

import time
from collections import Counter
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from .driver import ask

SAMPLE = 2000  # of the newest entries
SECONDS = 600
TRIGRAM = 3  # letters


@dataclass(frozen=True)
class Sample:
    taken: float
    often: Counter[str]

    def rarest(self, words: list[str]) -> tuple[str, int]:
        """The part of up to three letters that the fewest of the sample have, and how many."""
        parts = [part for word in words for part in parts_of(word, min(TRIGRAM, len(word)))]
        part = min(parts, key=self.often.__getitem__)
        return part, self.often[part]


_samples: WeakKeyDictionary[Engine, Sample] = WeakKeyDictionary()


def sample_of(session: Session) -> Sample:
    """The sample of this database; it is read anew when it is old."""
    engine = session.connection().engine
    known = _samples.get(engine)
    if known is None or time.monotonic() - known.taken > SECONDS:
        known = _samples[engine] = _taken(session)
    return known


def _taken(session: Session) -> Sample:
    newest = f"SELECT words FROM deskentry ORDER BY place DESC LIMIT {SAMPLE}"
    often: Counter[str] = Counter()
    for (words,) in ask(session, newest, {}):
        sizes = range(1, TRIGRAM + 1)
        often.update({part for size in sizes for part in parts_of(words, size)})
    return Sample(time.monotonic(), often)


def parts_of(word: str, size: int) -> list[str]:
    return [word[at : at + size] for at in range(len(word) - size + 1)]
