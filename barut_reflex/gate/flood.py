"""Limits of the event websocket: sockets per session or address, events, bytes per frame."""

import time
from collections import Counter

from ..core import metrics
from ..core.settings import settings
from .cookies import COOKIE, read_cookie
from .transactions import current_sign_in

EVENTS_PER_SECOND = 20
BURST = 60  # events at once
MAX_FRAME_BYTES = 64 * 1024
MAX_SOCKETS_PER_SESSION = 8
MAX_SOCKETS_PER_ADDRESS = 200  # without a session; many people may share an address
POLICY_VIOLATION = 1008  # code of a websocket close


class SocketLimits:
    """ASGI wrapper around the event websocket, inside `Handshake`, so cookies are hashes."""

    def __init__(self, app):
        self.app = app
        self.open: Counter[str] = Counter()

    async def __call__(self, scope, receive, send):
        if scope["type"] != "websocket" or not settings.socket_limits:
            return await self.app(scope, receive, send)
        key, limit = await _counter_of(scope)
        if self.open[key] >= limit:
            return await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        self.open[key] += 1
        metrics.sockets.inc()
        try:
            await self.app(scope, _limited(receive), send)
        finally:
            metrics.sockets.dec()
            self.open[key] -= 1
            if not self.open[key]:
                del self.open[key]


async def _counter_of(scope) -> tuple[str, int]:
    """Key and limit of the counter: the session if it is valid, else the network address."""
    header = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"cookie"), "")
    session = read_cookie(header, COOKIE)
    if session and await current_sign_in(session):
        return f"session {session}", MAX_SOCKETS_PER_SESSION
    client = scope.get("client") or ("",)
    return f"address {client[0]}", MAX_SOCKETS_PER_ADDRESS


def _limited(receive):
    """`receive` with a token bucket (`BURST`, `EVENTS_PER_SECOND`); empty, it disconnects."""
    left, last = float(BURST), time.monotonic()

    async def receive_measured():
        nonlocal left, last
        message = await receive()
        if message["type"] != "websocket.receive":
            return message
        now = time.monotonic()
        left, last = min(BURST, left + (now - last) * EVENTS_PER_SECOND) - 1, now
        if left < 0 or _bytes_of(message) > MAX_FRAME_BYTES:
            return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
        return message

    return receive_measured


def _bytes_of(message) -> int:
    """Size of a frame in UTF-8, as it was sent."""
    return len((message.get("text") or "").encode(errors="replace")) + len(
        message.get("bytes") or b""
    )
