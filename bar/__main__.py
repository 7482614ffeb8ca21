"""`python -m bar [--small | --full] [--rows 1,2,G1] [--publish]`: measure, print, publish."""

import argparse
import signal
import sys

from . import lanes, modules, table
from .row import ROWS, Row, Scale


def main() -> int:
    """Exit code 1 when a measured row fails."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the office closes too
    asked = _asked()
    scale = Scale.SMALL if asked.small else Scale.FULL if asked.full else Scale.BAR
    for name in modules.load():
        print(f"not there yet: {name}")
    known = {(row.number, row.title) for row in ROWS}

    def measure(row: Row) -> table.Result:
        result = table.measured(row, scale)
        print(table.as_text([result]), flush=True)
        if asked.publish:  # at once: a run that is cut short has measured something
            table.publish(result, known)
        return result

    wanted = {number.strip() for number in asked.rows.split(",") if number.strip()}
    chosen = sorted((row for row in ROWS if not wanted or row.number in wanted), key=table.order)
    if wanted:
        measured = [measure(row) for row in chosen]
    else:
        options = [f"--{scale}"] * (scale is not Scale.BAR) + ["--publish"] * asked.publish
        measured = sorted(lanes.run_all(chosen, measure, options), key=table.order)
    if asked.into:
        lanes.write(measured, asked.into)
    else:
        print("", table.score(measured), sep="\n")
    return 0 if all(result.passed for result in measured if result.is_built) else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bar")
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--small", action="store_true", help="the sizes of make test")
    sizes.add_argument("--full", action="store_true", help="the sizes of make bar-full")
    parser.add_argument("--rows", default="", help="only these, one after the other: 1,2,G1")
    parser.add_argument("--publish", action="store_true", help="write docs/security.* too")
    parser.add_argument("--into", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
