"""Offices on a real PostgreSQL."""

import pytest

from barut_reflex.core import db
from probes.servers import postgres_database


@pytest.fixture
def postgres_office(monkeypatch):
    """An empty office on PostgreSQL; gives its engine."""
    with postgres_database() as url:
        engine = db.make_engine(url)
        monkeypatch.setattr(db, "engine", engine)
        yield engine
        engine.dispose()
