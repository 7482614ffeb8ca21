"""Reflex's own event pipeline in this process (middleware, handlers, deltas), without a server."""

from contextlib import asynccontextmanager

from reflex_base.event import Event
from reflex_base.event.processor import BaseStateEventProcessor

from barut_reflex.gate.cookies import COOKIE, FLOW_COOKIE

from .composed import registered


class Client:
    """A tab of one browser: its token, and the cookie hashes its handshake would carry."""

    def __init__(self, processor, token: str, sign_in: str = "", flow: str = "f" * 64):
        self.processor, self.token = processor, token
        cookies = [f"{FLOW_COOKIE}={flow}", *([f"{COOKIE}={sign_in}"] if sign_in else [])]
        self.headers = {"cookie": "; ".join(cookies)}
        self.path = "/"
        self.query: dict[str, str] = {}  # the router names the parts of an address

    async def send(self, name: str, payload: dict | None = None) -> None:
        where = {"pathname": self.path, "asPath": self.path, "query": self.query}
        about = {"headers": self.headers, "token": self.token, "sid": "x", "ip": "127.0.0.1"}
        event = Event(name=name, payload=payload or {}, router_data={**about, **where})
        await (await self.processor.enqueue(self.token, event)).wait_all()


class Socket:
    """Stands in for the socket namespace; keeps what the browser would have received."""

    def __init__(self):
        self.updates = []

    async def emit_update(self, update, token):
        self.updates.append((token, update))

    def deltas(self, token: str) -> str:
        return " ".join(str(update.delta) for to, update in self.updates if to == token)


@asynccontextmanager
async def pipeline(app):
    """A running pipeline; gives the socket and a maker of clients."""
    processor = BaseStateEventProcessor(
        middleware=app, backend_exception_handler=app.backend_exception_handler
    )
    socket = Socket()
    with registered(app):
        async with processor.configure(event_namespace=socket):  # pyright: ignore[reportArgumentType]
            yield socket, lambda token, **who: Client(processor, token, **who)
