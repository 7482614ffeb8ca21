"""The floor of the check page: a bare Starlette route that notes each look, and does nothing else.

The same three rows a look as the office writes, for a crowd at a time, safe on disk before the
answer; by the driver alone, without codes, limits, stamps or pages of its own.
"""

import asyncio
import os
import sqlite3
import tempfile
import time
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

CONTENT = Path(os.environ["BENCH_PAGE"]).read_bytes()
TABLES = """
CREATE TABLE tries (id INTEGER PRIMARY KEY, key TEXT, at TEXT);
CREATE INDEX tries_key ON tries (key, at);
CREATE TABLE views (id INTEGER PRIMARY KEY, holder INTEGER, viewer TEXT, place TEXT, at TEXT);
CREATE INDEX views_holder ON views (holder, at);
"""


class Notes:
    """Looks that come while one transaction is under way share the next."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "notes.db"
        self.database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.execute("PRAGMA synchronous=FULL")
        self.database.executescript(TABLES)
        self.waiting: list[tuple[str, asyncio.Future]] = []
        self.work: asyncio.Task | None = None

    async def note(self, code: str) -> None:
        done = asyncio.get_running_loop().create_future()
        self.waiting.append((code, done))
        if self.work is None or self.work.done():
            self.work = asyncio.create_task(self._work())
        await done

    async def _work(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting, []
            await asyncio.to_thread(self._write, [code for code, _ in batch])
            for _, done in batch:
                done.set_result(None)

    def _write(self, codes: list[str]) -> None:
        now = str(time.time())
        tries = [(key, now) for code in codes for key in (code, "address")]
        self.database.execute("BEGIN IMMEDIATE")
        self.database.executemany("INSERT INTO tries (key, at) VALUES (?, ?)", tries)
        views = [(len(code), "PUBLIC", "Internet", now) for code in codes]
        insert = "INSERT INTO views (holder, viewer, place, at) VALUES (?, ?, ?, ?)"
        self.database.executemany(insert, views)
        self.database.execute("COMMIT")


def app() -> Starlette:
    notes = Notes()

    async def show(request: Request) -> HTMLResponse:
        await notes.note(request.path_params["code"])
        return HTMLResponse(CONTENT)

    return Starlette(routes=[Route("/v/{code}", show)])
