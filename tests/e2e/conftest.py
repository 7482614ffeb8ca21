"""The built office, served on a port of its own, with its own database and papers."""

import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from probes.browser import ARGS, sign_in
from probes.office import Office

expect.set_options(timeout=45_000)  # a machine may be slow; a green run waits for nothing


def pytest_collection_modifyitems(items):
    """Browser files last: Playwright keeps a loop running, beside which no async test can start."""
    browsing = {item.path for item in items if "chromium" in item.fixturenames}
    items.sort(key=lambda item: item.path in browsing)


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
