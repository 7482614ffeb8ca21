"""Starts a served test office; gives an HTTP client like a browser and access to its database."""

import atexit
import sqlite3
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from probes.office import Office

ROOT = Path(__file__).resolve().parent.parent
SESSION, FLOW = "sesi", "alur"
CODES = "SELECT code FROM code WHERE kind = 'AK1'"
_open: list[Office] = []


def set_office(office: Office) -> None:
    """Measure this office, which somebody else opens and closes (the tests do)."""
    _open[:] = [office]


def running_office() -> Office:
    """The running office; the first call opens one, which ends with this process."""
    if not _open:
        office, folder = new_office()
        _open.append(office.open())
        atexit.register(folder.cleanup)
        atexit.register(office.close)
    return _open[0]


def new_office(**env: str) -> tuple[Office, tempfile.TemporaryDirectory[str]]:
    """An office that is not open yet, and the folder it lives in."""
    folder = tempfile.TemporaryDirectory(prefix="barut-bar-office-")
    return Office(Path(folder.name), **env), folder


def wait_for_people(office: Office, many: int = 160, seconds: float = 300) -> None:
    """Until the demo's other people have come; only then does the database stand still."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if query(office, "SELECT count(*) FROM person")[0][0] >= many:
            return
        time.sleep(1)


class Browser(httpx.Client):
    """A browser without a screen: keeps cookies, sends the Origin a page of ours would.

    `address` is the loopback address it comes from: 127.0.0.0/8 are as many visitors.
    """

    def __init__(self, office: Office, address: str = "127.0.0.1", **options: Any):
        self.office = office
        super().__init__(
            base_url=f"http://127.0.0.1:{office.port}",
            # Plain http: no certificates to read, which would take longer than an answer.
            transport=httpx.HTTPTransport(local_address=address, verify=False),
            headers={"Origin": f"http://127.0.0.1:{office.port}"},
            timeout=30,
            **options,
        )

    def sign_in(self, person: dict[str, str]) -> "Browser":
        """Through the login form; raises AssertionError when it is refused."""
        self.get("/login/")
        form = {"email": person["email"], "password": person["password"]}
        answer = self.post("/masuk", data=form)
        assert answer.status_code == 303 and SESSION in self.cookies, answer.text[:200]
        return self

    @property
    def cookie(self) -> str:
        """The Cookie header of this browser, for its sockets."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies.jar)


def signed_in(role: str, nth: int = 0) -> Browser:
    """A browser of the demo's `nth` person of that role."""
    office = running_office()
    return Browser(office).sign_in(office.one(role, nth))


def database_file(office: Office) -> Path:
    return office.var / "var" / "barut.db"


def query(office: Office, question: str, values: tuple = ()) -> list[tuple]:
    """Rows straight from the office's database."""
    with _database(office) as connection:
        return connection.execute(question, values).fetchall()


def execute(office: Office, statement: str, values: tuple = ()) -> None:
    """Write past the office into its database, as no act of its own would."""
    with _database(office) as connection, connection:
        connection.execute(statement, values)


@contextmanager
def _database(office: Office) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(database_file(office), timeout=20)
    try:
        yield connection
    finally:
        connection.close()


def snapshot(office: Office, ignored: Collection[str] = ()) -> dict[str, list]:
    """All rows of all tables but the ignored ones, which must exist."""
    named = query(office, "SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {name for (name,) in named if not name.startswith(("sqlite_", "alembic"))}
    assert tables >= set(ignored), set(ignored) - tables
    compared = tables - set(ignored)
    return {t: sorted(map(repr, query(office, f"SELECT * FROM {t}"))) for t in compared}


def changed_tables(before: dict[str, list], after: dict[str, list]) -> list[str]:
    """The tables that differ."""
    return sorted(name for name in before if before[name] != after.get(name))


def server_log(office: Office) -> str:
    """What the server wrote so far."""
    return (office.var / "server.log").read_text(errors="replace")
