"""Fixtures for real PostgreSQL databases and for an office with its own secret."""

import os

import pytest

from barut_reflex import cli
from barut_reflex.core import audit, db
from barut_reflex.core.settings import settings
from probes.faults.backlog import make_officer, make_submitted_cases
from probes.faults.restore_work import store_paper, store_photo
from probes.faults.temporary_office import office_at
from probes.servers import empty_database, postgres_database

from .ways_in import RIGHT, work_as


@pytest.fixture
def postgres_office(monkeypatch):
    """An empty office on PostgreSQL; gives its engine."""
    with postgres_database() as url:
        engine = db.make_engine(url)
        monkeypatch.setattr(db, "engine", engine)
        yield engine
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request):
    """Where the office's rows lie: a file of its own, or a database of its own."""
    if request.param == "sqlite":
        yield ""
        return
    with empty_database() as url:
        yield url


@pytest.fixture
def own_secret(monkeypatch):
    monkeypatch.setitem(settings.__dict__, "secret_key", settings.secret_key)  # as it was, after


@pytest.fixture
def real(own_secret, address, monkeypatch, tmp_path):
    """A real office with people, papers and a trail, right as it is; gives its folder."""
    work_as(monkeypatch, "production", RIGHT)
    monkeypatch.setattr(os, "execvpe", lambda *words: pytest.fail("the server opened"))
    with office_at(tmp_path / "office", address):
        assert cli.main(["kunci-qr"]) == 0
        make_officer()
        store_paper(make_submitted_cases(1, store_photo())[0].applicant_id, b"ktp")
        with db.writing() as session:
            for number in range(4):
                audit.record(session, f"act_{number}", by=None)
        yield tmp_path / "office"
