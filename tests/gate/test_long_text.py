"""Long input is refused at its field; frames are measured in bytes; refusals are our own."""

import asyncio

import pytest

from barut_reflex.gate import flood, gate, payload, tabs
from probes.pipeline import pipeline


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"form": {"name": "a" * 2_000}}, []),  # the field's own rule says how long it may be
        ({"form": {"name": "\u0301" * 5_000, "email": "x"}}, ["name"]),
        ({"name": "about", "value": "x" * 9_000}, ["about"]),
        ({"text": "x" * 9_000}, ["text"]),
        ({"form": {f"f{n}": "x" * (7_000 + n) for n in range(5)}}, ["f4"]),
    ],
)
def test_the_fields_that_are_too_long_are_named(sent, found):
    assert payload.too_long(sent) == found


def named(handlers, end):
    return next(name for name in handlers if name.endswith(end))


async def sent_long(app, handlers):
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab-long")
        form = {"name": "x" * 9_000, "email": "dewi@contoh.id"}
        try:
            await client.send(named(handlers, "register_state.register"), {"form": form})
        except payload.TooLong:
            await asyncio.sleep(0.1)  # the refusal follows
        return socket.deltas("tab-long")


async def test_who_pastes_too_much_is_told_at_the_field(app, handlers, file_office):
    told = await sent_long(app, handlers)
    assert payload.TooLong.message in told and "'name'" in told


async def test_without_the_cap_the_handler_would_read_it(app, handlers, file_office, monkeypatch):
    monkeypatch.setattr(gate, "too_long", lambda payload: [])
    with pytest.raises(Exception, match="Beberapa isian"):
        async with pipeline(app) as (_, client_of):
            form = {"name": "x" * 9_000}
            await client_of("tab").send(named(handlers, "register_state.register"), {"form": form})


async def test_no_browser_makes_the_office_say_something(app, handlers, file_office, monkeypatch):
    said = {"message": "Kata penyerang", "errors": {}}
    async with pipeline(app) as (socket, client_of):
        await client_of("tab").send(named(handlers, "notice.refuse"), dict(said))
        assert said["message"] not in socket.deltas("tab")
        monkeypatch.setattr(gate, "is_forged", lambda function: False)
        await client_of("tab").send(named(handlers, "notice.refuse"), dict(said))
        assert said["message"] in socket.deltas("tab")


@pytest.mark.parametrize(("letter", "passes"), [("a", True), ("\u0301", False), ("🚤", False)])
async def test_a_frame_is_measured_in_bytes(letter, passes):
    heard = []

    async def receive():
        return {"type": "websocket.receive", "text": letter * 40_000}

    async def app(scope, receive, send):
        heard.append((await receive())["type"])

    async def send(message): ...

    scope = {"type": "websocket", "headers": [], "client": ("127.0.0.1", 1)}
    await flood.SocketLimits(app)(scope, receive, send)
    assert heard == ["websocket.receive" if passes else "websocket.disconnect"]


# -- tabs -----------------------------------------------------------------------------------------


class Nothing:
    """Stands for a state tree."""


async def visit(manager, many):
    from reflex.istate.manager.token import StateToken

    for number in range(many):
        await manager.get_state(StateToken(ident=f"tab {number}", cls=Nothing))
    left = len(manager.states)
    await manager.close()
    return left


async def test_only_the_last_gone_tabs_are_remembered():
    manager = tabs.TabStates([], max_closed=100)
    assert await visit(manager, 2_000) <= 100 + tabs.EVICTION_BATCH
    assert any("tab 1999" in key for key in manager.states)


async def test_an_open_tab_is_never_forgotten():
    manager = tabs.TabStates(["tab 0", "tab 7"], max_closed=100)
    await visit(manager, 2_000)
    assert sum(key.endswith(("tab 0", "tab 7")) or "tab 0" in key for key in manager.states) >= 1
    assert len(manager.states) <= 102 + tabs.EVICTION_BATCH


async def test_without_the_limit_all_of_them_would_stay():
    assert await visit(tabs.TabStates([], max_closed=10**9), 2_000) == 2_000


class Namespace:
    def __init__(self):
        self.token_to_sid: dict[str, str] = {}
        self.heard = []

    async def on_event(self, sid, data):
        self.heard.append(data)


class App:
    _state_manager = None

    def __init__(self):
        self.event_namespace = Namespace()


@pytest.mark.parametrize(
    "place",
    [{"pathname": "/" + "x" * 300}, {"pathname": "/", "query": {"a": "x" * 9_000}}, "x", None],
)
async def test_a_long_address_is_none(place):
    app = App()
    tabs.limit_tab_memory(app)  # pyright: ignore[reportArgumentType]
    await app.event_namespace.on_event("s", {"name": "n", "router_data": place})
    assert app.event_namespace.heard == [{"name": "n", "router_data": {}}]


async def test_an_address_of_ours_goes_on():
    app, place = App(), {"pathname": "/masuk/", "asPath": "/masuk/", "query": {}}
    tabs.limit_tab_memory(app)  # pyright: ignore[reportArgumentType]
    await app.event_namespace.on_event("s", {"name": "n", "router_data": place | {"more": "x"}})
    assert app.event_namespace.heard[0]["router_data"] == place
