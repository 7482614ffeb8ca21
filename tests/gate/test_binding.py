"""A tab belongs to one sign-in; with another sign-in or a stolen token its state is empty."""

from sqlmodel import Session

from barut_reflex.core import db
from barut_reflex.gate import cookies, gate
from barut_reflex.people.rules import Role
from barut_reflex.people.service import sessions
from probes.pipeline import pipeline

NAME = "Orang administrator"


def load_of(handlers):
    return next(name for name in handlers if name.endswith("who.load"))


async def test_a_stolen_token_gets_nothing(app, handlers, cast):
    async with pipeline(app) as (socket, client_of):
        await client_of("tab", sign_in=cast[Role.ADMINISTRATOR]).send(load_of(handlers))
        assert NAME in socket.deltas("tab")
        socket.updates.clear()
        thief = client_of("tab")
        await thief.send("reflex___state____state.hydrate")
        await thief.send(load_of(handlers))
    assert NAME not in socket.deltas("tab")


async def test_without_the_binding_it_would(app, handlers, cast, monkeypatch):
    async def no_binding(state, sign_in):
        return None

    async with pipeline(app) as (socket, client_of):
        await client_of("tab2", sign_in=cast[Role.ADMINISTRATOR]).send(load_of(handlers))
        socket.updates.clear()
        monkeypatch.setattr(gate, "bind_tab", no_binding)
        await client_of("tab2").send("reflex___state____state.hydrate")
    assert NAME in socket.deltas("tab2")


async def test_a_session_that_ended_is_refused_at_the_next_event(app, handlers, cast):
    async with pipeline(app) as (socket, client_of):
        client = client_of("tab3", sign_in=cast[Role.OFFICER])
        await client.send(load_of(handlers))
        with Session(db.engine) as opened:
            sessions.sign_out(opened, cast[Role.OFFICER])
            opened.commit()
        socket.updates.clear()
        await client.send(load_of(handlers))
    assert "Orang officer" not in socket.deltas("tab3")


def test_the_cookie_of_a_socket_must_be_a_hash():
    class Headers:
        cookie = f"{cookies.COOKIE}=raw-token-not-a-hash"

    class Router:
        headers = Headers()

    class Screen:
        router = Router()

    assert cookies.sign_in_of(Screen()) == ""  # pyright: ignore[reportArgumentType]
