"""Disaster recovery: restore from backup and ledger; lost rows, recovery times (row 36)."""

import contextlib
import io
import tempfile
from pathlib import Path

from measure.row import Figure, Scale
from probes.faults.restore_drill import RestoreResult, run_drill
from probes.servers import empty_database

from .table import TABLE

TEN_GB = 10 * 1024  # MB
MAX_MINUTES = 15  # minutes


@TABLE.row(
    36,
    "Restore drill: missing files, reissued numbers, revived sessions; RPO; RTO (10 GB)",
    goal="0, 0, 0; <= 15 min; <= 15 min",
    points=3,
    timed=True,
)
def restore_drill(scale: Scale) -> Figure:
    size, before = scale.of((20_000, 6), (2_000_000, 60), (2_000_000, 600))
    found = {"SQLite": _drill(size, before, ("", ""))}
    with empty_database() as one, empty_database() as other:
        found["PostgreSQL"] = _drill(20_000, 6, (one, other))
    with empty_database() as moved:
        found["SQLite to PostgreSQL"] = _drill(20_000, 6, ("", moved))
    found["ledger lost too"] = _drill(20_000, 6, ("", ""), keep_ledger=False)
    big = found["SQLite"]
    backup, restore = (seconds / big.megabytes * TEN_GB / 60 for seconds in big.seconds)
    everyone = found.values()
    missing = sum(one.missing + one.lost for one in everyone)
    reissued, revived = (sum(getattr(o, n) for o in everyone) for n in ("reissued", "revived"))
    clean = all(one.is_clean for name, one in found.items() if name != "ledger lost too")
    value = f"{missing}, {reissued}, {revived}; {backup:.1f} min; {restore:.1f} min"
    detail = (
        f"{', '.join(found)}; under load; {big.papers_in_backup} papers, {big.megabytes:.0f} MB, "
        f"scaled to 10 GB; {big.numbers_after_backup} numbers given after the backup began; "
        f"codes and cards in a wrong state: {big.wrong_codes}; "
        "RPO is the time one backup takes, every 15 minutes"
    )
    if scale is Scale.SMALL:  # too little to reckon from
        return Figure(value, clean and not (missing or reissued or revived), detail)
    in_time = backup <= MAX_MINUTES and restore <= MAX_MINUTES
    return Figure(value, clean and not (missing or reissued or revived) and in_time, detail)


def _drill(
    size: int, before: int, urls: tuple[str, str], *, keep_ledger: bool = True
) -> RestoreResult:
    sizes = {"size": size, "before": before, "after": 5}
    place = tempfile.TemporaryDirectory(prefix="barut-bar-")
    with place as folder, contextlib.redirect_stdout(io.StringIO()):
        return run_drill(Path(folder), **sizes, urls=urls, keep_ledger=keep_ledger)
