"""The health route: what a proxy and the monitoring are told."""

import json

import pytest
from sqlalchemy.exc import OperationalError

from barut_reflex.core import db
from barut_reflex.core.settings import settings
from barut_reflex.documents.storage import store
from barut_reflex.office.web import health

from ..documents.conftest import on_both_stores


async def ask(monkeypatch, **changed):
    for name, value in changed.items():
        monkeypatch.setattr(settings, name, value)
    request = health.Request({"type": "http", "headers": []})
    answer = await health.is_ready(request)
    return answer.status_code, json.loads(bytes(answer.body))


@on_both_stores
async def test_all_is_well(file_office, monkeypatch):
    status, parts = await ask(monkeypatch)
    assert status == 200
    assert list(parts) == ["database", "penyimpanan", "disk", "redis"]
    assert set(parts.values()) == {"baik"}


async def broken_database(monkeypatch):
    def refuse():
        raise OperationalError("SELECT 1", {}, Exception("away"))

    monkeypatch.setattr(db, "reading", refuse)
    return await ask(monkeypatch)


async def store_away(monkeypatch):
    monkeypatch.setattr(store, "is_reachable", lambda: False)
    return await ask(monkeypatch)


async def full_disk(monkeypatch):
    monkeypatch.setattr(store, "MIN_FREE_BYTES", 1 << 60)
    return await ask(monkeypatch)


async def redis_away(monkeypatch):
    return await ask(monkeypatch, redis_url="redis://127.0.0.1:9/0")


@pytest.mark.parametrize(
    ("harm", "part"),
    [
        (broken_database, "database"),
        (store_away, "penyimpanan"),
        (full_disk, "disk"),
        (redis_away, "redis"),
    ],
)
async def test_the_part_that_is_not_well_is_named(file_office, monkeypatch, harm, part):
    status, parts = await harm(monkeypatch)
    assert status == 503
    assert [name for name, said in parts.items() if said != "baik"] == [part]


async def test_alive_asks_no_other_service(monkeypatch):
    monkeypatch.setattr(db, "reading", None)
    answer = await health.is_alive(health.Request({"type": "http", "headers": []}))
    assert (answer.status_code, answer.body) == (200, b"hidup")
