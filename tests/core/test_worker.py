"""The background worker: jobs at their intervals, once among several workers, and the loop."""

import threading

from sqlmodel import col, select

from barut_reflex.core import db, mail, worker
from barut_reflex.core.models import Counter

from .. import databases


def test_a_job_runs_at_its_interval(jobs, hours):
    ran = []
    worker.add(worker.Job(60, "sweep", lambda session: ran.append(hours.moment)))
    assert worker.run_jobs() == ["sweep"]
    assert worker.run_jobs() == []
    hours.pass_by(seconds=59)
    assert worker.run_jobs() == []
    hours.pass_by(seconds=1)
    assert worker.run_jobs() == ["sweep"]
    assert len(ran) == 2


def test_what_needs_no_database_stands_outside_the_transaction(jobs):
    held = []

    def is_writing():
        return databases.held(db.engine) > 0

    def act(session, given):
        session.add(Counter(key="done", value=given))
        session.flush()
        held.append(is_writing())
        return "left"

    worker.add(
        worker.Job(
            60,
            "files",
            act,
            before=lambda: held.append(is_writing()) or 7,
            after=lambda left: held.append((is_writing(), left)),
        )
    )
    assert worker.run_jobs() == ["files"]
    assert held == [False, True, (False, "left")]
    with db.reading() as session:
        assert session.get_one(Counter, "done").value == 7


def test_a_job_is_one_act_and_a_failing_one_stops_no_other(jobs, caplog):
    def fail(session):
        session.add(Counter(key="half", value=1))
        session.flush()
        raise ZeroDivisionError

    worker.add(worker.Job(60, "broken", fail))
    worker.add(worker.Job(60, "whole", lambda session: session.add(Counter(key="done", value=1))))
    assert worker.run_jobs() == ["whole"]
    assert "broken" in caplog.text
    with db.reading() as session:
        kept = session.exec(select(Counter.key).where(col(Counter.key).in_(["half", "done"])))
        assert kept.all() == ["done"]


def test_among_several_workers_a_job_runs_once(jobs):
    ran, start = [], threading.Barrier(6)
    worker.add(worker.Job(60, "sweep", lambda session: ran.append(1)))

    def one():
        start.wait()
        worker.run_jobs()

    threads = [threading.Thread(target=one) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert ran == [1]


def test_the_loop_sends_and_stops(post, server, jobs, monkeypatch):
    post()
    stop = threading.Event()

    def deliver(message, line):
        server.deliver(message)
        stop.set()

    monkeypatch.setattr(mail, "deliver", deliver)
    worker.run_forever(stop)
    assert len(server.got) == 1


def test_the_loop_outlives_a_broken_database(file_office, monkeypatch, caplog):
    stop, calls = threading.Event(), []

    def send(*, codes_only):
        calls.append(1)
        if len(calls) >= 3:
            stop.set()
        raise OSError("database is gone")

    monkeypatch.setattr(worker, "send_due", send)
    monkeypatch.setattr(worker, "POLL_INTERVAL", 0)
    worker.run_forever(stop)
    assert len(calls) >= 3
    assert "trying on" in caplog.text
