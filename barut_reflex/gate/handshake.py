"""ASGI middleware: known hosts only; cookies of websockets become hashes; sets the flow cookie.

Reflex stores the cookies of a websocket's handshake in its state; as hashes, they are of no use to
whoever reads that state.

A tab names itself by a token it made up, and Reflex sends whatever belongs to that token to
whoever presents it, also an answer that was meant for the person before. So the token is replaced
too, by one that depends on the cookies of the browser and its sign-in.
"""

import secrets
from urllib.parse import parse_qsl, urlencode

from ..core.settings import settings
from ..core.tokens import fingerprint, keyed
from .cookies import COOKIE, FLOW_COOKIE, RESET_COOKIE, read_cookie

EVENTS = "/_event"
# Headers of a websocket that reach Reflex, besides those of the protocol (Sec-WebSocket-…).
REFLEX_HEADERS = {b"host", b"origin", b"user-agent", b"connection", b"upgrade"}
MAX_HEADER_LENGTH = 300
PROXY_HEADERS = {b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"forwarded"}


class Handshake:
    """ASGI wrapper; only those for proxies and response headers are outside of it."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        if not is_known_host(scope):
            return await _refuse(scope, send)
        if scope["path"].startswith(EVENTS):
            return await self.app(_with_hashes(scope), receive, send)
        await self.app(scope, receive, _with_flow(scope, send))


def _header(scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def is_known_host(scope) -> bool:
    """Whether the Host is one of ours; in the demo nothing that came through a proxy passes."""
    if settings.is_demo and any(name in PROXY_HEADERS for name, _ in scope["headers"]):
        return False
    return _header(scope, b"host") in settings.hosts


async def _refuse(scope, send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": b"Alamat tidak dikenal."})


def _with_hashes(scope):
    """The scope with our cookies as hashes, without other cookies and needless headers.

    Reflex stores the headers with each tab, so they are few and short.
    """
    header = _header(scope, b"cookie")
    cookies = {name: read_cookie(header, name) for name in (COOKIE, FLOW_COOKIE, RESET_COOKIE)}
    hashed = "; ".join(f"{name}={fingerprint(value)}" for name, value in cookies.items() if value)
    headers = [
        (name, value[:MAX_HEADER_LENGTH])
        for name, value in scope["headers"]
        if _is_for_reflex(name)
    ]
    query = _with_own_tab(scope.get("query_string", b""), cookies[COOKIE], cookies[FLOW_COOKIE])
    headers.append((b"cookie", hashed.encode()))
    return {**scope, "headers": headers, "query_string": query}


def _is_for_reflex(name: bytes) -> bool:
    return name in REFLEX_HEADERS or name.startswith(b"sec-websocket-")


def _with_own_tab(query: bytes, *whose: str) -> bytes:
    """The query string with the tab's token replaced by one that depends on the cookies."""
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    tied = [(key, _tied(value, whose) if key == "token" else value) for key, value in pairs]
    return urlencode(tied).encode()


def _tied(token: str, whose: tuple[str, ...]) -> str:
    return keyed("tab", "\n".join([token, *whose]))


def _with_flow(scope, send):
    """`send` that sets a flow cookie on the first page of a browser without one."""
    if read_cookie(_header(scope, b"cookie"), FLOW_COOKIE):
        return send

    async def send_with_flow(message):
        if message["type"] == "http.response.start" and _is_page(message):
            cookie = flow_cookie(secrets.token_urlsafe(32)).encode()
            message = {**message, "headers": [*message["headers"], (b"set-cookie", cookie)]}
        await send(message)

    return send_with_flow


def _is_page(message) -> bool:
    kind = next((value for name, value in message["headers"] if name == b"content-type"), b"")
    return message["status"] < 400 and kind.startswith(b"text/html")


def flow_cookie(value: str) -> str:
    """Set-Cookie value of the flow cookie, which ties codes to this browser for half a year."""
    secure = "; Secure" if settings.is_secure else ""
    lasts = 180 * 24 * 3600
    return f"{FLOW_COOKIE}={value}; Path=/; Max-Age={lasts}; HttpOnly; SameSite=Lax{secure}"
