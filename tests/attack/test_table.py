"""The published table: rows measured again alone leave the others as they were."""

from dataclasses import replace

import pytest

from bar import lanes, table
from bar.row import Figure, Row, Scale

ROWS = [
    Row(number, f"Row {number}", "0", 2, "none", timed, lambda scale: Figure("0", True))
    for number, timed in (("1", False), ("2", False), ("13", True))
]
KNOWN = {(row.number, row.title) for row in ROWS}


@pytest.fixture
def page(monkeypatch, tmp_path):
    monkeypatch.setattr(table, "KEPT", tmp_path / "security.json")
    monkeypatch.setattr(table, "PAGE", tmp_path / "security.md")
    table.PAGE.write_text(f"before\n{table.BEGIN}\n{table.END}\nafter\n")
    return table.PAGE


@pytest.fixture
def results():
    return [replace(table.measured(row, Scale.BAR), commit="old") for row in ROWS]


def test_a_row_measured_again_leaves_the_others(page, results):
    for result in results:
        table.publish(result, KNOWN)
    table.publish(replace(results[2], value="9", passed=False, commit="new"), KNOWN)
    lines = page.read_text().splitlines()
    commits = [commit for line in lines for commit in ("old", "new") if f", {commit}, bar" in line]
    assert commits == ["old", "old", "new"]
    assert "Score: 4 of 6 points of the rows measured; failing: 13." in page.read_text()
    assert (lines[0], lines[-1]) == ("before", "after")


def test_a_row_that_is_measured_no_more_goes(page, results):
    for result in results:
        table.publish(result, KNOWN)
    table.publish(results[0], {("1", "Row 1")})
    assert "Row 2" not in page.read_text()


def test_rows_that_read_a_clock_wait_until_the_lanes_are_empty():
    seen = []
    lanes.run_all(ROWS, lambda row: seen.append(row.number) or table.measured(row, Scale.BAR), [])
    assert seen == ["1", "2", "13"]
