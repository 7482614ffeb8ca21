"""The scored table: measured, kept in `docs/security.json`, published in `docs/security.md`."""

import fcntl
import json
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Hashable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from .row import Figure, Row, Scale

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "docs" / "security.json"
PAGE = ROOT / "docs" / "security.md"
Kept = TypeVar("Kept")
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"


@dataclass(frozen=True)
class Result:
    """One measured row, with when, on which commit and how it was measured."""

    number: str
    title: str
    bar: str
    points: int
    part: str
    is_built: bool
    value: str
    passed: bool
    detail: str
    scale: str
    seconds: float
    at: str
    commit: str

    @property
    def command(self) -> str:
        size = {"small": " --small", "full": " --full"}.get(self.scale, "")
        return f"python -m bar{size} --rows {self.number}"

    @property
    def verdict(self) -> str:
        return ("pass" if self.passed else "FAIL") if self.is_built else "part not built"


def order(row: Row | Result) -> tuple[bool, int, str]:
    """Numbered rows first, then the gates."""
    is_gate = row.number.startswith("G")
    return is_gate, int(row.number.removeprefix("G")), row.title


def measured(row: Row, scale: Scale) -> Result:
    """Run one row; a crash of the measurement is a failed row that says so."""
    began = time.monotonic()
    if row.measure is None:
        figure = Figure("-", False, f"{row.part} is not built yet")
    else:
        print(f"row {row.number}: {row.title} …", file=sys.stderr, flush=True)
        figure = _figure(row, scale)
    return Result(
        number=row.number,
        title=row.title,
        bar=row.bar,
        points=row.points,
        part=row.part,
        is_built=row.measure is not None,
        value=figure.value,
        passed=figure.passed,
        detail=figure.detail,
        scale=scale,
        seconds=round(time.monotonic() - began, 1),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        commit=commit(),
    )


def _figure(row: Row, scale: Scale) -> Figure:
    try:
        return row.measure(scale)  # pyright: ignore[reportOptionalCall]
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


def publish(result: Result, known: set[tuple[str, str]]) -> None:
    """Lay the result over the published ones and write the page anew; one run at a time."""
    with PAGE.open() as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        _write_page(keep([result], known))


def keep(results: list[Result], known: set[tuple[str, str]]) -> list[Result]:
    """Lay the results over those published before; rows nobody measures any more go.

    So some rows can be measured again alone: each keeps its own date, commit and size.
    """
    newest = merged(KEPT, results, Result, lambda one: (one.number, one.title))
    ordered = sorted((one for one in newest if (one.number, one.title) in known), key=order)
    KEPT.write_text(json.dumps([asdict(result) for result in ordered], indent=1) + "\n")
    return ordered


def merged(
    path: Path, results: list[Kept], of: Callable[..., Kept], key: Callable[[Kept], Hashable]
) -> list[Kept]:
    """The rows kept in a JSON file, with newer ones of the same key in the place of older ones."""
    before = [of(**old) for old in json.loads(path.read_text())] if path.exists() else []
    return list({key(one): one for one in [*before, *results]}.values())


def score(results: list[Result]) -> str:
    """Points reached, of those that can be reached with the parts that exist."""
    by_number: dict[str, list[Result]] = {}
    for result in results:
        by_number.setdefault(result.number, []).append(result)
    built = {n: rows for n, rows in by_number.items() if all(row.is_built for row in rows)}
    reached = sum(rows[0].points for rows in built.values() if all(row.passed for row in rows))
    possible = sum(rows[0].points for rows in built.values())
    failing = [n for n, rows in built.items() if not all(row.passed for row in rows)]
    absent = [n for n in by_number if n not in built]
    said = f"Score: {reached} of {possible} points of the rows measured"
    said += f"; failing: {', '.join(failing)}" if failing else "; none fails"
    return said + (f"; part not built: {', '.join(absent)}." if absent else ".")


def as_text(results: list[Result]) -> str:
    """The table for a terminal."""
    lines = []
    for one in results:
        head = f"{one.number:>4}  {one.verdict:<14} {one.points} pt  {one.title}"
        lines += [head, f"      figure: {one.value}   bar: {one.bar}"]
        lines += [f"      {one.detail}"] if one.detail else []
        lines.append(f"      {one.command}  ({one.seconds} s, {one.scale})")
    return "\n".join(lines)


def _write_page(results: list[Result]) -> None:
    """Write the table between the markers of `docs/security.md`."""
    heads = ["row", "measure", "figure", "bar", "points", "result", "made of", "command", "when"]
    lines = [f"**{score(results)}**", "", line(heads), line(["---"] * len(heads))]
    lines += [line(_cells(result)) for result in results]
    PAGE.write_text(between(PAGE.read_text(), lines))


def between(page: str, lines: list[str]) -> str:
    """The page with these lines between its markers."""
    block = "\n".join([BEGIN, "", *lines, "", END])
    return re.sub(f"{BEGIN}.*{END}", lambda _: block, page, flags=re.S)


def _cells(one: Result) -> list[str]:
    when = f"{one.at[:10]}, {one.commit}, {one.scale}, {one.seconds} s"
    cells = [one.number, one.title, one.value, one.bar, str(one.points), one.verdict]
    return [*cells, one.detail, f"`{one.command}`", when]


def line(cells: list[str]) -> str:
    """One row of a table in Markdown."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
