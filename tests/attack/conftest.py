"""The rows of the bar in reduced size, against the office the journeys use."""

import pytest

from bar import served, xss
from tests.e2e.conftest import chromium, office  # noqa: F401


@pytest.fixture(scope="session")
def attacked(office, chromium):  # noqa: F811
    """The running office, once the demo's other people have come: rows compare whole tables."""
    served.use(office)
    xss.use(chromium)
    served.wait_for_people(office)
    return office
