"""Rate limits: sliding windows, hashed keys, and concurrent attempts."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from barut_reflex.core import db, limits
from barut_reflex.core.models import LimitHit

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_the_window_moves(session, hours):
    """A fixed window would let ten through around its edge."""
    hours.pass_by(seconds=50)
    assert [limits.spend(session, "k", limit=5, per=MINUTE) for _ in range(6)] == [True] * 5 + [
        False
    ]
    hours.pass_by(seconds=20)
    assert not limits.spend(session, "k", limit=5, per=MINUTE)
    hours.pass_by(seconds=40)
    assert limits.spend(session, "k", limit=5, per=MINUTE)


def test_a_refused_try_is_not_counted(session, hours):
    for _ in range(9):
        limits.spend(session, "k", limit=3, per=MINUTE)
    assert limits.count(session, "k", per=MINUTE) == 3


def test_keys_are_apart_and_hashed(session, hours):
    assert limits.spend(session, "dewi@contoh.id", limit=1, per=MINUTE)
    assert limits.spend(session, "siti@contoh.id", limit=1, per=MINUTE)
    assert not any("@" in hit.key for hit in session.exec(select(LimitHit)))


def test_several_windows_at_once(session, hours):
    windows = ((2, MINUTE), (3, HOUR))
    assert [limits.spend_within(session, "k", *windows) for _ in range(3)] == [True, True, False]
    hours.pass_by(minutes=1)
    assert [limits.spend_within(session, "k", *windows) for _ in range(2)] == [True, False]


def test_clear_give_back_and_seconds_left(session, hours):
    assert limits.seconds_left(session, "k", per=MINUTE) == 0
    limits.spend(session, "k", limit=5, per=MINUTE)
    hours.pass_by(seconds=10.5)
    assert limits.seconds_left(session, "k", per=MINUTE) == 50
    limits.spend(session, "k", limit=5, per=MINUTE)
    limits.refund(session, "k")
    assert limits.count(session, "k", per=MINUTE) == 1
    assert limits.seconds_left(session, "k", per=MINUTE) == 50
    limits.clear(session, "k")
    limits.refund(session, "k")
    assert limits.count(session, "k", per=MINUTE) == 0


def test_only_what_no_window_sees_is_swept(session, hours):
    limits.spend(session, "old", limit=5, per=MINUTE)
    hours.pass_by(days=30)
    limits.spend(session, "new", limit=5, per=MINUTE)
    hours.pass_by(days=1, seconds=1)
    assert limits.sweep(session) == 1
    assert limits.count(session, "new", per=limits.HIT_RETENTION) == 1


def spend_at_once(tries, limit):
    start, allowed = threading.Barrier(tries), []

    def one():
        start.wait()
        with db.writing() as session:
            allowed.append(limits.spend(session, "k", limit=limit, per=HOUR))

    threads = [threading.Thread(target=one) for _ in range(tries)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return allowed.count(True)


def test_parallel_tries_do_not_slip_through(file_office):
    assert spend_at_once(20, limit=5) == 5


def test_without_the_count_they_would(file_office, monkeypatch):
    monkeypatch.setattr(limits, "count", lambda *args, **kwargs: 0)
    assert spend_at_once(20, limit=5) == 20


def test_the_limiter_fails_closed(file_office):
    """Without its table no try is allowed: the act fails, and so does the login."""
    with file_office.begin() as connection:
        connection.exec_driver_sql("DROP TABLE limithit")
    with pytest.raises(Exception, match="limithit"), db.writing() as session:
        limits.spend(session, "k", limit=5, per=HOUR)
