"""The rows of the bar in reduced size, against the office the journeys use."""

import pytest

from bar import served, xss
from tests.e2e.conftest import chromium, office  # noqa: F401


@pytest.fixture(scope="session")
def attacked(office, chromium):  # noqa: F811
    """The running office of the journeys, as the rows find it."""
    served.use(office)
    xss.use(chromium)
    return office
