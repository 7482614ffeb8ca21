"""Runs one measured row; keeps results as JSON and publishes them as a table in a Markdown page."""

import fcntl
import json
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from . import machine
from .row import Figure, Row, Scale, Table

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"


@dataclass(frozen=True)
class Result:
    """One measured row, with when, on which commit and on which machine.

    `flush` and `python` are that machine's own speed in milliseconds when the row began.
    """

    name: str
    title: str
    goal: str
    points: int
    against: str
    is_built: bool
    value: str
    passed: bool
    detail: str
    theirs: str
    ratios: dict[str, float]
    numbers: dict[str, float]
    scale: str
    seconds: float
    at: str
    commit: str
    machine: str
    flush: float
    python: float

    @property
    def verdict(self) -> str:
        return ("met" if self.passed else "MISSED") if self.is_built else "part not built"

    @property
    def ratio(self) -> str:
        return ", ".join(f"{name} {ratio:.2f} ×" for name, ratio in self.ratios.items()) or "–"

    @property
    def speed(self) -> str:
        return str(machine.Speed(self.flush, self.python)) if self.flush else "–"

    @property
    def when(self) -> str:
        size = "" if self.scale == Scale.NORMAL else f", {self.scale}"
        return f"{self.at[:16].replace('T', ' ')}, {self.commit}, {self.seconds:.0f} s{size}"


@dataclass(frozen=True)
class Page:
    """Where a table is published: `path` in Markdown, `data` in JSON; how its cells are made."""

    path: Path
    data: Path
    heads: list[str]
    cells: Callable[[Result], list[str]]
    summary: Callable[[list[Result]], str]


def measured(row: Row, scale: Scale) -> Result:
    """Run one row; a crash of the measurement is a missed row that says so."""
    print(f"{row.name}: {row.title} …", file=sys.stderr, flush=True)
    speed, began = machine.speed(), time.monotonic()
    figure = _figure(row, scale)
    return Result(
        name=row.name,
        title=row.title,
        goal=row.goal,
        points=row.points,
        against=row.against,
        is_built=row.measure is not None,
        **{**asdict(figure), "ratios": {k: round(v, 3) for k, v in figure.ratios.items()}},
        scale=scale,
        seconds=round(time.monotonic() - began, 1),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        commit=commit(),
        machine=machine.name(),
        **asdict(speed),
    )


def _figure(row: Row, scale: Scale) -> Figure:
    if row.measure is None:
        return Figure("-", False, f"{row.missing} is not built yet")
    try:
        return row.measure(scale)
    except (Exception, SystemExit) as crash:
        traceback.print_exc()
        return Figure("not measured", False, f"{type(crash).__name__}: {crash}"[:300])


def commit() -> str:
    """The commit measured; with a plus when its sources were changed since."""
    named = _git("rev-parse", "--short", "HEAD")
    return f"{named}+" if _git("status", "--porcelain", "--", "barut_reflex") else named


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def publish(result: Result, table: Table, page: Page) -> None:
    """Put the result in the place of the row's older one and write the page anew.

    So some rows can be measured again alone: each keeps its own date, commit and size. Rows that
    the table no longer has are dropped. Two processes may publish at the same time.
    """
    with page.path.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        older = json.loads(page.data.read_text()) if page.data.exists() else []
        newest = {(one.name, one.title): one for one in [*(Result(**old) for old in older), result]}
        ordered = [newest[key] for key in _keys(table) if key in newest]
        rows = [asdict(one) for one in ordered]
        page.data.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
        page.path.write_text(between(page.path.read_text(), _lines(ordered, page)))


def _keys(table: Table) -> list[tuple[str, str]]:
    return [(row.name, row.title) for row in sorted(table.rows, key=order)]


def order(row: Row | Result) -> tuple[bool, int]:
    """Numbered rows by number, then gates ("G2") by theirs; others as they were entered."""
    gate = re.fullmatch(r"G(\d+)", row.name)
    if gate:
        return True, int(gate[1])
    return False, int(row.name) if row.name.isdigit() else 0


def _lines(results: list[Result], page: Page) -> list[str]:
    """The summary and the table, in Markdown."""
    head = [f"**{page.summary(results)}**", "", line(page.heads), line(["---"] * len(page.heads))]
    return head + [line(page.cells(result)) for result in results]


def between(text: str, lines: list[str]) -> str:
    """The page with these lines between its markers."""
    block = "\n".join([BEGIN, "", *lines, "", END])
    return re.sub(f"{BEGIN}.*{END}", lambda _: block, text, flags=re.S)


def line(cells: list[str]) -> str:
    """One row of a table in Markdown."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def as_text(one: Result) -> str:
    """One result for a terminal."""
    lines = [f"{one.verdict:<8} {one.name:<6} {one.title}"]
    lines += [f"         {one.value}   goal: {one.goal}   [{one.speed}]"]
    lines += [f"         {one.against}: {one.theirs}   {one.ratio}"] if one.theirs else []
    lines += [f"         {one.detail}"] if one.detail else []
    return "\n".join([*lines, f"         {one.when}"])
