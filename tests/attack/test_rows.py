"""Every row of the bar whose figure is not a time, at reduced size."""

import importlib

import pytest

from bar.row import ROWS, Scale

MINE = ("bar.rows_events", "bar.rows_codes", "bar.rows_http", "bar.rows_leaks", "bar.rows_pages")
for module in MINE:
    importlib.import_module(module)
UNTIMED = [row for row in ROWS if row.measure and row.measure.__module__ in MINE and not row.timed]


@pytest.mark.parametrize("row", UNTIMED, ids=[f"row {row.number}" for row in UNTIMED])
def test_row(attacked, row):
    figure = row.measure(Scale.SMALL)
    assert figure.passed, f"{figure.value}: {figure.detail}"


def test_no_row_is_forgotten():
    assert {row.number for row in UNTIMED} == {
        *("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "15", "16", "17"),
        *("38", "39", "40", "41", "43", "G1", "G3"),
    }


def test_rows_of_missing_parts_are_named_and_give_nothing():
    assert "42" in [row.number for row in ROWS if row.measure is None]
