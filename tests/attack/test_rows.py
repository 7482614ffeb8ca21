"""Every row of the security bar whose figure is not a time, at reduced size."""

import pytest

from bar.table import TABLE
from measure.row import Row, Scale
from probes.attackers import xss

SERVED = ("events", "payloads", "codes", "http", "leaks", "pages", "trail", "views", "connections")
MINE = tuple(f"bar.rows_{name}" for name in SERVED)
ROWS = TABLE.load()
WITH_BROWSER = "41"
UNTIMED = {
    row.name: row
    for row in ROWS
    if row.measure and row.measure.__module__ in MINE and not row.timed
}


@pytest.mark.parametrize("number", sorted(set(UNTIMED) - {WITH_BROWSER}))
def test_row(attacked, number):
    clears_the_bar(UNTIMED[number])


def test_row_with_a_browser(attacked, chromium):
    xss.set_browser(chromium)
    clears_the_bar(UNTIMED[WITH_BROWSER])


def clears_the_bar(row: Row) -> None:
    assert row.measure is not None
    figure = row.measure(Scale.SMALL)
    assert figure.passed, f"{figure.value}: {figure.detail}"


def test_no_row_is_forgotten():
    assert set(UNTIMED) == {
        *("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "15", "16", "17"),
        *("30", "38", "39", "40", "41", "43", "46", "G1", "G3", "G4"),
    }


def test_rows_of_missing_parts_are_named_and_give_nothing():
    assert "42" in [row.name for row in ROWS if row.measure is None]
