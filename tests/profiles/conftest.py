"""A profile of ahmad, and the office's clock on 20 April 2026."""

from datetime import UTC, datetime

import pytest

from barut_reflex.core import clock
from probes.factories import make_profile


@pytest.fixture
def on_20_april(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 20, 3, 0, tzinfo=UTC))


@pytest.fixture
def profile(session, ahmad):
    return make_profile(session, person=ahmad)
