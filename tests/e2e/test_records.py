"""A form shows the currently stored facts however it is reached, and an old page changes none."""

import re

import pytest
from playwright.sync_api import expect

from probes.browser import sign_in

from .records import RECORDS, may_change_again

KINDS = ["personal", "papers", "biodata", "school", "experience"]  # all entries are one form
MOMENT = 20_000  # milliseconds; a green run waits for none of them


@pytest.fixture(scope="module")
def tabs(office, quiet, chromium):
    """Two tabs of one person, whose application was sent back and may be changed."""
    context = chromium.new_context(base_url=office.address)
    context.set_default_timeout(90_000)
    page, other = context.new_page(), context.new_page()
    person = office.one("job_seeker", 4)
    sign_in(page, person["email"], person["password"])
    page.wait_for_url("**/beranda/**")
    for tab in (page, other):
        tab.set_default_timeout(MOMENT)
        tab.on("pageerror", lambda error: pytest.fail(f"page error: {error}"))
    yield page, other
    context.close()


@pytest.fixture(autouse=True)
def many_changes(office):
    may_change_again(office.var)


@pytest.mark.parametrize("name", [*KINDS, "languages"])
def test_what_another_tab_saved_is_shown_and_not_undone(name, tabs):
    assert {way: stale for way, stale in changed_elsewhere(RECORDS[name], *tabs) if stale} == {}


@pytest.mark.parametrize("name", KINDS)
def test_what_was_saved_is_shown_however_the_form_is_opened_again(name, tabs):
    assert {way: stale for way, stale in opened_again(RECORDS[name], *tabs) if stale} == {}


@pytest.mark.parametrize("name", KINDS)
def test_what_was_typed_is_never_lost(name, tabs):
    assert {way: stale for way, stale in typed(RECORDS[name], *tabs) if stale} == {}


def test_without_the_script_an_old_value_would_be_shown(tabs):
    page, other = tabs
    page.route("**/ui.js*", lambda route: route.abort())
    way, stale = next(changed_elsewhere(RECORDS["papers"], page, other))
    page.unroute("**/ui.js*")
    assert way == "opened again"
    assert stale


def opened_again(record, page, other):
    """Saved here, and come back to by each way."""
    record.open(page)
    new = record.change(page)
    record.press(page)
    record.link(page)
    yield "by a link", record.stale(page, new)
    new = record.change(page)
    record.press(page)
    if not record.section:
        page.go_back()
        record.reach(page)
        yield "by the button back", record.stale(page, new)
    record.open(page, is_saved=True)
    yield "by its address", record.stale(page, new)
    if not record.section:  # each field is kept as soon as it is left
        new = record.change(page)
        expect(page.get_by_text(re.compile(r"^Tersimpan \d"))).to_be_visible()
        page.reload()
        record.reach(page)
        yield "loaded again after a field was left", record.stale(page, new)


def changed_elsewhere(record, page, other):
    """Saved in another tab; this one is opened again, or goes on with what it has."""
    record.open(page)
    new = changed(record, other)
    record.link(page)
    yield "opened again", record.stale(page, new)
    new = changed(record, other)
    for name in record.fields:  # only passed through
        record.box(page, name).focus()
    record.box(page, record.own).fill("Baru")
    record.press(page)
    record.open(other, is_saved=True)
    yield "saved from an old page", record.stale(other, new | {record.own: "Baru"})


def typed(record, page, other):
    """Typed while the page is read anew, over a lost line, and where it is refused."""
    slow = Line(page)
    if not record.section:
        record.open(page)
        new = changed(record, other)
        record.away(page)
        slow.hold()
        page.locator(f"main a[href='{record.path}']").first.click()
        record.box(page, record.own).fill("Diketik")
        slow.let_go()
        record.reach(page)
        yield "while it was read", record.stale(page, new | {record.own: "Diketik"})
    record.open(page)
    new = changed(record, other)
    record.box(page, record.own).fill("Diketik")
    slow.cut()
    yield "over a lost line", record.stale(page, new | {record.own: "Diketik"})
    record.open(page)
    name, wrong = record.wrong
    record.box(page, name).fill(wrong)
    page.get_by_role("button", name=record.save, exact=True).click()
    expect(page.locator(f"#{name}-error")).not_to_be_empty()
    yield "refused", record.stale(page, new | {name: wrong})


def changed(record, page):
    """Save other values for every field; gives them."""
    record.open(page)
    new = record.change(page)
    record.press(page)
    return new


class Line:
    """The socket of a page, which can be slow, or cut."""

    def __init__(self, page):
        self.held, self.is_slow = [], False
        page.route_web_socket(re.compile("/_event"), self._carry)

    def _carry(self, socket):
        self.socket, server = socket, socket.connect_to_server()
        server.on_message(self._arrive)

    def _arrive(self, message):
        self.held.append(message)
        if not self.is_slow:
            self.let_go()

    def hold(self):
        self.is_slow = True

    def let_go(self):
        self.is_slow = False
        while self.held:
            self.socket.send(self.held.pop(0))

    def cut(self):
        self.socket.close()
