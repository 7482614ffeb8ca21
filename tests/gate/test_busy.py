"""While the database is locked or down, plain routes and pages say so instead of failing."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.applications import Starlette
from starlette.testclient import TestClient

from barut_reflex.core.errors import Refusal
from barut_reflex.core.lanes import TooManyAtOnce
from barut_reflex.gate import gate
from barut_reflex.gate.access import access
from barut_reflex.gate.doors import BUSY
from probes.pipeline import pipeline

LOCKED = OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))


def ask(error):
    @access()
    async def endpoint(request):
        raise error

    return TestClient(Starlette(routes=[gate.guarded("/x", endpoint)])).get("/x")


@pytest.mark.parametrize("error", [LOCKED, PoolTimeout("no connection")])
def test_a_busy_database_is_reported(file_office, error):
    answer = ask(error)
    assert (answer.status_code, answer.text, answer.headers["retry-after"]) == (503, BUSY, "5")


def test_who_asks_for_too_much_at_once_is_told_when_to_come_again(file_office):
    answer = ask(TooManyAtOnce())
    said = (answer.status_code, answer.text, answer.headers["retry-after"])
    assert said == (429, TooManyAtOnce.message, "5")
    assert ask(Refusal()).status_code == 409


def test_without_the_answer_the_route_would_fail(file_office, monkeypatch):
    monkeypatch.setattr(gate, "DATABASE_ERRORS", LookupError)
    with pytest.raises(OperationalError):
        ask(LOCKED)


def test_other_errors_are_no_busy_database(file_office):
    with pytest.raises(ValueError, match="broken"):
        ask(ValueError("broken"))


# -- a page ---------------------------------------------------------------------------------------

ENOUGH = 20


@pytest.fixture
def asked(monkeypatch):
    """How often the gate asked a database that is away; at some time it ends, for the control."""
    times = []

    async def away(sign_in):
        times.append(1)
        if len(times) > ENOUGH:
            raise ValueError("enough")
        raise LOCKED

    monkeypatch.setattr(gate, "current_sign_in", away)
    return times


async def press(app, handlers, asked):
    async with pipeline(app) as (socket, client_of):
        with suppress(OperationalError):
            await client_of("tab-away").send(next(n for n in handlers if n.endswith("who.load")))
        for _ in range(500):  # what follows on the refusal
            if BUSY in socket.deltas("tab-away") or len(asked) > ENOUGH:
                break
            await asyncio.sleep(0.01)
    return socket.deltas("tab-away")


async def test_a_page_is_notified_once(app, handlers, asked):
    assert BUSY in await press(app, handlers, asked)
    assert len(asked) == 2


async def test_without_the_way_past_it_would_be_notified_for_ever(
    app, handlers, asked, monkeypatch
):
    monkeypatch.setattr(gate, "SHOW_REFUSAL", None)
    assert BUSY not in await press(app, handlers, asked)
    assert len(asked) > ENOUGH
