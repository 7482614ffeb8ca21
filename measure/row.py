"""A table of measurements: its rows, how a module registers one, what one measurement gives.

A module of rows holds functions `(scale: Scale) -> Figure` under `@TABLE.row(...)`; the table names
its modules. Rows of one name in several modules count as one: all of them must pass.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

Size = TypeVar("Size")


class Scale(StrEnum):
    """How much is measured: in the tests, for the published table, or more than that."""

    SMALL = "small"
    NORMAL = "normal"
    FULL = "full"

    def of(self, small: Size, normal: Size, full: Size | None = None) -> Size:
        """The size that belongs to this scale."""
        sizes = {Scale.SMALL: small, Scale.NORMAL: normal, Scale.FULL: full or normal}
        return sizes[self]


@dataclass(frozen=True)
class Figure:
    """What was measured: in words, whether it meets the goal, and what it was made of.

    `theirs` is the same work done by another program, `ratios` ours over theirs by name ("p50");
    `numbers` go to the JSON file alone.
    """

    value: str
    passed: bool
    detail: str = ""
    theirs: str = ""
    ratios: dict[str, float] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)


Measure = Callable[[Scale], Figure]


@dataclass(frozen=True)
class Row:
    """`name` is what `--rows` asks for ("9", "G2", "events-1"); `against` is the other program.

    `timed`: it reads a clock, so the tests leave it out and nothing else is measured beside it.
    `measure` is None while the part of the product (`missing`) is not built: no points then.
    """

    name: str
    title: str
    goal: str
    measure: Measure | None
    points: int = 0
    timed: bool = False
    against: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of one table. `name` is the package: `python -m NAME` measures it."""

    name: str
    modules: list[str]
    rows: list[Row] = field(default_factory=list)

    def load(self) -> list[Row]:
        """All rows; imports the modules that hold them."""
        for module in self.modules:
            importlib.import_module(f"{self.name}.{module}")
        return self.rows

    def row(
        self,
        name: int | str,
        title: str,
        *,
        goal: str,
        points: int = 0,
        timed: bool = False,
        against: str = "",
    ) -> Callable[[Measure], Measure]:
        """Enter a measuring function into the table."""

        def enter(measure: Measure) -> Measure:
            self.rows.append(Row(str(name), title, goal, measure, points, timed, against))
            return measure

        return enter

    def missing(self, name: int | str, title: str, *, goal: str, points: int, part: str) -> None:
        """Name a row whose part of the product is not built yet."""
        self.rows.append(Row(str(name), title, goal, None, points, missing=part))


def at_most(limit: float, ratios: dict[str, float]) -> bool:
    """Whether no ratio exceeds the goal."""
    return all(ratio <= limit for ratio in ratios.values())
