"""How much one socket, one session and one address may ask (security bar, T31)."""

import time
from collections import Counter

from ..core import metrics
from ..core.settings import settings
from .cookies import COOKIE, read_cookie
from .transactions import standing

EVENTS_A_SECOND = 20
BURST = 60
FRAME = 64 * 1024  # bytes
SOCKETS_A_SESSION = 8
SOCKETS_AN_ADDRESS = 200  # only those without a session: one office may stand behind one address
TOO_MUCH = 1008


class SocketLimits:
    """ASGI wrapper around the event socket; stands behind `Handshake`, so cookies are hashes."""

    def __init__(self, app):
        self.app = app
        self.open: Counter[str] = Counter()

    async def __call__(self, scope, receive, send):
        if scope["type"] != "websocket" or not settings.socket_limits:
            return await self.app(scope, receive, send)
        key, limit = await _share_of(scope)
        if self.open[key] >= limit:
            return await send({"type": "websocket.close", "code": TOO_MUCH})
        self.open[key] += 1
        metrics.sockets.inc()
        try:
            await self.app(scope, _measured(receive), send)
        finally:
            metrics.sockets.dec()
            self.open[key] -= 1
            if not self.open[key]:
                del self.open[key]


async def _share_of(scope) -> tuple[str, int]:
    """Only a session that is really open counts for itself; a made-up cookie does not."""
    header = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"cookie"), "")
    session = read_cookie(header, COOKIE)
    if session and await standing(session):
        return f"session {session}", SOCKETS_A_SESSION
    client = scope.get("client") or ("",)
    return f"address {client[0]}", SOCKETS_AN_ADDRESS


def _measured(receive):
    """A bucket of `BURST` events that refills by `EVENTS_A_SECOND`; empty, the socket ends."""
    left, last = float(BURST), time.monotonic()

    async def receive_measured():
        nonlocal left, last
        message = await receive()
        if message["type"] != "websocket.receive":
            return message
        now = time.monotonic()
        left, last = min(BURST, left + (now - last) * EVENTS_A_SECOND) - 1, now
        if left < 0 or _bytes_of(message) > FRAME:
            return {"type": "websocket.disconnect", "code": TOO_MUCH}
        return message

    return receive_measured


def _bytes_of(message) -> int:
    """Of a frame as it travelled; letters beyond ASCII take two to four."""
    return len((message.get("text") or "").encode(errors="replace")) + len(
        message.get("bytes") or b""
    )
