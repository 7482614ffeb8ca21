"""A row of the bar: what is measured, the bar it must clear, and what it is worth.

A module of rows holds functions `(scale: Scale) -> Figure` under `@row(...)`; it is named in
`modules.py`. Rows of one number in several modules count as one: all of them must pass.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Size = TypeVar("Size")


class Scale(StrEnum):
    """How much is measured: in `make test`, in `make bar`, in `make bar-full`."""

    SMALL = "small"
    BAR = "bar"
    FULL = "full"

    def of(self, small: Size, bar: Size, full: Size) -> Size:
        """The size that belongs to this scale."""
        return {Scale.SMALL: small, Scale.BAR: bar, Scale.FULL: full}[self]


@dataclass(frozen=True)
class Figure:
    """What was measured: the figure, whether it clears the bar, and what it was made of."""

    value: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True)
class Row:
    """`number` is the row of the bar ("9", "39", "G2"); `measure` is None while its part is not
    built, and then the row is named and gives no points."""

    number: str
    title: str
    bar: str
    points: int
    part: str
    timed: bool
    measure: Callable[[Scale], Figure] | None


ROWS: list[Row] = []


def row(
    number: int | str, title: str, *, bar: str, points: int, part: str, timed: bool = False
) -> Callable[[Callable[[Scale], Figure]], Callable[[Scale], Figure]]:
    """Enter a measuring function into the table; `timed` keeps it out of `make test`."""

    def enter(measure: Callable[[Scale], Figure]) -> Callable[[Scale], Figure]:
        ROWS.append(Row(str(number), title, bar, points, part, timed, measure))
        return measure

    return enter


def missing(number: int | str, title: str, *, bar: str, points: int, part: str) -> None:
    """Name a row whose part is not built yet."""
    ROWS.append(Row(str(number), title, bar, points, part, False, None))
