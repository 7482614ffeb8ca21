"""Fixtures for card tests: a card of ahmad, its own office and a settable clock."""

from datetime import UTC, datetime

import pytest

from barut_reflex.core import clock
from barut_reflex.core.settings import settings
from probes.card_factories import give_card

ISSUED = datetime(2026, 4, 20, 3, 0, tzinfo=UTC)  # 10.00 WIB


@pytest.fixture
def set_clock(monkeypatch):
    """`set_clock(2026, 4, 20, 3)` in UTC."""

    def to(*moment: int) -> datetime:
        now = datetime(*moment, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: now)
        return now

    to(2026, 4, 20, 3)
    return to


@pytest.fixture(autouse=True)
def own_office(monkeypatch, tmp_path):
    """Keys and papers of one test are not those of another."""
    monkeypatch.setattr(settings, "var", tmp_path / "var")
    monkeypatch.setattr(settings, "uploads", tmp_path / "uploaded_files")
    (tmp_path / "var").mkdir()
    return tmp_path


@pytest.fixture
def card(session, set_clock, ahmad, rina):
    """A card issued to ahmad on 20 April 2026 by rina."""
    return give_card(session, holder=ahmad, officer=rina)
