"""Command line of `bar`, `bench` and `printtest`: measures rows, prints, publishes if asked."""

import argparse
import signal
import sys

from . import results, two_processes
from .results import Page, Result
from .row import Row, Scale, Table


def main(table: Table, page: Page, beside: frozenset[str] = frozenset()) -> int:
    """Measure, print and, if asked, publish each row at once; exit code 1 when a goal is missed.

    Rows of the modules `beside` are measured in a second process, on the other core.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the office closes too
    asked = _arguments(table)
    scale = Scale.SMALL if asked.small else Scale.FULL if asked.full else Scale.NORMAL
    rows = table.load()

    def measure(row: Row) -> Result:
        result = results.measured(row, scale)
        print(results.as_text(result), flush=True)
        if asked.publish:  # at once: a run that is cut short has measured something
            results.publish(result, table, page)
        return result

    wanted = tuple(name.strip() for name in asked.rows.split(",") if name.strip())
    chosen = sorted((row for row in rows if _is_wanted(row, wanted)), key=results.order)
    if wanted or not beside:
        measured = [measure(row) for row in chosen]
    else:
        options = [f"--{scale}"] * (scale is not Scale.NORMAL) + ["--publish"] * asked.publish
        second = two_processes.SecondProcess(table.name, beside, options)
        measured = two_processes.run_all(chosen, measure, second)
        measured.sort(key=results.order)
    if asked.into:
        two_processes.write(measured, asked.into)
    else:
        print("", page.summary(measured), sep="\n")
    return 0 if all(result.passed for result in measured if result.is_built) else 1


def _is_wanted(row: Row, wanted: tuple[str, ...]) -> bool:
    """By its whole name, or by the first word of it: "check" for "check-sqlite"."""
    return not wanted or row.name in wanted or row.name.split("-")[0] in wanted


def _arguments(table: Table) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m {table.name}")
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--small", action="store_true", help="small sizes, as in make test")
    sizes.add_argument("--full", action="store_true", help="larger sizes")
    parser.add_argument("--rows", default="", help="only these: 1,2,G1 or check,events-1")
    parser.add_argument("--publish", action="store_true", help="write the table into docs/ too")
    parser.add_argument("--into", default="", help=argparse.SUPPRESS)
    return parser.parse_args()
