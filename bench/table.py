"""The table of the speed benchmark: its modules of rows, its layout in `docs/benchmarks.md`."""

from measure.results import ROOT, Page, Result
from measure.row import Table

TABLE = Table(
    "bench",
    [
        "rows_pages",
        "rows_events",
        "rows_check",
        "rows_uploads",
        "rows_lists",
        "rows_pdf",
        "rows_case",
        "rows_rush",
        "rows_slow",
    ],
)
HEADS = ["row", "what", "goal", "result", "ours", "machine", "against", "theirs", "ratio"]
HEADS += ["made of", "when"]


def summary(results: list[Result]) -> str:
    """How many goals are met, and on which machine the newest was measured."""
    met = sum(one.passed for one in results)
    newest = max(results, key=lambda one: one.at)
    return f"{met} of {len(results)} goals met, measured on {newest.machine}."


def cells(one: Result) -> list[str]:
    """One result as a row of the page."""
    found = [f"`{one.name}`", one.title, one.goal, one.verdict, one.value, one.speed]
    return [*found, one.against or "–", one.theirs, one.ratio, one.detail, one.when]


PAGE = Page(
    ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "benchmarks.json", HEADS, cells, summary
)
