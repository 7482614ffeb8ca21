"""`python -m bench [--small] [--rows check,events-1] [--publish]`: measure, keep, publish."""

import argparse
import importlib
import signal
import sys

from . import table
from .row import ROWS, Scale

MODULES = [
    "bench.rows_pages",
    "bench.rows_events",
    "bench.rows_check",
    "bench.rows_uploads",
    "bench.rows_lists",
    "bench.rows_pdf",
    "bench.rows_case",
    "bench.rows_rush",
    "bench.rows_slow",
]


def main() -> int:
    """Exit code 1 when a goal is missed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the office closes too
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--small", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--rows", default="", help="only those whose name begins so: check,events")
    parser.add_argument("--publish", action="store_true", help="write docs/benchmarks.* too")
    asked = parser.parse_args()
    for name in MODULES:
        importlib.import_module(name)
    wanted = tuple(name.strip() for name in asked.rows.split(",") if name.strip())
    chosen = [row for row in ROWS if not wanted or row.name.startswith(wanted)]
    scale = Scale.SMALL if asked.small else Scale.BENCH
    measured = []
    for row in chosen:
        measured.append(table.measured(row, scale))
        print(table.as_text(measured[-1:]), flush=True)
        kept = table.keep(measured[-1:], [row.name for row in ROWS])
        if asked.publish:
            table.publish(kept)
    print(f"{sum(one.passed for one in measured)} of {len(measured)} goals met")
    return 0 if all(result.passed for result in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
