"""The person behind a token is cached per database version, and only for a short time."""

import pytest
from sqlmodel import Session

from barut_reflex.core import clock, db, tokens
from barut_reflex.gate import transactions
from barut_reflex.people.rules import IDLE_LIFETIME
from barut_reflex.people.service import sessions
from probes.factories import known, make_person


@pytest.fixture
def asked(monkeypatch):
    """How often the database was asked."""
    found = []
    read = sessions.load_sign_in
    monkeypatch.setattr(
        sessions, "load_sign_in", lambda session, token: found.append(1) or read(session, token)
    )
    return found


def signed_in(engine) -> str:
    with Session(engine, expire_on_commit=False) as session:
        token = sessions.sign_in(session, make_person(session, name="Ahmad").id)
        session.commit()
    return tokens.fingerprint(token)


@pytest.mark.sqlite  # PostgreSQL is asked each time
async def test_a_quiet_office_is_asked_once(file_office, asked):
    token = signed_in(file_office)
    people = [known(await transactions.current_sign_in(token)).person.name for _ in range(5)]
    assert people == ["Ahmad"] * 5
    assert len(asked) == 1


async def test_a_session_that_ends_is_refused_at_once(file_office, asked):
    token = signed_in(file_office)
    assert await transactions.current_sign_in(token)
    with db.writing() as session:
        sessions.sign_out(session, token)
    assert await transactions.current_sign_in(token) is None


async def test_without_checking_the_version_it_would_live_on(file_office, asked, monkeypatch):
    token = signed_in(file_office)
    monkeypatch.setattr(db, "data_version", lambda: 1)
    assert await transactions.current_sign_in(token)
    with db.writing() as session:
        sessions.sign_out(session, token)
    assert await transactions.current_sign_in(token)


async def test_a_disabled_account_is_refused_at_once(file_office, asked):
    token = signed_in(file_office)
    person = known(await transactions.current_sign_in(token)).person
    with db.writing() as session:
        session.get_one(type(person), person.id).is_active = False
    assert await transactions.current_sign_in(token) is None


@pytest.mark.sqlite
async def test_a_session_grows_old_though_nobody_writes(file_office, asked, monkeypatch):
    token = signed_in(file_office)
    found = known(await transactions.current_sign_in(token))
    late = clock.utc(found.row.seen) + IDLE_LIFETIME[found.person.role]
    monkeypatch.setattr("barut_reflex.core.clock.now", lambda: late)
    assert await transactions.current_sign_in(token) is None
    assert len(asked) == 1


async def test_nothing_is_kept_where_there_is_no_version(session, asked):
    token = signed_in(db.engine)
    assert db.data_version() is None
    assert await transactions.current_sign_in(token) and await transactions.current_sign_in(token)
    assert len(asked) == 2
