"""Publishing the bar: measuring some rows again keeps the other rows as they were."""

from dataclasses import replace

import pytest

from bar import table as bar
from measure import two_processes
from measure.results import BEGIN, END, Page, measured, publish
from measure.row import Figure, Row, Scale, Table

ROWS = [
    Row(name, f"Row {name}", "0", lambda scale: Figure("0", True), points=2, timed=timed)
    for name, timed in (("1", False), ("2", False), ("13", True))
]


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "security.md"
    path.write_text(f"before\n{BEGIN}\n{END}\nafter\n")
    return Page(path, tmp_path / "security.json", bar.HEADS, bar.cells, bar.score)


@pytest.fixture
def results():
    return [replace(measured(row, Scale.NORMAL), commit="old") for row in ROWS]


def test_a_row_measured_again_leaves_the_others(page, results):
    for result in [*results, replace(results[2], value="9", passed=False, commit="new")]:
        publish(result, Table("bar", [], ROWS), page)
    lines = page.path.read_text().splitlines()
    commits = [commit for line in lines for commit in ("old", "new") if f", {commit}, " in line]
    assert commits == ["old", "old", "new"]
    assert "Score: 4 of 6 points of the rows measured; missed: 13" in page.path.read_text()
    assert (lines[0], lines[-1]) == ("before", "after")


def test_a_row_that_is_measured_no_more_goes(page, results):
    for result in results:
        publish(result, Table("bar", [], ROWS), page)
    publish(results[0], Table("bar", [], ROWS[:1]), page)
    assert "Row 2" not in page.path.read_text()


def test_rows_that_read_a_clock_wait_until_nothing_else_is_measured():
    seen = []
    none_beside = two_processes.SecondProcess("bar", frozenset(), [])
    two_processes.run_all(
        ROWS, lambda row: seen.append(row.name) or measured(row, Scale.NORMAL), none_beside
    )
    assert seen == ["1", "2", "13"]
