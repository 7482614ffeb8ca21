"""While Redis is down sockets are closed and refused; afterwards tabs continue where they were."""

import asyncio
from types import SimpleNamespace

import pytest
from redis.exceptions import ConnectionError as Away
from reflex.app import EventNamespace
from reflex.utils.token_manager import RedisTokenManager

from barut_reflex.core.settings import settings
from barut_reflex.gate import redis_watch
from barut_reflex.gate.doors import LOST, handle_exception


class Redis:
    """Answers or not; keeps which records it was told to forget."""

    def __init__(self, *, is_there=True):
        self.is_there, self.forgotten = is_there, []

    async def execute_command(self, word):
        if not self.is_there:
            raise Away

    async def delete(self, *keys):
        await self.execute_command("DEL")
        self.forgotten += keys


@pytest.fixture
def known(monkeypatch):
    monkeypatch.setattr(redis_watch, "redis_state", redis_watch.RedisState())
    monkeypatch.setattr(redis_watch, "RETURN_DELAY", 0)
    monkeypatch.setattr(settings, "redis_url", "redis://127.0.0.1:1")


@pytest.fixture
def pages():
    return SimpleNamespace(event_namespace=SimpleNamespace(token_to_sid={"tab-1": 1, "tab-2": 2}))


async def is_taken():
    """Whether a new line gets through to the pages."""
    taken, sent = [], []

    async def app(scope, receive, send):
        taken.append(scope)

    async def send(message):
        sent.append(message["type"])

    await redis_watch.RedisGuard(app)({"type": "websocket"}, None, send)
    assert bool(taken) is (sent != ["websocket.close"])
    return bool(taken)


async def test_its_absence_cuts_every_line(known, pages):
    heard = []

    async def page(scope, receive, send):
        heard.extend([await receive(), await receive()])

    news = asyncio.Queue()
    news.put_nowait({"type": "websocket.receive"})
    line = asyncio.create_task(redis_watch.RedisGuard(page)({"type": "websocket"}, news.get, None))
    await asyncio.sleep(0.01)
    redis_watch.cut_sockets(pages)
    await line
    assert heard == [{"type": "websocket.receive"}, redis_watch.DISCONNECTED]
    assert not await is_taken()
    assert handle_exception(Away()) == []


async def test_its_return_frees_the_tabs_and_takes_lines_again(known, pages):
    redis_watch.cut_sockets(pages)
    redis = Redis()
    await redis_watch.take_sockets_again(redis)  # pyright: ignore[reportArgumentType]
    assert sorted(redis.forgotten) == [
        f"{redis_watch.SOCKET_RECORD_PREFIX}tab-1",
        f"{redis_watch.SOCKET_RECORD_PREFIX}tab-2",
    ]
    assert await is_taken()
    assert LOST in str(handle_exception(Away()))


async def test_gone_again_at_once_it_stays_away(known, pages):
    redis_watch.cut_sockets(pages)
    await redis_watch.take_sockets_again(Redis(is_there=False))  # pyright: ignore[reportArgumentType]
    assert not await is_taken()


async def test_a_check_says_whether_it_answers():
    assert await redis_watch.is_answering(Redis()) is True  # pyright: ignore[reportArgumentType]
    assert await redis_watch.is_answering(Redis(is_there=False)) is False  # pyright: ignore[reportArgumentType]


def test_what_it_takes_from_the_inside_of_reflex_is_there():
    assert RedisTokenManager._token_socket_record_prefix == redis_watch.SOCKET_RECORD_PREFIX
    assert isinstance(EventNamespace.token_to_sid, property)
