"""Fixtures for seal tests: a card of ahmad, its own office and a settable clock."""

from ..cards.conftest import card, own_office, set_clock  # noqa: F401
