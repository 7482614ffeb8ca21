"""PostgreSQL restarts: acts are refused meanwhile, then succeed without restarting the office."""

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from barut_reflex.applications import service as applications
from barut_reflex.applications.models import Application
from barut_reflex.core import db
from barut_reflex.people.models import Person
from probes.faults.backlog import make_ready_seeker
from probes.faults.busy_database import is_busy_message
from probes.servers import start_postgres, stop_postgres


def start(seeker):
    with db.writing() as session:
        applications.start_new(session, session.get_one(Person, seeker))


def begun():
    with db.reading() as session:
        return len(session.exec(select(Application)).all())


@pytest.fixture
def seekers(postgres_office):
    return [make_ready_seeker() for _ in range(3)]


def test_after_a_restart_the_same_process_goes_on(seekers):
    start(seekers[0])
    stop_postgres()
    try:
        with pytest.raises(OperationalError) as refused:
            start(seekers[1])
    finally:
        start_postgres()
    assert is_busy_message(refused.value)
    start(seekers[2])
    assert begun() == 2


def test_without_asking_first_a_dead_connection_would_be_used(seekers, monkeypatch):
    monkeypatch.setattr(db, "engine", create_engine(db.engine.url))
    start(seekers[0])
    stop_postgres()
    start_postgres()
    with pytest.raises(OperationalError):
        start(seekers[1])
