"""Fixtures for the plain pages: the token of a signed-in person."""

import pytest
from sqlmodel import Session

from barut_reflex.core import db
from barut_reflex.people.rules import StaffKind
from barut_reflex.people.service import sessions
from probes.factories import make_person

STAFF = {"staff_kind": StaffKind.PNS, "staff_number": "198501012010012001"}


@pytest.fixture
def signed_in(file_office):
    """Makes somebody of that role and signs them in; gives the token of their cookie."""

    def make(role):
        with Session(db.engine, expire_on_commit=False) as session:
            person = make_person(session, name=f"Orang {role}", role=role, **STAFF)
            token = sessions.sign_in(session, person.id, device="test")
            session.commit()
            return token

    return make
