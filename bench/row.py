"""A row of the bench: what is measured, against what, and the ratio it has to keep.

A module of rows holds functions `(scale: Scale) -> Figure` under `@row(...)`; it is named in
`__main__.MODULES`. Ratios are ours over theirs, both measured in turn within one run, so that a
noisy machine disturbs both alike.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

Size = TypeVar("Size")


class Scale(StrEnum):
    """How much is measured: to see that a row runs, or for the table."""

    SMALL = "small"
    BENCH = "bench"

    def of(self, small: Size, bench: Size) -> Size:
        """The size that belongs to this scale."""
        return {Scale.SMALL: small, Scale.BENCH: bench}[self]


@dataclass(frozen=True)
class Figure:
    """What was measured. `ratios` are what the goal speaks of, by name ("p50", "p95");
    `ours` and `theirs` say the same in plain units, `numbers` keeps more for the JSON."""

    ratios: dict[str, float]
    passed: bool
    ours: str
    theirs: str = ""
    detail: str = ""
    numbers: dict[str, float] = field(default_factory=dict)


def at_most(limit: float, ratios: dict[str, float]) -> bool:
    """Whether no ratio exceeds the goal."""
    return all(ratio <= limit for ratio in ratios.values())


def at_least(limit: float, ratios: dict[str, float]) -> bool:
    return all(ratio >= limit for ratio in ratios.values())


@dataclass(frozen=True)
class Row:
    """`name` is what `--rows` asks for; `measure` takes the scale."""

    name: str
    what: str
    against: str
    goal: str
    measure: Callable[[Scale], Figure]


ROWS: list[Row] = []


def row(
    name: str, what: str, *, against: str, goal: str
) -> Callable[[Callable[[Scale], Figure]], Callable[[Scale], Figure]]:
    """Enter a measuring function into the table."""

    def enter(measure: Callable[[Scale], Figure]) -> Callable[[Scale], Figure]:
        ROWS.append(Row(name, what, against, goal, measure))
        return measure

    return enter
