"""Fixtures for gate tests: the app, its handlers, people of each role, a snapshot of all rows."""

import hashlib

import pytest
from reflex_base.registry import RegistrationContext
from sqlmodel import Session, SQLModel

from barut_reflex.core import db
from barut_reflex.people.rules import Role, StaffKind
from barut_reflex.people.service import sessions
from probes import composed
from probes.factories import make_person

ROLES = [None, Role.JOB_SEEKER, Role.OFFICER, Role.ADMINISTRATOR]


@pytest.fixture(scope="session")
def app():
    return composed.app()


@pytest.fixture(scope="session")
def handlers(app):
    with composed.registered(app):
        return dict(RegistrationContext.get().event_handlers)


@pytest.fixture
def cast(file_office):
    """One person a role, signed in: `cast[role]` is the hash their socket would carry."""
    hashes: dict[Role | None, str] = {None: ""}
    with Session(db.engine, expire_on_commit=False) as session:
        for role in Role:
            person = make_person(
                session,
                name=f"Orang {role}",
                role=role,
                staff_kind=StaffKind.PNS,
                staff_number="198501012010012001",
            )
            token = sessions.sign_in(session, person.id, device="test")
            session.commit()
            hashes[role] = hashlib.sha256(token.encode()).hexdigest()
    return hashes


def snapshot(engine) -> dict[str, list]:
    """All rows of all tables, to see whether anything changed."""
    quiet = {"signin", "limithit"}  # when a session was last used, counted tries
    with engine.connect() as connection:
        return {
            table.name: sorted(map(str, connection.execute(table.select()).all()))
            for table in SQLModel.metadata.sorted_tables
            if table.name not in quiet
        }
