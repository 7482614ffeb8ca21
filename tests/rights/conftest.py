"""Fixtures for data rights: a person with rows everywhere, and a test desk above all others."""

from datetime import UTC, datetime

import pytest

from barut_reflex.core import clock, desks
from barut_reflex.core.desks import Desk
from barut_reflex.core.settings import settings

from ..cards.conftest import card, set_clock  # noqa: F401
from .filled_person import fill


@pytest.fixture(autouse=True)
def own_office(monkeypatch, tmp_path):
    """Keys and papers of one test are not those of another; it is 20 April 2026, 10.00 WIB."""
    monkeypatch.setattr(settings, "var", tmp_path / "var")
    monkeypatch.setattr(settings, "uploads", tmp_path / "uploaded_files")
    (tmp_path / "var").mkdir()
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 20, 3, 0, tzinfo=UTC))
    return tmp_path


@pytest.fixture
def filled(session, ahmad, rina):
    """Ahmad, of whom every desk holds something."""
    fill(session, ahmad, officer=rina)
    return ahmad


@pytest.fixture
def plant(monkeypatch):
    """`plant(own_data=…)`: a desk that this repository does not have, with that manifest."""

    def put(**parts):
        found = {**desks.all_desks(), "planted": Desk(**parts)}
        monkeypatch.setattr(desks, "all_desks", lambda: found)

    return put
