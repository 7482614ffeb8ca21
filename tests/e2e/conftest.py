"""Fixtures for journeys: a browser for each test, in front of this process's office."""

import re

import pytest
from playwright.sync_api import expect

from probes.browser import sign_in

expect.set_options(timeout=45_000)  # a machine may be slow; a green run waits for nothing


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
