"""Closes the websockets of this worker while Redis does not answer.

Without Redis no page can be served, and Reflex tells nobody. So each worker watches it; when it is
gone it cuts the lines of its pages, which then say so by themselves (gate/shell.py), and takes new
ones only when Redis is back. What the pages showed lies in Redis still (docs/operations.md:
`appendonly yes`), so they go on where they were.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from reflex import App
from starlette.types import ASGIApp

from ..core.settings import settings

LOOK = 0.5  # seconds between two looks
MISSES = 2  # in a row: then it is away
PATIENCE = 2.0  # seconds for one answer
OTHERS = 2.0  # seconds until every worker has forgotten its lines
CLOSE = {"type": "websocket.close", "code": 1013}  # come again later
GONE = {"type": "websocket.disconnect", "code": 1013}
RECORD = "token_manager_socket_record_"  # Reflex: which worker has the line of a tab
log = logging.getLogger(__name__)


class Away:
    """ASGI wrapper: knows the open lines, and takes no new ones while Redis is away."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "websocket" or not settings.redis_url:
            return await self.app(scope, receive, send)
        if redis_state.is_away:
            return await send(CLOSE)
        cut = asyncio.get_running_loop().create_future()
        redis_state.lines.add(cut)
        try:
            await self.app(scope, _until(cut, receive), send)
        finally:
            redis_state.lines.discard(cut)


def _until(cut: asyncio.Future, receive: Callable) -> Callable:
    """The line as it is until it is cut. A close that is sent while somebody listens is not taken
    by the server, so the listener is told that the other side is gone."""

    async def receive_until_cut():
        heard = asyncio.ensure_future(receive())
        await asyncio.wait({heard, cut}, return_when=asyncio.FIRST_COMPLETED)
        if heard.done():
            return heard.result()
        heard.cancel()
        return GONE

    return receive_until_cut


class RedisState:
    """What this worker knows of Redis, its open lines, and the tabs whose lines it has cut."""

    def __init__(self):
        self.is_away = False
        self.lines: set[asyncio.Future] = set()
        self.cut: set[str] = set()


redis_state = RedisState()


def is_away() -> bool:
    return redis_state.is_away


async def watch(pages: App) -> None:
    """For as long as the server lives; `pages` is the Reflex app."""
    if not settings.redis_url:
        return
    misses = 0
    async with _client() as client:
        while True:
            await asyncio.sleep(LOOK)
            misses = 0 if await is_answering(client) else misses + 1
            if misses >= MISSES and not redis_state.is_away:
                cut_sockets(pages)
            if misses == 0 and redis_state.is_away:
                await take_sockets_again(client)


def _client() -> Redis:
    """One that says at once when nobody answers."""
    once = Retry(NoBackoff(), 0)
    return Redis.from_url(
        settings.redis_url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=once
    )


async def is_answering(client: Redis) -> bool:
    """Whether Redis answers a PING in time."""
    with suppress(RedisError, OSError, TimeoutError):
        await client.execute_command("PING")
        return True
    return False


def cut_sockets(pages: App) -> None:
    """Close every websocket; the browser says so and tries until it is taken again."""
    log.error("alarm: Redis does not answer; pages wait")
    redis_state.is_away = True
    if namespace := pages.event_namespace:
        redis_state.cut = set(namespace.token_to_sid)
    for cut in list(redis_state.lines):
        cut.set_result(None)


async def take_sockets_again(client: Redis) -> None:
    """Take websockets again, once Reflex's records of those that were cut are deleted.

    A tab still on record would be taken for a copy of itself and begin anew. All workers delete
    theirs before any of them takes a websocket.
    """
    with suppress(RedisError, OSError, TimeoutError):
        if redis_state.cut:
            await client.delete(*[RECORD + token for token in redis_state.cut])
        await asyncio.sleep(OTHERS)
        redis_state.cut, redis_state.is_away = set(), False
        log.warning("Redis is back")
