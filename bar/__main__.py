"""`python -m bar [--small | --full] [--rows 1,2,G1]`: measure, print, keep, publish."""

import argparse
import signal
import sys

from . import modules, table
from .row import ROWS, Scale


def main() -> int:
    """Exit code 1 when a measured row fails."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the office closes too
    parser = argparse.ArgumentParser(prog="python -m bar")
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--small", action="store_true", help="the sizes of make test")
    sizes.add_argument("--full", action="store_true", help="the sizes of make bar-full")
    parser.add_argument("--rows", default="", help="only these, such as 1,2,G1")
    parser.add_argument("--publish", action="store_true", help="write docs/security.md too")
    asked = parser.parse_args()
    scale = Scale.SMALL if asked.small else Scale.FULL if asked.full else Scale.BAR
    for name in modules.load():
        print(f"not there yet: {name}")
    wanted = {number.strip() for number in asked.rows.split(",") if number.strip()}
    chosen = [row for row in ROWS if not wanted or row.number in wanted]
    measured = []
    for row in sorted(chosen, key=table.order):
        measured.append(table.measured(row, scale))
        print(table.as_text(measured[-1:]), flush=True)
        if asked.publish:  # at once: a run that is cut short has measured something
            table.publish(measured[-1], {(row.number, row.title) for row in ROWS})
    print("", table.score(measured), sep="\n")
    return 0 if all(result.passed for result in measured if result.is_built) else 1


if __name__ == "__main__":
    sys.exit(main())
