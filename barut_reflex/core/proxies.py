"""Where a request really comes from, when our own proxy stands in between.

`X-Forwarded-For` is believed only from an address in `BARUT_TRUSTED_PROXIES`, and read from its
end: each of our proxies adds whom it saw, so the last address that is not one of ours is the
caller. What stands before it the caller may have made up. Afterwards the headers are dropped, so
that nothing behind this can read them in another way.
"""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address, ip_network

from .settings import settings

FORWARDED = {
    b"x-forwarded-for",
    b"x-forwarded-host",
    b"x-forwarded-port",
    b"x-forwarded-proto",
    b"x-real-ip",
    b"forwarded",
}
SCHEMES = {"http": {"http": "http", "https": "https"}, "websocket": {"http": "ws", "https": "wss"}}
Headers = list[tuple[bytes, bytes]]


class OwnProxies:
    """ASGI wrapper, the outermost: puts the caller's address and scheme into the scope."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] in SCHEMES and settings.trusted_proxies:
            scope = _seen_through(scope)
        await self.app(scope, receive, send)


def _seen_through(scope):
    headers, peer = scope["headers"], (scope.get("client") or ("", 0))[0]
    kept = [pair for pair in headers if pair[0] not in FORWARDED]
    if not is_ours(peer):
        return {**scope, "headers": kept}
    chain = [*_values(headers, b"x-forwarded-for"), peer]
    told = (_values(headers, b"x-forwarded-proto") or [""])[-1]
    scheme = SCHEMES[scope["type"]].get(told, scope.get("scheme", "http"))
    return {**scope, "headers": kept, "client": (caller_of(chain), 0), "scheme": scheme}


def caller_of(chain: list[str]) -> str:
    """The last address of the chain that is not one of our own proxies."""
    for address in reversed(chain):
        if not is_ours(address):
            return address if _parsed(address) else chain[-1]
    return chain[0]


def is_ours(address: str) -> bool:
    """Whether `address` belongs to one of our proxies."""
    parsed = _parsed(address)
    return parsed is not None and any(
        parsed in network for network in _networks(tuple(settings.trusted_proxies))
    )


@lru_cache(maxsize=8)
def _networks(texts: tuple[str, ...]):
    return [ip_network(text, strict=False) for text in texts]


def _parsed(address: str):
    try:
        return ip_address(address)
    except ValueError:
        return None


def _values(headers: Headers, name: bytes) -> list[str]:
    """All values of a header that may stand several times, each a list with commas."""
    found: Iterable[bytes] = (value for key, value in headers if key == name)
    joined = b",".join(found).decode("latin-1")
    return [part.strip() for part in joined.split(",") if part.strip()]
