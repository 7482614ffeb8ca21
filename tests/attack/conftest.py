"""A served office for the rows of the security bar, which run here at reduced size."""

import pytest

from probes import served
from probes.office import Office


@pytest.fixture(scope="session")
def attacked(tmp_path_factory):
    """A running office, as the rows find it: no journey walks in it."""
    office = Office(tmp_path_factory.mktemp("attacked")).open()
    served.set_office(office)
    yield office
    office.close()
