"""Three workers in production mode behind the nginx, TLS and settings that `deploy/` describes.

One site for all tests of this file; the last ones kill and restart its workers.
"""

import asyncio
import contextlib
import re
import time

import httpx
import pytest
from sqlalchemy import create_engine, text

from barut_reflex.applications.web.papers import PapersState
from barut_reflex.applications.web.personal import PersonalState
from barut_reflex.home.web.seeker import HomeState
from probes.files.genuine import jpeg
from probes.form_values import PERSONAL_FORM
from probes.inside import run

from .site import HOST, Site, needs_nginx

pytestmark = needs_nginx
LEAVE, LOAD = (f"{PersonalState.get_full_name()}.{name}" for name in ("leave", "load"))
SAVE = f"{PersonalState.get_full_name()}.save"
WATCH = f"{HomeState.get_full_name()}.watch"
RECEIVE = f"{PapersState.get_full_name()}.receive"
TIMEOUT = 60  # seconds; a machine may be busy


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Site(tmp_path_factory.mktemp("site")) as site:
        yield site


def rows(site, question, **values):
    engine = create_engine(site.env["BARUT_DATABASE_URL"])
    try:
        with engine.connect() as connection:
            return connection.execute(text(question), values).all()
    finally:
        engine.dispose()


# -- what the proxy does --------------------------------------------------------------------------


def test_plain_http_is_led_to_tls(site):
    answer = httpx.get(f"http://{HOST}:{site.plain_port}/login/")
    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{HOST}/login/")


def test_tls_is_real_and_the_headers_say_so(site):
    answer = site.browser().get("/v/TIDAKADA")
    assert answer.status_code == 404
    assert "max-age=" in answer.headers["strict-transport-security"]
    assert answer.headers["server"] == "nginx"
    with pytest.raises(httpx.ConnectError):
        httpx.get(site.address)  # whoever does not know the certificate goes away


def test_health_is_seen_from_inside_only_where_it_tells_more(site):
    assert site.browser().get("/sehat").text == "hidup"
    ready = site.browser().get("/siap").json()  # this machine is inside
    assert set(ready.values()) == {"baik"}
    assert site.browser().get("/_health").status_code == 403


def test_a_foreign_name_is_refused(site):
    answer = site.browser(headers={"Host": "jahat.example"}).get("/sehat")
    assert answer.status_code == 421


def test_files_of_pages_come_under_the_same_name(site):
    """Here without pages, so 404; a location that lost its Host header answers 421."""
    answer = site.browser().get("/assets/entry.client.js")
    assert answer.status_code == 404


def test_no_code_of_a_card_is_in_the_log(site):
    site.browser().get("/v/KODE-RAHASIA?x=token-rahasia")
    log = (site.folder / "barut.log").read_text()
    assert re.search(r"GET /v 404", log)
    assert "RAHASIA" not in log.upper()


# -- who calls ------------------------------------------------------------------------------------


def callers(site):
    return {key for (key,) in rows(site, "SELECT DISTINCT key FROM limithit")}


def test_a_forged_address_is_not_believed_and_limits_are_one_for_all_workers(site):
    browser, before = site.browser(), callers(site)
    for number in range(12):
        forged = {"X-Forwarded-For": f"198.51.100.{number}", "X-Real-IP": f"198.51.100.{number}"}
        browser.get("/v/TIDAKADA", headers=forged | {"Forwarded": f"for=198.51.100.{number}"})
    assert len(callers(site) | before) - len(before) <= 1


def test_behind_the_proxy_it_would_be_believed(site):
    """The control: who can reach a worker past the proxy is the proxy, so nobody may."""
    before, host = callers(site), site.address.removeprefix("https://")
    for number in range(3):
        forged = {"X-Forwarded-For": f"198.51.100.{number}", "Host": host}
        httpx.get(f"http://{HOST}:{site.ports[0]}/v/TIDAKADA", headers=forged)
    assert len(callers(site) - before) == 3


# -- several workers ------------------------------------------------------------------------------


def test_a_sign_in_is_known_to_every_worker(site):
    (cookie,) = site.people(1)
    host = site.address.removeprefix("https://")
    for port in site.ports:
        headers = {"Cookie": cookie, "Host": host}
        answer = httpx.get(f"http://{HOST}:{port}/berkas/tidak-ada", headers=headers)
        assert answer.status_code == 404
        assert httpx.get(f"http://{HOST}:{port}/berkas/x", headers={"Host": host}).is_redirect


def test_what_changes_is_seen_by_the_tabs_of_all_workers(site):
    (cookie,) = site.people(1)

    async def watch():
        async with contextlib.AsyncExitStack() as stack:
            tabs = [await stack.enter_async_context(site.tab(cookie)) for _ in range(4)]
            for tab in tabs:
                await tab.emit(WATCH, {})
                await tab.until("home_rx_state_", seconds=TIMEOUT)
            await asyncio.gather(*(tab.quiet(2) for tab in tabs))
            for tab in tabs:
                tab.heard.clear()
            async with site.tab(cookie) as actor:
                await actor.emit(SAVE, {"form": PERSONAL_FORM})
                for tab in tabs:
                    await tab.until("home_rx_state_", seconds=TIMEOUT)

    run(watch())


def test_each_email_is_sent_once(site):
    site.run("-m", "tests.deploy.emails", "12")

    def subjects():
        heads = b"\n".join(email.partition(b"\r\n\r\n")[0] for email in site.emails)
        return sorted(re.findall(rb"(?m)^Subject: (nomor-\d+)", heads))

    expected = sorted(f"nomor-{number}".encode() for number in range(12))
    deadline = time.monotonic() + TIMEOUT
    while len(subjects()) < 12 and time.monotonic() < deadline:
        time.sleep(0.3)
    time.sleep(2)  # a second one would come now
    assert subjects() == expected


def test_housekeeping_has_one_lease_a_job(site):
    jobs = rows(site, "SELECT key, count(*) FROM counter WHERE key LIKE 'job %' GROUP BY key")
    assert {"job papers", "job limits"} <= {key for key, _ in jobs}
    assert {count for _, count in jobs} == {1}


def test_a_paper_goes_through_whichever_worker(site):
    """The bytes arrive at one worker, which dies; another one draws and stores them in S3."""
    (cookie,) = site.people(1)
    ticket = (
        site.browser(cookie)
        .post("/berkas/id_card", content=jpeg(), headers={"X-File-Name": "ktp.jpg"})
        .json()["ticket"]
    )
    for port in site.ports[:2]:
        site.kill(port)

    async def hand_in():
        async with site.tab(cookie) as tab:
            await tab.emit(RECEIVE, {"form": {"kind": "id_card", "tickets": ticket}})
            await tab.until("tersimpan", seconds=TIMEOUT)

    try:
        run(hand_in())
    finally:
        for port in site.ports[:2]:
            site.start(port)
    (public_id,) = rows(site, "SELECT public_id FROM document")[-1]
    for _ in site.ports:
        answer = site.browser(cookie).get(f"/berkas/{public_id}")
        assert answer.content.startswith(b"\xff\xd8\xff")
        assert "x-amz" not in str(answer.headers)
    assert not list((site.folder / "uploaded_files").rglob("*.jpg"))


# -- a rolling restart under load -----------------------------------------------------------------


ENOUGH = 4  # confirmed writes a seeker, so that the test is not idle


class Seeker:
    """Somebody who keeps writing a higher number into a field, and notes what was confirmed."""

    def __init__(self, site, cookie):
        self.site, self.cookie = site, cookie
        self.confirmed = self.cuts = 0
        self.went_back: list[tuple[int, int]] = []

    async def work(self, is_over: asyncio.Event):
        """Until the restart is over and enough was confirmed, however slow the machine is."""
        while not (is_over.is_set() and self.confirmed >= ENOUGH):
            try:
                async with self.site.tab(self.cookie) as tab:
                    await self._type(tab, is_over)
            except Exception:  # the line was cut: open the page again, as people do
                self.cuts += 1
                await asyncio.sleep(0.2)

    async def _type(self, tab, is_over):
        if (found := await self.stored(tab)) < self.confirmed:
            self.went_back.append((self.confirmed, found))
        while not (is_over.is_set() and self.confirmed >= ENOUGH):
            number = self.confirmed + 1
            await tab.emit(LEAVE, {"name": "address", "value": f"Jalan {number:06}"})
            await tab.emit(LOAD, {})
            await tab.until(f"Jalan {number:06}", seconds=TIMEOUT)
            self.confirmed = number
            tab.heard.clear()
            await asyncio.sleep(0.3)

    async def stored(self, tab) -> int:
        await tab.emit(LOAD, {})
        await tab.until("form_rx_state_", seconds=TIMEOUT)
        found = re.findall(r"Jalan (\d{6})", tab.text)
        tab.heard.clear()
        return int(found[-1]) if found else 0


async def ask_all_the_time(site, is_over):
    """What visitors get meanwhile: every answer that is not the right one."""
    wrong = []

    def ask():
        with site.browser() as browser:
            return browser.get("/sehat").status_code

    while not is_over.is_set():
        if (status := await asyncio.to_thread(ask)) != 200:
            wrong.append(status)
        await asyncio.sleep(0.1)
    return wrong


async def roll(site, is_over):
    """Restart one worker after another, as deploy/rolling-restart does."""
    try:
        await asyncio.sleep(1)
        for port in site.ports:
            await asyncio.to_thread(site.stop, port)
            await asyncio.to_thread(site.start, port)
    finally:
        is_over.set()


def test_a_rolling_restart_loses_nothing_that_was_confirmed(site):
    seekers = [Seeker(site, cookie) for cookie in site.people(5)]

    async def restart_under_load():
        is_over = asyncio.Event()
        visitors = asyncio.create_task(ask_all_the_time(site, is_over))
        work = [asyncio.create_task(seeker.work(is_over)) for seeker in seekers]
        await roll(site, is_over)
        async with asyncio.timeout(TIMEOUT * 4):
            await asyncio.gather(*work)
        for seeker in seekers:
            async with site.tab(seeker.cookie) as tab:
                assert await seeker.stored(tab) in (seeker.confirmed, seeker.confirmed + 1)
        return await visitors

    wrong = run(restart_under_load())
    assert wrong == []
    assert [seeker.went_back for seeker in seekers] == [[]] * len(seekers)
    assert sum(seeker.cuts for seeker in seekers) > 0  # it was felt: the test is not idle
