"""The table of the bar: its modules of rows, its score, and its layout in `docs/security.md`."""

from measure.results import ROOT, Page, Result
from measure.row import Scale, Table

TABLE = Table(
    "bar",
    [
        "rows_events",
        "rows_payloads",
        "rows_codes",
        "rows_http",
        "rows_leaks",
        "rows_times",
        "rows_cost",
        "rows_pages",
        "rows_files",
        "rows_invisible_text",
        "rows_races",
        "rows_trail",
        "rows_views",
        "rows_connections",
        "rows_faults",
        "rows_restore",
        "rows_slow",
        "rows_anonymous",
    ],
)
SECOND_PROCESS = frozenset({"rows_files", "rows_races", "rows_faults", "rows_restore"})
HEADS = ["row", "measure", "figure", "bar", "points", "result", "made of", "command", "when"]


def score(results: list[Result]) -> str:
    """Points reached, of those that can be reached with the parts that exist."""
    by_number: dict[str, list[Result]] = {}
    for result in results:
        by_number.setdefault(result.name, []).append(result)
    built = {n: rows for n, rows in by_number.items() if all(row.is_built for row in rows)}
    reached = sum(rows[0].points for rows in built.values() if all(row.passed for row in rows))
    possible = sum(rows[0].points for rows in built.values())
    failing = [n for n, rows in built.items() if not all(row.passed for row in rows)]
    absent = [n for n in by_number if n not in built]
    said = f"Score: {reached} of {possible} points of the rows measured"
    said += f"; missed: {', '.join(failing)}" if failing else "; none missed"
    return said + (f"; part not built: {', '.join(absent)}." if absent else ".")


def command(one: Result) -> str:
    """What measures this row again."""
    size = "" if one.scale == Scale.NORMAL else f" --{one.scale}"
    return f"python -m bar{size} --rows {one.name}"


def cells(one: Result) -> list[str]:
    """One result as a row of the page."""
    found = [one.name, one.title, one.value, one.goal, str(one.points), one.verdict]
    return [*found, one.detail, f"`{command(one)}`", one.when]


PAGE = Page(
    ROOT / "docs" / "security.md", ROOT / "docs" / "security.json", HEADS, cells, summary=score
)
