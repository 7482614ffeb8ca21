"""Every handler of every state, called by every role, is allowed or refused as its rule says."""

import functools
import inspect

import pytest

from barut_reflex.gate import gate
from barut_reflex.gate.access import permits, rule_of
from barut_reflex.people.rules import Role
from probes.pipeline import pipeline

from .conftest import ROLES, snapshot

HOSTILE = [
    {},
    {"form": {"status": "approved", "role": "administrator", "note": "x" * 50_000}},
    {"form": ["not", "a", "form"], "public_id": {"$ne": None}},
    {"var_name": "role", "value": "administrator"},
    {"public_id": "'; DROP TABLE person; --", "extra": True},
    {"message": "x", "errors": {"a": 1}},
]


@pytest.fixture
def ran(monkeypatch, handlers):
    """Names of the handlers whose body was really entered."""
    entered = []
    for name, entry in handlers.items():
        if entry.handler.fn.__module__ != "reflex.state":
            _spy(monkeypatch, entry.handler, name, entered)
    return entered


def ours(handlers):
    return [n for n, entry in handlers.items() if entry.handler.fn.__module__ != "reflex.state"]


def _spy(monkeypatch, handler, name, entered):
    """Stands in for the handler, awaited if that is: Reflex has read once which it is."""
    real = handler.fn

    @functools.wraps(real)
    def called(self, *args, **kwargs):
        entered.append(name)

    @functools.wraps(real)
    async def awaited(self, *args, **kwargs):
        entered.append(name)

    stand_in = awaited if inspect.iscoroutinefunction(real) else called
    object.__setattr__(handler, "fn", stand_in)
    monkeypatch.callbacks = [*getattr(monkeypatch, "callbacks", []), (handler, real)]


@pytest.fixture(autouse=True)
def put_back(monkeypatch):
    yield
    for handler, real in getattr(monkeypatch, "callbacks", []):
        object.__setattr__(handler, "fn", real)


@pytest.mark.parametrize("role", ROLES)
async def test_only_those_the_rule_names_get_in(app, handlers, cast, ran, role):
    async with pipeline(app) as (_, client_of):
        client = client_of(f"tab-{role}", sign_in=cast[role])
        for name in ours(handlers):
            await client.send(name)
    allowed = {n for n, e in handlers.items() if permits(rule_of(e.handler.fn), role)}
    assert set(ran) <= allowed
    assert len(set(ran)) > 3


async def test_without_the_gate_an_anonymous_visitor_would_get_in(
    app, handlers, cast, ran, monkeypatch
):
    async def open_gate(self, app, state, event):
        return None

    monkeypatch.setattr(gate.Gate, "preprocess", open_gate)
    async with pipeline(app) as (_, client_of):
        for name in ours(handlers):
            await client_of("tab").send(name)
    closed = {n for n, e in handlers.items() if not permits(rule_of(e.handler.fn), None)}
    assert closed & set(ran)


@pytest.mark.parametrize("role", [None, Role.JOB_SEEKER])
@pytest.mark.parametrize("payload", HOSTILE, ids=range(len(HOSTILE)))
async def test_forged_events_change_nothing_of_others(
    app, handlers, cast, file_office, role, payload
):
    staff_only = [n for n, e in handlers.items() if not permits(rule_of(e.handler.fn), role)]
    before = snapshot(file_office)
    async with pipeline(app) as (_, client_of):
        client = client_of("tab", sign_in=cast[role])
        for name in staff_only:
            await client.send(name, payload)
    assert snapshot(file_office) == before


async def test_setvar_is_refused(app, handlers, cast, ran):
    names = [name for name in handlers if name.endswith(".setvar")]
    assert names
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab", sign_in=cast[Role.ADMINISTRATOR])
        for name in names:
            await client.send(name, {"var_name": "role", "value": "administrator"})
    assert "'role': 'administrator'" not in socket.deltas("tab")
