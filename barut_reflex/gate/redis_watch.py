"""Watches Redis: while it is down, closes this worker's websockets and refuses new ones.

With several workers, Reflex keeps its states in Redis; without it no page can be served, and Reflex
tells nobody. A browser whose websocket is closed says so on its page by itself (gate/shell.py) and
reconnects until it succeeds. What the pages showed is still in Redis (docs/operations.md:
`appendonly yes`), so they continue where they were.
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

PING_INTERVAL = 0.5  # seconds between two pings
MAX_FAILED_PINGS = 2  # in a row; then Redis counts as down
PING_TIMEOUT = 2.0  # seconds
RETURN_DELAY = 2.0  # seconds until every worker has deleted its records
TRY_AGAIN_LATER = {"type": "websocket.close", "code": 1013}
DISCONNECTED = {"type": "websocket.disconnect", "code": 1013}
SOCKET_RECORD_PREFIX = "token_manager_socket_record_"  # Reflex: worker of a tab
log = logging.getLogger(__name__)


class RedisGuard:
    """ASGI wrapper: tracks the open websockets, and refuses new ones while Redis is down."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "websocket" or not settings.redis_url:
            return await self.app(scope, receive, send)
        if redis_state.is_down:
            return await send(TRY_AGAIN_LATER)
        cut = asyncio.get_running_loop().create_future()
        redis_state.open_sockets.add(cut)
        try:
            await self.app(scope, _until(cut, receive), send)
        finally:
            redis_state.open_sockets.discard(cut)


def _until(cut: asyncio.Future, receive: Callable) -> Callable:
    """`receive` that reports a disconnect once `cut` is set.

    Sending a close would not do: the server ignores it while the app waits in `receive`.
    """

    async def receive_until_cut():
        heard = asyncio.ensure_future(receive())
        await asyncio.wait({heard, cut}, return_when=asyncio.FIRST_COMPLETED)
        if heard.done():
            return heard.result()
        heard.cancel()
        return DISCONNECTED

    return receive_until_cut


class RedisState:
    """Whether Redis is down, the open websockets, and the tabs whose websockets were closed."""

    def __init__(self):
        self.is_down = False
        self.open_sockets: set[asyncio.Future] = set()
        self.cut: set[str] = set()


redis_state = RedisState()


def is_down() -> bool:
    """Whether Redis does not answer at the moment."""
    return redis_state.is_down


async def watch_redis(pages: App) -> None:
    """Ping Redis as long as the server runs; `pages` is the Reflex app."""
    if not settings.redis_url:
        return
    failed_pings = 0
    async with _client() as client:
        while True:
            await asyncio.sleep(PING_INTERVAL)
            failed_pings = 0 if await is_answering(client) else failed_pings + 1
            if failed_pings >= MAX_FAILED_PINGS and not redis_state.is_down:
                cut_sockets(pages)
            if failed_pings == 0 and redis_state.is_down:
                await take_sockets_again(client)


def _client() -> Redis:
    """A client that does not retry, so that an outage shows at once."""
    once = Retry(NoBackoff(), 0)
    return Redis.from_url(
        settings.redis_url,
        socket_timeout=PING_TIMEOUT,
        socket_connect_timeout=PING_TIMEOUT,
        retry=once,
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
    redis_state.is_down = True
    if namespace := pages.event_namespace:
        redis_state.cut = set(namespace.token_to_sid)
    for cut in list(redis_state.open_sockets):
        cut.set_result(None)


async def take_sockets_again(client: Redis) -> None:
    """Take websockets again, once Reflex's records of those that were cut are deleted.

    A tab still on record would be taken for a copy of itself and begin anew. All workers delete
    theirs before any of them takes a websocket.
    """
    with suppress(RedisError, OSError, TimeoutError):
        if redis_state.cut:
            await client.delete(*[SOCKET_RECORD_PREFIX + token for token in redis_state.cut])
        await asyncio.sleep(RETURN_DELAY)
        redis_state.cut, redis_state.is_down = set(), False
        log.warning("Redis is back")
