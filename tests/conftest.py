"""Fixtures for all tests: people (ahmad and siti seek work, rina is officer, pak_budi admin)."""

# isort: off
from probes import throwaway as _throwaway  # noqa: F401 - before barut_reflex is imported

from . import canary as birds  # before others take the functions it listens to

# isort: on
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from barut_reflex.core import db
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role, StaffKind
from barut_reflex.review.queries import counts
from probes.factories import make_person

from . import databases
from .served import chromium, office, quiet  # noqa: F401


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what touches the database is run; the rest ran on SQLite."""
    if not databases.IS_POSTGRES:
        return
    asks = {"session", "file_office"}
    chosen = [
        item
        for item in items
        if asks & set(item.fixturenames) and not item.get_closest_marker("sqlite")
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


@pytest.fixture(autouse=True)
def canary() -> Iterator[birds.Canary]:
    """Fails a test in which a personal value passed where none may (`tests/canary.py`)."""
    bird = birds.start()
    yield bird
    assert bird.heard == []


@pytest.fixture(autouse=True)
def nothing_counted_before():
    """What a worker keeps for some seconds is not the test's before."""
    counts.cached_counts.cache_clear()


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """An empty office on one connection: SQLite in memory, or PostgreSQL when that is asked."""
    with databases.quick_engine() as engine:
        monkeypatch.setattr(db, "engine", engine)
        with Session(engine, expire_on_commit=False) as session:
            yield session


@pytest.fixture
def file_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    """An empty office for acts that run at the same time; gives its engine."""
    with databases.shared_engine(tmp_path) as engine:
        monkeypatch.setattr(db, "engine", engine)
        yield engine


@pytest.fixture
def ahmad(session: Session) -> Person:
    return make_person(session, name="Ahmad")


@pytest.fixture
def siti(session: Session) -> Person:
    return make_person(session, name="Siti")


@pytest.fixture
def rina(session: Session) -> Person:
    return make_person(
        session,
        name="Rina",
        role=Role.OFFICER,
        position="Pengantar Kerja",
        staff_kind=StaffKind.PNS,
        staff_number="198501012010012001",
    )


@pytest.fixture
def pak_budi(session: Session) -> Person:
    return make_person(
        session,
        name="Budi",
        role=Role.ADMINISTRATOR,
        position="Kepala Bidang",
        staff_kind=StaffKind.PNS,
        staff_number="197001011995011001",
    )
