"""ASGI middleware that finds the client's real IP address and scheme behind our reverse proxy.

`X-Forwarded-For` is believed only from an address in `BARUT_TRUSTED_PROXIES`, and read from its
end: each of our proxies appends the address it saw, so the last one that is not ours is the client.
Addresses before it may be forged. Afterwards the headers are removed, so that no later code reads
them in another way.
"""

from ipaddress import ip_address, ip_network

from granian.utils.proxies import wrap_asgi_with_proxy_headers

from .settings import settings

FORWARDED = {
    b"x-forwarded-for",
    b"x-forwarded-host",
    b"x-forwarded-port",
    b"x-forwarded-proto",
    b"x-real-ip",
    b"forwarded",
}


class OwnProxies:
    """The outermost ASGI middleware: puts the client's address and scheme into the scope."""

    def __init__(self, app):
        self.app = app
        ours = [str(ip_network(text, strict=False)) for text in settings.trusted_proxies]
        self._believe = wrap_asgi_with_proxy_headers(lambda scope, *_: scope, ours)

    async def __call__(self, scope, receive, send):
        if settings.trusted_proxies and scope["type"] != "lifespan":
            peer = scope.get("client")
            scope = self._believe({**scope}, receive, send)
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in FORWARDED]
            if not _is_address(scope.get("client")):
                scope["client"] = peer
        await self.app(scope, receive, send)


def _is_address(client) -> bool:
    try:
        return bool(client and ip_address(client[0]))
    except ValueError:
        return False
