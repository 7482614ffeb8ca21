"""The rows of the bar in reduced size, against the office the journeys use."""

import pytest

from probes import served
from tests.e2e.conftest import chromium, office, pytest_collection_modifyitems  # noqa: F401


@pytest.fixture(scope="session")
def attacked(office):  # noqa: F811
    """The running office of the journeys, as the rows find it."""
    served.set_office(office)
    return office
