"""From SQLite to PostgreSQL by way of a backup, and a drill on PostgreSQL alone."""

from ..reliability.drill import drill
from .servers import empty_database


def test_an_office_moves_to_postgresql(tmp_path):
    with empty_database() as url:
        found = drill(tmp_path, desks=1, before=4, after=4, urls=("", url))
    assert found.is_clean
    assert found.later > 0


def test_a_drill_on_postgresql(tmp_path):
    with empty_database() as one, empty_database() as other:
        found = drill(tmp_path, desks=2, before=4, after=4, urls=(one, other))
    assert found.is_clean
    assert found.held >= 4
