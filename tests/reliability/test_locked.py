"""On a locked database an act waits or is refused whole; nothing needs repair."""

import threading
import time
from contextlib import contextmanager, nullcontext

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from barut_reflex.applications import service as applications
from barut_reflex.applications.models import Application
from barut_reflex.core import db, ledger
from barut_reflex.gate.doors import TROUBLE, handle_exception
from barut_reflex.people.models import Person
from probes.faults.backlog import make_ready_seeker
from probes.faults.busy_database import is_busy_message, lock_timeout, try_under_lock


@pytest.fixture
def start(file_office):
    """Begin an application: one act that writes."""
    seeker = make_ready_seeker()

    def act():
        with db.writing() as session:
            applications.start_new(session, session.get_one(Person, seeker))

    return act


def begun():
    with db.reading() as session:
        return len(session.exec(select(Application)).all())


def test_a_short_lock_is_waited_for(start):
    release = threading.Timer(0.2, lambda: gate.set())
    gate = threading.Event()
    release.start()
    assert try_under_lock(start, lambda: gate.wait(5)).is_done
    assert begun() == 1


@pytest.mark.sqlite
def test_a_long_lock_is_reported_and_nothing_is_half_done(start):
    refused = threading.Event()

    def act():
        try:
            start()
        finally:
            refused.set()

    with lock_timeout(50):
        met = try_under_lock(act, lambda: refused.wait(5))
        assert (met.is_done, met.is_reported) == (False, True)
        assert begun() == 0
        start()
    assert begun() == 1


@pytest.mark.sqlite
def test_readers_do_not_wait_for_a_writer(start):
    with lock_timeout(50), db.writing() as session:
        session.add(Application(applicant_id=1, created=ledger.clock.now()))
        session.flush()
        assert begun() == 0


@pytest.mark.sqlite
def test_without_the_lock_at_the_start_an_act_would_fail_half_way(file_office, monkeypatch):
    """Read first, lock later: SQLite cannot give way to somebody who wrote in between."""
    seeker = make_ready_seeker()
    monkeypatch.setattr(type(file_office), "execution_options", lambda engine, **_: engine)
    with pytest.raises(OperationalError), db.writing() as session:
        person = session.get_one(Person, seeker)
        with db.engine.connect() as other:
            other.exec_driver_sql("UPDATE person SET name = 'Lain'")
            other.commit()
        applications.start_new(session, person)
    assert begun() == 0


def test_a_crash_is_not_called_busy():
    assert not is_busy_message(ValueError())
    assert TROUBLE in str(handle_exception(ValueError()))


# -- the line within one process ----------------------------------------------------------------


def acts_at_once(many):
    """The most acts that were in their transaction at one moment."""
    now, most, together = [], [], threading.Barrier(many)

    def act():
        together.wait()
        with db.writing() as session:
            now.append(1)
            most.append(len(now))
            time.sleep(0.005)  # between the beginning of the act and its first question
            session.connection()
            now.pop()

    threads = [threading.Thread(target=act) for _ in range(many)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return max(most)


@pytest.mark.sqlite
def test_acts_of_one_process_wait_in_a_queue(file_office):
    assert acts_at_once(8) == 1


@pytest.mark.sqlite
def test_without_the_queue_they_would_contend_for_the_lock(file_office, monkeypatch):
    monkeypatch.setattr(db, "write_queue", lambda: nullcontext(db.LOCK_TIMEOUT))
    assert acts_at_once(8) > 1


# -- one wait for both lines ----------------------------------------------------------------------

WHOLE = 2_000  # milliseconds


def left_for_the_lock():
    """Milliseconds an act goes on to wait in SQLite's line, after 0.3 s and more in our own."""
    found, held, at_the_door = [], threading.Event(), threading.Event()

    def holder():
        with db.writing():
            held.set()
            at_the_door.wait(5)
            time.sleep(0.3)

    def act():
        held.wait(5)
        at_the_door.set()
        with db.writing() as session:
            found.append(session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar_one())

    threads = [threading.Thread(target=holder), threading.Thread(target=act)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return found[0]


@pytest.mark.sqlite
def test_what_was_waited_in_our_line_is_not_waited_in_sqlite_s_again(file_office):
    with lock_timeout(WHOLE):
        assert left_for_the_lock() < WHOLE - 250


@pytest.mark.sqlite
def test_two_queues_would_take_twice_the_timeout(file_office, monkeypatch):
    queue = db.write_queue

    @contextmanager
    def in_line_and_whole():
        with queue():
            yield db.LOCK_TIMEOUT

    monkeypatch.setattr(db, "write_queue", in_line_and_whole)
    with lock_timeout(WHOLE):
        assert left_for_the_lock() == WHOLE


@pytest.mark.sqlite
def test_a_read_after_an_act_has_its_whole_timeout(file_office):
    with lock_timeout(WHOLE):
        left_for_the_lock()
        with db.reading() as session:
            left = session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    assert left == WHOLE
