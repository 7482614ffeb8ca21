"""The built pages stay within their size budgets (`tools/check_budgets.py`)."""

import pytest

from tools import check_budgets, frontend
from tools.check_budgets import EXPORTED, export_over_budget


@pytest.fixture(scope="module")
def client():
    frontend.build()
    return frontend.web_folder() / "build" / "client"


def test_nothing_of_the_export_weighs_more_than_it_may(client):
    assert export_over_budget(client) == []


def test_budgets_that_are_too_small_are_noticed(client, monkeypatch):
    monkeypatch.setattr(check_budgets, "EXPORTED", dict.fromkeys(EXPORTED, 1_000))
    monkeypatch.setattr(check_budgets, "HEAVIEST_PAGE", 100_000)
    assert len(export_over_budget(client)) == len(EXPORTED) + 1
