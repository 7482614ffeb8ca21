"""PostgreSQL and Redis restart while people work: no confirmed act is lost, the site recovers.

Nobody counts seconds here: each step waits until it is seen.
"""

import asyncio
import threading
import time

import pytest
from playwright.sync_api import expect

from barut_reflex.gate.doors import BUSY
from barut_reflex.gate.shell import OFFLINE
from probes.browser import button, field, settled
from probes.servers import start_postgres, stop_postgres

from .site import needs_nginx
from .test_site import Seeker, rows

pytestmark = needs_nginx
SEEN = 120_000  # milliseconds until something has to be seen on a busy machine
MORE = 4  # confirmed by each before it, and again after


class Seekers:
    """Five people who type all the time, in a thread of their own beside the browser."""

    def __init__(self, site):
        self.people = [Seeker(site, cookie) for cookie in site.people(5)]
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._work()))

    async def _work(self):
        over = asyncio.Event()
        work = [asyncio.create_task(one.work(over)) for one in self.people]
        await asyncio.to_thread(self.is_over.wait)
        over.set()
        await asyncio.gather(*work)
        self.stored = [await self._stored(one) for one in self.people]

    async def _stored(self, one):
        async with one.site.tab(one.cookie) as tab:
            return await one.stored(tab)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()

    def confirm_more(self, seconds=240):
        """Until each of them had something confirmed that was typed from now on."""
        wanted = [one.confirmed + MORE for one in self.people]
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if all(one.confirmed >= n for one, n in zip(self.people, wanted, strict=True)):
                return
            time.sleep(0.2)
        raise AssertionError([one.confirmed for one in self.people])

    def ensure_nothing_lost(self):
        for one, stored in zip(self.people, self.stored, strict=True):
            assert one.went_back == []
            assert stored in (one.confirmed, one.confirmed + 1)


@pytest.fixture
def form(production, browsing):
    """A phone with Data Diri open, one field left and one still being typed in."""
    expect.set_options(timeout=SEEN)
    (cookie,) = production.people(1)
    page = browsing(width=360, height=780, cookie=cookie)
    page.goto("/pengajuan/data-diri/")
    settled(page)
    field(page, "Tempat Lahir").fill("Muara Teweh")
    field(page, "Alamat").fill("Jl. Setengah")
    expect(page.get_by_text("Tersimpan").first).to_be_visible()
    return page


def address_in(site):
    return [one for (one,) in rows(site, "SELECT address FROM profile WHERE address LIKE 'Jl.%'")]


def test_redis_is_restarted(production, form):
    with Seekers(production) as seekers:
        seekers.confirm_more()
        production.redis.stop()
        expect(form.get_by_text(OFFLINE)).to_be_visible()
        field(form, "Alamat").press_sequentially(" Jalan")
        production.redis.start()
        expect(form.get_by_text(OFFLINE)).to_be_hidden()
        seekers.confirm_more()
    seekers.ensure_nothing_lost()
    assert sum(one.cuts for one in seekers.people) > 0
    expect(field(form, "Alamat")).to_have_value("Jl. Setengah Jalan")
    expect(field(form, "Tempat Lahir")).to_have_value("Muara Teweh")
    field(form, "RT").click()
    wait_until(lambda: "Jl. Setengah Jalan" in address_in(production))


def test_postgresql_is_restarted(production, form):
    with Seekers(production) as seekers:
        seekers.confirm_more()
        stop_postgres()
        try:
            field(form, "Alamat").press_sequentially(" Lagi")
            button(form, "Simpan").click()
            expect(form.get_by_text(BUSY).first).to_be_visible()
        finally:
            start_postgres()
        seekers.confirm_more()
    seekers.ensure_nothing_lost()
    expect(field(form, "Alamat")).to_have_value("Jl. Setengah Lagi")
    field(form, "Alamat").click()
    field(form, "RT").click()
    wait_until(lambda: "Jl. Setengah Lagi" in address_in(production))


def wait_until(is_so, seconds=120):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.3)
