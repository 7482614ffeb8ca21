"""An open tab of an older version than the server's reloads itself, then explains what to do."""

import re

import pytest
from playwright.sync_api import expect

SCHEMA = re.compile(r'("state_schema":")[^"]*')
BANNER = "#reflex-new-version-banner"


@pytest.fixture
def old_tab(office, browser_of):
    """A page whose line tells the server of another version, as one from before an upgrade does."""
    page = browser_of(office.one("job_seeker", 2))
    loads = []
    page.on("load", lambda: loads.append(page.url))

    def tell_another_version(line):
        server = line.connect_to_server()
        line.on_message(lambda said: server.send(SCHEMA.sub(r"\1another", said)))

    page.route_web_socket(re.compile("/_event"), tell_another_version)
    return page, loads


def test_it_loads_itself_anew_once_and_then_says_so_in_indonesian(old_tab):
    page, loads = old_tab
    page.goto("/beranda/")
    expect(page.locator(BANNER)).to_contain_text("Aplikasi ini sudah diperbarui")
    assert len(loads) == 2
    assert page.locator(BANNER).inner_text().split("\n")[-1] == "Muat ulang"
    assert page.url.endswith("/beranda/")


def test_without_our_words_it_would_say_so_in_english(old_tab):
    page, _ = old_tab
    page.route("**/ui.js*", lambda route: route.abort())
    page.goto("/beranda/")
    expect(page.locator(BANNER)).to_contain_text("A new version of this app is available.")


def test_a_tab_of_this_version_hears_nothing_of_it(office, browser_of):
    page = browser_of(office.one("job_seeker", 2))
    page.goto("/beranda/")
    expect(page.locator("[data-ready=true]")).to_be_visible()
    assert page.locator(BANNER).count() == 0
