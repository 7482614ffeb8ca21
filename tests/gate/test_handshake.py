"""Checks before Reflex: known hosts, hashed cookies, the flow cookie, sockets per address."""

import hashlib

import pytest

from barut_reflex.core.settings import settings
from barut_reflex.gate import flood, handshake
from barut_reflex.gate.cookies import COOKIE, FLOW_COOKIE
from probes.factories import known

HOST = next(iter(settings.hosts)).encode()


def scope(kind="http", path="/", headers=(), host=HOST):
    pairs = [(b"host", host), *headers]
    return {"type": kind, "path": path, "headers": pairs, "client": ("127.0.0.1", 1)}


class App:
    """Answers with a page and keeps the scope it saw."""

    seen = None

    async def __call__(self, scope, receive, send):
        self.seen = scope
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"text/html; charset=utf-8")],
            }
        )


async def ask(wrapper, asked):
    sent = []

    async def send(message):
        sent.append(message)

    await wrapper(asked, None, send)
    return sent


def cookies_of(asked) -> str:
    return next(value for name, value in asked["headers"] if name == b"cookie").decode()


async def test_a_socket_handshake_carries_hashes_only():
    app = App()
    raw = f"{COOKIE}=geheim; {FLOW_COOKIE}=alir; other=x".encode()
    await ask(handshake.Handshake(app), scope("websocket", "/_event/", [(b"cookie", raw)]))
    seen = cookies_of(app.seen)
    assert "geheim" not in seen and "other" not in seen
    assert f"{COOKIE}={hashlib.sha256(b'geheim').hexdigest()}" in seen


async def test_a_stolen_hash_is_hashed_again():
    app = App()
    stolen = hashlib.sha256(b"geheim").hexdigest()
    raw = f"{COOKIE}={stolen}".encode()
    await ask(handshake.Handshake(app), scope("websocket", "/_event/", [(b"cookie", raw)]))
    assert stolen not in cookies_of(app.seen)


async def tab_of(token, cookie):
    app, asked = App(), scope("websocket", "/_event/", [(b"cookie", cookie.encode())])
    asked["query_string"] = f"token={token}&EIO=4".encode()
    await ask(handshake.Handshake(app), asked)
    return known(app.seen)["query_string"]


async def test_a_tab_is_tied_to_its_browser_and_its_sign_in():
    """The same name from elsewhere is another tab, so nothing kept or on its way is shown there."""
    mine, flow = f"{COOKIE}=geheim", f"{FLOW_COOKIE}=alir"
    tab = await tab_of("t1", f"{mine}; {flow}")
    assert tab.endswith(b"&EIO=4") and b"t1" not in tab
    assert await tab_of("t1", f"{mine}; {flow}") == tab
    others = [("t2", f"{mine}; {flow}"), ("t1", mine), ("t1", flow), ("t1", "")]
    assert len({await tab_of(*other) for other in others} | {tab}) == 5


@pytest.mark.parametrize("host", [b"evil.example", b"localhost", b"localhost:3000.evil", b""])
async def test_a_foreign_host_is_refused(host):
    app = App()
    sent = await ask(handshake.Handshake(app), scope(host=host))
    assert app.seen is None and sent[0]["status"] == 421


async def test_a_foreign_host_would_pass_without_the_check(monkeypatch):
    app = App()
    monkeypatch.setattr(handshake, "is_known_host", lambda scope: True)
    await ask(handshake.Handshake(app), scope(host=b"evil.example"))
    assert app.seen is not None


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("name", sorted(handshake.PROXY_HEADERS))
async def test_the_demo_refuses_what_came_through_a_proxy(kind, name):
    app = App()
    await ask(handshake.Handshake(app), scope(kind, "/_event/", [(name, b"1.2.3.4")]))
    assert app.seen is None


async def test_the_first_page_brings_a_flow_cookie_and_the_next_does_not():
    first = await ask(handshake.Handshake(App()), scope())
    [line] = [value for name, value in first[0]["headers"] if name == b"set-cookie"]
    assert b"HttpOnly" in line and b"SameSite=Lax" in line
    cookie = line.split(b";")[0]
    again = await ask(handshake.Handshake(App()), scope(headers=[(b"cookie", cookie)]))
    assert [name for name, _ in again[0]["headers"] if name == b"set-cookie"] == []


@pytest.fixture
def no_session(monkeypatch):
    async def nobody(sign_in):
        return False

    monkeypatch.setattr(flood, "current_sign_in", nobody)


async def test_anonymous_sockets_of_an_address_are_capped(no_session, monkeypatch):
    monkeypatch.setattr(flood, "MAX_SOCKETS_PER_ADDRESS", 0)
    app = App()
    sent = await ask(flood.SocketLimits(app), scope("websocket", "/_event/"))
    assert app.seen is None and sent == [{"type": "websocket.close", "code": 1008}]


async def test_a_made_up_cookie_does_not_make_a_share_of_its_own(no_session):
    shares = []

    async def app(scope, receive, send):
        shares.extend(limits.open)

    limits = flood.SocketLimits(app)
    cookie = f"{COOKIE}={'a' * 64}".encode()
    await ask(limits, scope("websocket", "/_event/", [(b"cookie", cookie)]))
    assert shares == ["address 127.0.0.1"]


async def received(messages):
    """What kinds of messages the app behind the limits hears."""
    waiting, heard = iter(messages), []

    async def receive():
        return next(waiting)

    async def app(scope, receive, send):
        heard.extend([(await receive())["type"] for _ in messages])

    await flood.SocketLimits(app)(scope("websocket", "/_event/"), receive, None)
    return heard


async def test_a_flood_ends_the_socket():
    kinds = await received([{"type": "websocket.receive", "text": "x"}] * (flood.BURST + 5))
    assert kinds.index("websocket.disconnect") == flood.BURST


async def test_a_large_frame_ends_the_socket():
    small = {"type": "websocket.receive", "text": "x" * flood.MAX_FRAME_BYTES}
    large = {"type": "websocket.receive", "text": "x" * (flood.MAX_FRAME_BYTES + 1)}
    assert await received([small, large]) == ["websocket.receive", "websocket.disconnect"]
