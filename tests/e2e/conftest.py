"""The built office, served on a port of its own, with its own database and papers."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from .mailbox import Mailbox

ROOT = Path(__file__).parent.parent.parent
PORT = int(os.getenv("BARUT_TEST_PORT", "3100"))
NOT_INHERITED = {"PYTEST_CURRENT_TEST", "BARUT_BASE_URL", "BARUT_DATABASE_URL"}
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ARGS += ["--disable-dev-shm-usage"]
expect.set_options(timeout=45_000)  # a machine may be slow; a green run waits for nothing


def pytest_collection_modifyitems(items):
    """Browser files last: Playwright keeps a loop running, beside which no async test can start."""
    browsing = {item.path for item in items if "chromium" in item.fixturenames}
    items.sort(key=lambda item: item.path in browsing)


class Office:
    """A running office: where it listens, who works there, what it mailed."""

    def __init__(self, var: Path, port: int = PORT, **env: str):
        self.var, self.port = var, port
        self.address = env.get("BARUT_BASE_URL", f"http://localhost:{port}")
        inherited = {name: os.environ[name] for name in os.environ if name not in NOT_INHERITED}
        self.env = inherited | {
            "BARUT_ENV": "demo",
            "PORT": str(port),
            "BARUT_VAR": str(var / "var"),
            "BARUT_UPLOADS": str(var / "uploaded_files"),
            "BARUT_BCRYPT_COST": "12",
            "REFLEX_TELEMETRY_ENABLED": "false",
            "REFLEX_CHECK_LATEST_VERSION": "false",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            **env,
        }
        self.mailbox = Mailbox(var / "var" / "outbox")

    def open(self) -> "Office":
        self.log = (self.var / "server.log").open("ab")
        command = [sys.executable, "tools/serve.py"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=self.log, stderr=self.log
        )
        self._wait()
        return self

    def _wait(self) -> None:
        host = {"Host": urlsplit(self.address).netloc}
        ping = urllib.request.Request(f"http://localhost:{self.port}/ping", headers=host)
        for _ in range(3600):
            try:
                urllib.request.urlopen(ping)
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.close()
        pytest.fail("the office did not open:\n" + (self.var / "server.log").read_text()[-4000:])

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.log.close()

    @property
    def people(self) -> list[dict[str, str]]:
        return json.loads((self.var / "var" / "demo-accounts.json").read_text())

    def one(self, role: str, nth: int = 0) -> dict[str, str]:
        return [person for person in self.people if person["role"] == role][nth]


_running: dict[str, Any] = {}  # the attacks take these fixtures too: one office, one browser


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    if "office" in _running:
        yield _running["office"]
        return
    folder = tmp_path_factory.mktemp("office")
    # Journeys wait for what an officer decides; in earnest a seeker's page asks less often.
    office = _running["office"] = Office(folder, BARUT_LIVE_EVERY_OF_SEEKERS="1").open()
    yield office
    office.close()


@pytest.fixture(scope="session")
def quiet(office):
    """The demo's other people come in the background; on a slow machine they hold the database."""
    with closing(sqlite3.connect(office.var / "var" / "barut.db")) as book:
        for _ in range(240):
            if book.execute("SELECT count(*) FROM person").fetchone()[0] >= 160:
                return
            time.sleep(1)


@pytest.fixture(scope="session")
def chromium():
    if "chromium" in _running:
        yield _running["chromium"]
        return
    with sync_playwright() as playwright:
        path = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        _running["chromium"] = browser
        yield browser
        browser.close()


@pytest.fixture
def visitor(office, chromium):
    """A fresh browser; what goes wrong in it fails the test."""
    contexts = []

    def open_browser(width: int = 1280, height: int = 900, **options):
        context = chromium.new_context(
            base_url=office.address, viewport={"width": width, "height": height}, **options
        )
        contexts.append(context)
        context.set_default_timeout(90_000)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"page error: {error}"))
        return page

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def browser_of(office, visitor):
    """A browser of one's own, signed in: `browser_of(office.one("officer"))`."""

    def open_browser(person: dict[str, str], **options):
        page = visitor(**options)
        sign_in(page, person["email"], person["password"])
        page.wait_for_url(re.compile("/(beranda|admin)"))
        return page

    return open_browser


def sign_in(page, email: str, password: str) -> None:
    page.goto("/login/")
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Login", exact=True).click()
