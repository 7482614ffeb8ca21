"""The table: measured, judged, printed, and with `--publish` kept in docs/qr.md."""

import argparse
import subprocess
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from . import rows
from .rows import GATE, Result

PLACE = Path(__file__).parent.parent / "docs" / "qr.md"
BEGIN, END = "<!-- print test -->", "<!-- end of print test -->"
HEAD = [
    "| card | QR | dpi | zbar | zxing-cpp | must be |",
    "|---|---|---|---|---|---|",
]


def main(words: Sequence[str]) -> int:
    """Measure every row; 1 if a gated one is under its gate."""
    parser = argparse.ArgumentParser(prog="python -m printtest", description=__doc__)
    parser.add_argument(
        "--many",
        type=int,
        default=100,
        help="pictures of each resolution; gated rows take four times as many",
    )
    parser.add_argument("--publish", action="store_true", help=f"write the table to {PLACE.name}")
    asked = parser.parse_args(words)
    began = time.monotonic()
    print("\n".join(HEAD), flush=True)
    results = []
    for row in rows.ROWS:
        results.append(rows.measure(row, asked.many))
        print(line(results[-1]), flush=True)
    if asked.publish:
        _publish([_stamp(asked.many, time.monotonic() - began), "", *HEAD, *map(line, results)])
    return 0 if all(map(passes, results)) else 1


def passes(result: Result) -> bool:
    rates = (result.zbar, result.zxing)
    no_wrong = all(rate.wrong == 0 for rate in rates)
    return no_wrong and (not result.row.is_gated or min(rate.share for rate in rates) >= GATE)


def line(result: Result) -> str:
    row = result.row
    dpi = f"{row.dpi[0]}–{row.dpi[-1]}" if len(row.dpi) > 1 else str(row.dpi[0])
    gate = f"≥ {GATE:.0%}: {'ok' if passes(result) else 'FAILS'}" if row.is_gated else "–"
    rates = " | ".join(_rate(rate) for rate in (result.zbar, result.zxing))
    return f"| {row.name} | {row.side:.0f} mm | {dpi} | {rates} | {gate} |"


def _rate(rate: rows.Rate) -> str:
    wrong = f", {rate.wrong} wrong" if rate.wrong else ""
    return f"{rate.share:.1%} ({rate.read}/{rate.of}{wrong})"


def _stamp(many: int, seconds: float) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return (
        f"{datetime.now(UTC):%d %B %Y}, commit {commit}, `python -m printtest --many {many}`, "
        f"{seconds:.0f} s."
    )


def _publish(lines: list[str]) -> None:
    before, _, rest = PLACE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    PLACE.write_text("\n".join([f"{before}{BEGIN}", *lines, f"{END}{after}"]))
