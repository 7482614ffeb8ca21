"""One HTTP request to the paper routes, its body sent chunk by chunk."""

import asyncio
import json

from starlette.applications import Starlette

from barut_reflex.core.settings import settings
from barut_reflex.documents.web import routes
from barut_reflex.gate.cookies import COOKIE

APP = Starlette(routes=routes.ROUTES)
CHUNK = bytes(256 * 1024)


class Call:
    """One request, its body handed over chunk by chunk; `asked` counts the chunks asked for."""

    def __init__(self, path, *, method="GET", token="", headers=None, chunks=(), ends=True):
        sent = {"host": "localhost:3000", "origin": settings.origins[0]} | (headers or {})
        if token:
            sent["cookie"] = f"{COOKIE}={token}"
        path, _, query = path.partition("?")
        self.scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [(k.encode(), v.encode()) for k, v in sent.items() if v is not None],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 3000),
            "scheme": "http",
        }
        self.chunks, self.ends, self.asked = iter(chunks), ends, 0
        self.status, self.headers, self.body = 0, {}, b""

    async def receive(self):
        self.asked += 1
        chunk = next(self.chunks, None)
        if chunk == "hang":
            await asyncio.sleep(3600)
        if chunk == "wait":
            await asyncio.sleep(1.2)
            chunk = CHUNK
        if chunk is None and not self.ends:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            self.body += message.get("body", b"")

    async def run(self):
        await APP(self.scope, self.receive, self.send)
        return self

    @property
    def answer(self):
        return json.loads(self.body)
