"""Measures a table's rows in two parallel processes, one for each core.

Rows that read a clock wait until both are done, so that nothing else is measured beside them.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from .results import ROOT, Result
from .row import Row


@dataclass(frozen=True)
class SecondProcess:
    """What a second process measures: the table's package, the modules, its options."""

    package: str
    beside: frozenset[str]
    options: list[str]


def run_all(
    rows: list[Row], measure: Callable[[Row], Result], second: SecondProcess
) -> list[Result]:
    """Measure every row here or, with the same options, in a second process."""
    beside = [row for row in rows if not row.timed and _module(row) in second.beside]
    here = [row for row in rows if not row.timed and row not in beside]
    with _second_process([row.name for row in beside], second) as theirs:
        own = [measure(row) for row in here]
    return own + theirs + [measure(row) for row in rows if row.timed]


def _module(row: Row) -> str:
    return row.measure.__module__.rpartition(".")[2] if row.measure else ""


@contextmanager
def _second_process(names: list[str], second: SecondProcess) -> Iterator[list[Result]]:
    """Another process measures these rows; their results are there when the block has ended."""
    results: list[Result] = []
    if not names:
        yield results
        return
    with tempfile.TemporaryDirectory(prefix="barut-measure-") as folder:
        into = Path(folder) / "results.json"
        command = [sys.executable, "-m", second.package, "--rows", ",".join(names)]
        command += ["--into", str(into), *second.options]
        process = subprocess.Popen(command, cwd=ROOT)
        try:
            yield results
            process.wait()
        finally:
            process.terminate()
            process.wait()
        results += [Result(**one) for one in json.loads(into.read_text())]


def write(results: list[Result], into: str) -> None:
    """Hand the results to the process that started this one."""
    Path(into).write_text(json.dumps([asdict(result) for result in results]))
