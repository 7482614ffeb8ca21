"""The totals of the officer's desk: who is counted, and that a worker caches them for seconds."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from cachetools import TTLCache
from sqlalchemy import event
from sqlmodel import Session

from barut_reflex.people.rules import Role
from barut_reflex.review.queries import counts, inbox
from probes.factories import make_application, make_person

RECENT = counts.cached_counts  # before the tests of this folder take it away


@pytest.fixture
def recent(monkeypatch):
    """Counts as the office keeps them."""
    monkeypatch.setattr(counts, "cached_counts", RECENT)


def note_counting(engine):
    """The counting statements that reach the database from now on."""
    found = []

    def note(_connection, _cursor, statement, *_):
        if "count(" in statement:
            found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    return found


@pytest.fixture
def asked(session, recent):
    return note_counting(session.get_bind())


def test_who_is_neither_job_seeker_nor_staff_is_not_counted_as_staff(session, rina, people):
    if session.connection().dialect.name == "postgresql":
        session.execute(sa.text("ALTER TABLE person DROP CONSTRAINT ck_person_role"))
    else:
        session.execute(sa.text("PRAGMA ignore_check_constraints=ON"))
    assert inbox.get_dashboard(session, rina).totals.staff == 1
    change = "UPDATE person SET role = '{}' WHERE role = '{}'"
    session.execute(sa.text(change.format("PARTNER", "JOB_SEEKER")))
    assert inbox.get_dashboard(session, rina).totals.staff == 1
    session.execute(sa.text(change.format("OFFICER", "PARTNER")))
    assert inbox.get_dashboard(session, rina).totals.staff > 1


def test_pages_ask_once_and_again_after_some_seconds(session, rina, people, asked):
    for _ in range(3):
        assert inbox.get_dashboard(session, rina).totals.waiting == 7
        assert inbox.list_applications(session, rina, "", "", "").total == 7
    assert len(asked) == 3  # applications, people, staff
    make_application(session, applicant=make_person(session, name="Ahmad"))
    assert inbox.get_dashboard(session, rina).totals.waiting == 7
    assert isinstance(RECENT.cache, TTLCache)
    RECENT.cache.expire(time.monotonic() + counts.CACHE_SECONDS)
    assert inbox.get_dashboard(session, rina).totals.waiting == 8
    assert len(asked) == 6


def test_at_the_same_time_one_asks_and_the_others_wait(file_office, recent):
    with Session(file_office) as session:
        make_person(session, name="Ahmad")
    found = note_counting(file_office)

    def ask(_):
        with Session(file_office) as session:
            return counts.cached_counts(session)

    with ThreadPoolExecutor(4) as threads:
        assert {answer.people for answer in threads.map(ask, range(8))} == {1}
    assert len(found) == 3


def test_what_is_kept_is_shown_to_staff_only(session, rina, people, recent):
    assert inbox.get_dashboard(session, rina).totals.people == 8
    seeker = make_person(session, name="Ahmad", role=Role.JOB_SEEKER)
    assert inbox.get_dashboard(session, seeker) == inbox.Dashboard()
    assert inbox.list_applications(session, seeker, "", "", "") == inbox.Listing()


def test_an_old_count_never_contradicts_the_page(session, rina, recent):
    """Somebody sent since: the page that shows them says at least so many."""
    assert inbox.list_applications(session, rina, "", "", "").summary == "Menampilkan 0 data"
    make_application(session, applicant=make_person(session, name="Ahmad"))
    listing = inbox.list_applications(session, rina, "", "", "")
    assert (listing.total, listing.summary) == (1, "Menampilkan 1 - 1 dari 1 data")
