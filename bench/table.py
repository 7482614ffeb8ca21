"""The table: measured, kept in `var/bench.json`, published in `docs/benchmarks.md` and `.json`."""

import json
import sys
import time
import traceback
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from bar.table import ROOT, between, commit, line, merged

from . import machine
from .row import Figure, Row, Scale

KEPT = ROOT / "var" / "bench.json"
PAGE = ROOT / "docs" / "benchmarks.md"
PUBLISHED = ROOT / "docs" / "benchmarks.json"
HEADS = ["row", "what", "goal", "result", "ours", "machine", "against", "theirs", "ratio"]
HEADS += ["made of", "when"]


@dataclass(frozen=True)
class Result:
    """One measured row, with when, on which commit and on which machine; `flush` and `python` are
    that machine's own speed in milliseconds when the row began."""

    name: str
    what: str
    against: str
    goal: str
    ratios: dict[str, float]
    passed: bool
    ours: str
    theirs: str
    detail: str
    numbers: dict[str, float]
    scale: str
    seconds: float
    at: str
    commit: str
    machine: str
    flush: float = 0
    python: float = 0

    @property
    def speed(self) -> str:
        return str(machine.Speed(self.flush, self.python)) if self.flush else "–"

    @property
    def verdict(self) -> str:
        return "met" if self.passed else "MISSED"

    @property
    def ratio(self) -> str:
        return ", ".join(f"{name} {ratio:.2f} ×" for name, ratio in self.ratios.items()) or "–"


def measured(row: Row, scale: Scale) -> Result:
    """Run one row; a crash of the measurement is a missed row that says so."""
    print(f"{row.name}: {row.what} …", file=sys.stderr, flush=True)
    speed, began = machine.speed(), time.monotonic()
    try:
        figure = row.measure(scale)
    except (Exception, SystemExit) as crash:
        traceback.print_exc()
        figure = Figure({}, False, "not measured", detail=f"{type(crash).__name__}: {crash}"[:300])
    return Result(
        name=row.name,
        what=row.what,
        against=row.against,
        goal=row.goal,
        **{**asdict(figure), "ratios": {k: round(v, 3) for k, v in figure.ratios.items()}},
        scale=scale,
        seconds=round(time.monotonic() - began, 1),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        commit=commit(),
        machine=machine.name(),
        **asdict(speed),
    )


def keep(results: list[Result], order: list[str]) -> list[Result]:
    """Lay the results over older ones of the same rows; rows nobody measures any more go."""
    before = KEPT if KEPT.exists() else PUBLISHED
    found = merged(before, results, Result, lambda result: result.name)
    known = (one for one in found if one.name in order)
    kept = sorted(known, key=lambda one: order.index(one.name))
    KEPT.parent.mkdir(mode=0o700, exist_ok=True)
    KEPT.write_text(_json(kept))
    return kept


def _json(results: list[Result]) -> str:
    return json.dumps([asdict(one) for one in results], indent=1, ensure_ascii=False) + "\n"


def as_text(results: list[Result]) -> str:
    """The table for a terminal."""
    lines = []
    for one in results:
        lines += [f"{one.verdict:<7} {one.name:<16} {one.ratio}   goal: {one.goal}"]
        lines += [f"        {one.what}: {one.ours}   [{one.speed}]"]
        lines += [f"        {one.against}: {one.theirs}"] if one.theirs else []
        lines += [f"        {one.detail}"] if one.detail else []
    return "\n".join(lines)


def publish(results: list[Result]) -> None:
    """Write the table between the markers of `docs/benchmarks.md`, and all figures beside it."""
    met = sum(one.passed for one in results)
    said = [f"**{met} of {len(results)} goals met.** Measured on {results[-1].machine}."]
    said += ["", line(HEADS), line(["---"] * len(HEADS))]
    said += [line(_cells(result)) for result in results]
    PAGE.write_text(between(PAGE.read_text(), said))
    PUBLISHED.write_text(_json(results))


def _cells(one: Result) -> list[str]:
    when = f"{one.at[:16].replace('T', ' ')}, {one.commit}, {one.seconds:.0f} s"
    when += " (small)" if one.scale == Scale.SMALL else ""
    cells = [f"`{one.name}`", one.what, one.goal, one.verdict, one.ours, one.speed]
    return [*cells, one.against, one.theirs, one.ratio, one.detail, when]
