"""A row of the bench: what is measured, and the goal it has to meet.

A module of rows holds functions `(scale: Scale) -> Figure` under `@row(...)`; it is named in
`__main__.MODULES`. A goal is an absolute figure; where a peer does the same work (a bare Reflex
app, another library) it may be a ratio of ours over theirs, measured in turn within one run.
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
    """What was measured: `ours` and `theirs` in plain units, `ratios` of the two by name ("p50"),
    `numbers` for the JSON alone."""

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
    name: str, what: str, *, goal: str, against: str = "–"
) -> Callable[[Callable[[Scale], Figure]], Callable[[Scale], Figure]]:
    """Enter a measuring function into the table."""

    def enter(measure: Callable[[Scale], Figure]) -> Callable[[Scale], Figure]:
        ROWS.append(Row(name, what, against, goal, measure))
        return measure

    return enter
