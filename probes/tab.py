"""A scripted browser tab, for attacks and loads: sends any event over Reflex's socket protocol."""

import asyncio
import contextlib
import json
import re
from typing import Any, Protocol
from uuid import uuid4

import aiohttp
import socketio
from socketio.exceptions import ConnectionError as ConnectionFailed

SPACE = "/_event"
ROOT = "reflex___state____state"
CASE = re.compile(r"/admin/pengajuan/([^/]+)/?")  # the router names the parts of an address


class Listening(Protocol):
    """A server of this machine."""

    @property
    def port(self) -> int: ...


class Tab:
    """One socket. `heard` keeps every message that came back, the oldest first."""

    def __init__(
        self,
        office: Listening,
        cookie: str = "",
        *,
        token: str = "",
        path: str = "/",
        headers: dict[str, str] | None = None,
        address: str = "",
    ):
        self.base, self.token, self.path = f"http://127.0.0.1:{office.port}", token, path
        self.token = token or str(uuid4())
        self.headers = {"Origin": self.base} | ({"Cookie": cookie} if cookie else {})
        self.headers |= headers or {}
        self.address = address  # the loopback address it comes from; 127.0.0.0/8 are as many
        self.heard: list[Any] = []
        self.socket = socketio.AsyncClient(reconnection=False)
        self.socket.on("event", self._hear, namespace=SPACE)
        self.socket.on("disconnect", self._wake, namespace=SPACE)
        self._news = asyncio.Event()

    async def _wake(self, *_: object) -> None:
        self._news.set()

    async def _hear(self, message: Any) -> None:
        self.heard.append(message)
        self._news.set()

    async def __aenter__(self) -> "Tab":
        if self.address:
            line = aiohttp.TCPConnector(local_addr=(self.address, 0))
            self.socket.eio.http = aiohttp.ClientSession(connector=line)
        await self.socket.connect(
            f"{self.base}{SPACE}?token={self.token}",
            headers=self.headers,
            transports=["websocket"],
            socketio_path=SPACE,
            namespaces=[SPACE],
            wait_timeout=10,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        with contextlib.suppress(Exception):
            await self.socket.disconnect()

    async def send(self, name: str, *, wait: float = 0.25, **payload: Any) -> list[Any]:
        """Send one event; what was heard until the office fell silent for `wait` seconds."""
        before = len(self.heard)
        await self.emit(name, payload)
        await self.quiet(wait)
        return self.heard[before:]

    async def emit(self, name: str, payload: dict[str, Any]) -> None:
        """Send one event and wait for nothing."""
        query = {"application_id": case[1]} if (case := CASE.fullmatch(self.path)) else {}
        where = {"pathname": self.path, "asPath": self.path, "query": query}
        event = {"name": name, "payload": payload, "router_data": where}
        await self.socket.emit("event", event, namespace=SPACE)

    async def quiet(self, wait: float = 0.25) -> None:
        """Until nothing came for `wait` seconds."""
        while True:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), wait)
            except TimeoutError:
                return

    async def answer(self, name: str, payload: dict[str, Any], seconds: float = 10) -> None:
        """Send one event and return with the first message that comes back."""
        self._news.clear()
        await self.emit(name, payload)
        await asyncio.wait_for(self._news.wait(), seconds)

    async def until(self, *words: str, seconds: float = 10) -> None:
        """Until one of `words` was heard; TimeoutError when none ever is.

        ConnectionError when the line is cut meanwhile: nothing more will be heard on it.
        """
        async with asyncio.timeout(seconds):
            while not any(word in self.text for word in words):
                if not self.is_open:
                    raise ConnectionError("the line was cut")
                self._news.clear()
                await self._news.wait()

    @property
    def is_open(self) -> bool:
        return self.socket.connected

    @property
    def text(self) -> str:
        """Everything heard, as text."""
        return json.dumps(self.heard, ensure_ascii=False, default=str)


async def is_refused(tab: Tab) -> bool:
    """Whether the handshake of `tab` is turned away."""
    try:
        async with tab:
            return False
    except (ConnectionFailed, OSError):
        if (session := tab.socket.eio.http) is not None:
            await session.close()
        return True
