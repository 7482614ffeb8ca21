"""How often parts of names occur, by a sample taken now and then.

It only chooses between ways of finding that give the same answer, so it may be old or wrong.
Nobody's name stays in it, but how many of the newest bear each letter, pair and trigram.
"""

import time
from collections import Counter
from collections.abc import Iterable
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
    """How many names of the sample have a part, and how many different words they have it in."""

    taken: float
    often: dict[str, int]
    words: dict[str, int]

    def rarest(self, words: list[str]) -> tuple[int, str]:
        """The part of up to three letters that the fewest have, after how many these are."""
        often = self.often.get
        return min(
            (often(part, 0), part)
            for word in words
            for part in parts_of(word, min(TRIGRAM, len(word)))
        )


_samples: WeakKeyDictionary[Engine, Sample] = WeakKeyDictionary()


def sample_of(session: Session, engine: Engine) -> Sample:
    """The sample of this database; it is read anew when it is old."""
    known = _samples.get(engine)
    if known is None or time.monotonic() - known.taken > SECONDS:
        known = _samples[engine] = _taken(session)
    return known


def _taken(session: Session) -> Sample:
    newest = f"SELECT words FROM deskentry ORDER BY place DESC LIMIT {SAMPLE}"
    names = [words for (words,) in ask(session, newest, {})]
    return Sample(
        time.monotonic(),
        _counted(names),
        _counted({word for name in names for word in name.split()}),
    )


def _counted(texts: Iterable[str]) -> dict[str, int]:
    """How many of them have each part."""
    sizes = range(1, TRIGRAM + 1)
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({part for size in sizes for part in parts_of(text, size)})
    return dict(counts)


def parts_of(word: str, size: int) -> list[str]:
    return [word[at : at + size] for at in range(len(word) - size + 1)]
