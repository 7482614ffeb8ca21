"""Lanes (bounded pools for slow work): waiting takes no thread, and each person has a quota."""

import asyncio
import threading
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import QueuePool

from barut_reflex.core import db, lanes
from barut_reflex.core.errors import Refusal
from barut_reflex.core.lanes import Busy, Lane, TooManyAtOnce


@asynccontextmanager
async def rush(lane, *callers):
    """Work of `callers` that lasts until the block ends; gives who is being served, and tasks."""
    served, end = [], threading.Event()

    def work(who):
        served.append(who)
        end.wait(10)
        if who == "refused":
            raise Refusal

    tasks = [asyncio.ensure_future(lane.run(who, work, who)) for who in callers]
    await asyncio.sleep(0.1)
    try:
        yield served, tasks
    finally:
        end.set()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_one_person_leaves_a_place_to_others():
    lane = Lane(2, per_person=1, queue_per_person=30, queue_total=20)
    async with rush(lane, *["mallory"] * 20, "siti") as (served, _):
        assert served == ["mallory", "siti"]
    assert len(served) == 21


async def test_without_a_share_one_person_takes_them_all():
    async with rush(Lane(2), *["mallory"] * 20, "siti") as (served, _):
        assert served == ["mallory"] * 2


async def test_beyond_what_one_may_have_waiting_it_is_said():
    lane = Lane(2, per_person=1, queue_per_person=3, queue_total=20)
    async with rush(lane, *["mallory"] * 6) as (served, tasks):
        errors = [task.exception() for task in tasks if task.done()]
        assert [type(one) for one in errors] == [TooManyAtOnce] * 2
        assert "Tunggu" in errors[0].message
    assert len(served) == 4


async def test_too_many_at_once_are_asked_to_come_again():
    lane = Lane(1, per_person=1, queue_per_person=3, queue_total=2)
    async with rush(lane, *map(str, range(5))) as (_, tasks):
        assert [type(task.exception()) for task in tasks if task.done()] == [Busy] * 2


async def test_waiting_times_out(monkeypatch):
    monkeypatch.setattr(lanes, "SLOT_TIMEOUT", 0.05)
    async with rush(
        Lane(1, per_person=1, queue_per_person=3, queue_total=9), "siti", "ahmad", "siti"
    ) as (served, tasks):
        assert [type(task.exception()) for task in tasks if task.done()] == [Busy] * 2
    assert served == ["siti"]


async def test_what_waits_takes_no_thread():
    lane, before = Lane(1), threading.active_count()
    async with rush(lane, *["ahmad"] * 30) as (served, _):
        assert len(served) == 1
        assert threading.active_count() - before <= 2


async def test_places_come_back_after_refusals_and_cuts():
    lane = Lane(1, per_person=1, queue_per_person=9, queue_total=9)
    async with rush(lane, "refused", "refused", "siti") as (_, tasks):
        tasks[2].cancel()
    for _ in range(10):
        with suppress(Refusal):
            await lane.run("refused", _refuse)
    assert await lane.run("siti", lambda: "served") == "served"


async def test_who_goes_away_keeps_the_place_until_the_work_is_done():
    lane = Lane(1, per_person=1, queue_per_person=9, queue_total=9)
    async with rush(lane, "mallory", "siti") as (served, tasks):
        tasks[0].cancel()
        await asyncio.sleep(0.05)
        assert served == ["mallory"]
    assert served == ["mallory", "siti"]


def _refuse():
    raise Refusal


def test_there_is_a_connection_for_every_thread():
    """And a few for the worker and the figures, so that on SQLite nobody waits for one."""
    assert lanes.TOTAL_THREADS + 8 <= db.SQLITE_CONNECTIONS
    pool = db.make_engine("sqlite:///unused.db").pool
    assert isinstance(pool, QueuePool) and pool.size() == db.SQLITE_CONNECTIONS


@pytest.mark.parametrize(("lane", "waits"), [(lanes.SIGN_UPS, False), (lanes.HASHING, True)])
async def test_sign_ups_never_take_the_slot_of_a_login(lane, waits):
    """In the lane of the logins they would: the control."""
    networks = [f"network {number}" for number in range(8)]
    async with rush(lane, *networks):
        login = asyncio.ensure_future(lanes.HASHING.run("rina", lambda: "in"))
        await asyncio.sleep(0.1)
        assert login.done() is not waits
    assert await login == "in"
