"""The office and browser that journeys, attacks and a production site share in one test process.

Each process of `pytest -n 2` has an office of its own, on a free port and with its own database;
all have the one build of the pages.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from probes.browser import ARGS
from probes.office import Office
from probes.ports import free_port

from .e2e.proxy import proxy

SLOW = int(os.getenv("MAKE_IT_SLOW", "0")) / 1000  # seconds each answer comes late


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The built office; with `MAKE_IT_SLOW=400` each of its answers comes 400 ms late."""
    public = free_port()
    address = {"BARUT_BASE_URL": f"http://localhost:{public}"} if SLOW else {}
    # Journeys wait for what an officer decides; in earnest a seeker's page asks less often.
    every = {"BARUT_LIVE_EVERY_OF_SEEKERS": "1"}
    office = Office(tmp_path_factory.mktemp("office"), **every, **address).open()
    with proxy(public, office.port, delay=SLOW) if SLOW else nullcontext():
        yield office
    office.close()


@pytest.fixture(scope="session")
def quiet(office: Office) -> None:
    """The demo's other people come in the background; on a slow machine they hold the database."""
    with closing(sqlite3.connect(office.var / "var" / "barut.db")) as database:
        for _ in range(240):
            if database.execute("SELECT count(*) FROM person").fetchone()[0] >= 160:
                return
            time.sleep(1)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()
