"""Table of the print test (is the QR of a worn card still read?) and its layout in `docs/qr.md`."""

from collections.abc import Callable

from measure.results import ROOT
from measure.results import Page as Published
from measure.results import Result as Measured
from measure.row import Figure, Scale, Table

from . import rows
from .rows import GATE, Rate, Result, Row

HEADS = ["card", "zbar; zxing-cpp", "must be", "result", "made of", "when"]
TABLE = Table("printtest", [])


def passes(result: Result) -> bool:
    """No picture read wrongly; of a gated row, both readers read at least the gate's share."""
    rates = (result.zbar, result.zxing)
    no_wrong = all(rate.wrong == 0 for rate in rates)
    return no_wrong and (not result.row.is_gated or min(rate.share for rate in rates) >= GATE)


def _measuring(row: Row) -> Callable[[Scale], Figure]:
    def measure(scale: Scale) -> Figure:
        many = scale.of(3, 25, 100)
        result = rows.measure(row, many)
        read = f"{_rate(result.zbar)}; {_rate(result.zxing)}"
        return Figure(read, passes(result), f"{many * (rows.MORE if row.is_gated else 1)} pictures")

    return measure


def _rate(rate: Rate) -> str:
    wrong = f", {rate.wrong} wrong" if rate.wrong else ""
    return f"{rate.share:.1%} ({rate.read}/{rate.of}{wrong})"


def _title(row: Row) -> str:
    dpi = "–".join(map(str, sorted({min(row.dpi), max(row.dpi)})))
    return f"{row.name}; {row.side:.0f} mm, {dpi} dpi"


for number, one in enumerate(rows.ROWS, 1):
    goal = f"≥ {GATE:.0%} by both" if one.is_gated else "none read wrongly"
    TABLE.row(number, _title(one), goal=goal)(_measuring(one))


def cells(one: Measured) -> list[str]:
    """One result as a row of the page."""
    return [one.title, one.value, one.goal, one.verdict, f"{one.detail} a resolution", one.when]


def summary(results: list[Measured]) -> str:
    """How many rows meet their goal."""
    met = sum(one.passed for one in results)
    return f"{met} of {len(results)} rows as they must be."


PAGE = Published(ROOT / "docs" / "qr.md", ROOT / "docs" / "print-test.json", HEADS, cells, summary)
