from ..cards.conftest import card, own_office, set_clock  # noqa: F401
