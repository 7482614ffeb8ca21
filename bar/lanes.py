"""A whole run in two lanes, one for each core: rows about the served office, and all the others.

Rows that read a clock wait until both lanes are empty.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from . import table
from .row import Row
from .table import Result

OTHER_LANE = {f"bar.rows_{name}" for name in ("files", "races", "faults", "restore")}


def run_all(rows: list[Row], measure: Callable[[Row], Result], options: list[str]) -> list[Result]:
    """Measure every row here or, with the same `options`, in a process beside."""
    beside = [row for row in rows if not row.timed and _module(row) in OTHER_LANE]
    here = [row for row in rows if not row.timed and row not in beside]
    with _lane([row.number for row in beside], options) as theirs:
        own = [measure(row) for row in here]
    return own + theirs + [measure(row) for row in rows if row.timed]


def _module(row: Row) -> str:
    return row.measure.__module__ if row.measure else ""


@contextmanager
def _lane(numbers: list[str], options: list[str]) -> Iterator[list[Result]]:
    """Another process measures these rows; their results are there when the block has ended."""
    results: list[Result] = []
    if not numbers:
        yield results
        return
    with tempfile.TemporaryDirectory(prefix="barut-bar-") as folder:
        into = Path(folder) / "results.json"
        command = [sys.executable, "-m", "bar", "--rows", ",".join(numbers), "--into", str(into)]
        lane = subprocess.Popen([*command, *options], cwd=table.ROOT)
        try:
            yield results
            lane.wait()
        finally:
            lane.terminate()
            lane.wait()
        results += [Result(**one) for one in json.loads(into.read_text())]


def write(results: list[Result], into: str) -> None:
    """Hand the results to the process that opened this lane."""
    Path(into).write_text(json.dumps([asdict(result) for result in results]))
