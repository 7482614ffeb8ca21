"""Graduation day: people sign up, fill in, upload and send, while ten officers work."""

import asyncio
import functools
import io
import itertools
import random
import re
import time
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from bar import inside, served
from bar.rows_times import percentile
from bar.tab import Tab
from barut_reflex.demo.people import invent

from . import offices, people
from .row import Figure, Scale, at_most, row
from .rows_uploads import phone_photo, store
from .timing import milliseconds

AN_HOUR = 300  # people in the hour of the goal
FASTER = 4  # here they come so many times as fast
OFFICERS = 10
PAPERS = ("id_card", "family_card", "photo", "diploma", "skill_certificate")
PASSWORD = "Sungai-Barito7!"
PAUSE = 2.0  # seconds a person looks at a page before the next step


@dataclass
class Day:
    """What happened: how long officers waited, who finished, what went wrong."""

    waits: list[float] = field(default_factory=list)
    finished: int = 0
    errors: list[str] = field(default_factory=list)


@row(
    "rush",
    "A graduation day: sign up, fill in, five photos, send; 10 officers open cases meanwhile",
    against="the same officers alone",
    goal="no error; officers' p95 <= 2 ×",
)
def rush(scale: Scale) -> Figure:
    offices.office()
    many = scale.of(3, 40)
    idle = inside.run(_day(0, scale.of(5, 30)))
    busy = inside.run(_day(many, many * 3600 / AN_HOUR / FASTER))
    ratios = {"p95": percentile(busy.waits, 95) / percentile(idle.waits, 95)}
    errors = idle.errors + busy.errors
    passed = at_most(2, ratios) and not errors and busy.finished == many
    detail = f"{busy.finished} of {many} people finished at {AN_HOUR * FASTER:,} an hour, "
    detail += f"{FASTER} times the {AN_HOUR} of the goal, over real sockets and HTTP; "
    detail += f"{len(busy.waits)} cases opened; {len(errors)} errors; the bench's own people run "
    detail += "on the same two cores; each photo 2,000 pixels, as the page sends it"
    ours, theirs = milliseconds(busy.waits), milliseconds(idle.waits)
    return Figure(ratios, passed, ours, theirs, "; ".join([detail, *errors[:3]]))


async def _day(many: int, seconds: float) -> Day:
    day, over = Day(), asyncio.Event()
    cookies = await asyncio.to_thread(people.cookies, OFFICERS, people.OFFICERS)
    officers = [asyncio.create_task(_officer(cookie, day, over)) for cookie in cookies]
    comers = []
    for number in range(many):
        comers.append(asyncio.create_task(_person(number, day)))
        await asyncio.sleep(seconds / many)
    await asyncio.gather(*comers) if many else await asyncio.sleep(seconds)
    over.set()
    await asyncio.gather(*officers)
    return day


class CaseTab(Tab):
    """An officer's tab; its address names the case, as the route does."""

    case = ""

    async def emit(self, name: str, payload: dict[str, Any]) -> None:
        path = f"/admin/pengajuan/{self.case}/"
        where = {"pathname": path, "asPath": path, "query": {"application_id": self.case}}
        event = {"name": name, "payload": payload, "router_data": where}
        await self.socket.emit("event", event, namespace="/_event")


async def _officer(cookie: str, day: Day, over: asyncio.Event) -> None:
    """Open one case after the other, with a look at each."""
    asked = "SELECT public_id FROM application WHERE submitted IS NOT NULL ORDER BY id LIMIT 60"
    cases = [case for (case,) in await asyncio.to_thread(served.ask, offices.office(), asked)]
    load = _named("review_state.load")
    tab = CaseTab(offices.office(), cookie)
    async with tab:
        while not over.is_set():
            tab.case = random.choice(cases)
            tab.heard.clear()
            began = time.perf_counter()
            try:
                await tab.emit(load, {})
                await tab.until(f'"public_id": "{tab.case}"', seconds=30)
                day.waits.append(time.perf_counter() - began)
            except Exception as error:
                day.errors.append(f"officer: {type(error).__name__} {error}")
            await asyncio.sleep(random.uniform(0.5, 1.5))


async def _person(number: int, day: Day) -> None:
    try:
        await _application(number)
        day.finished += 1
    except Exception as error:
        day.errors.append(f"person {number}: {type(error).__name__} {error}"[:200])


_numbers = itertools.count(1)


async def _application(number: int) -> None:
    """Everything one person does, from the sign-up to Setujui & Kirim."""
    office, own = offices.office(), next(_numbers)
    person, email = invent(6000 + own), f"wisuda{own}.{int(time.time())}@contoh.id"
    browser = served.Browser(office, f"127.0.5.{own % 250 + 1}")
    await asyncio.to_thread(browser.get, "/daftar/")
    async with Tab(office, browser.cookie, path="/daftar/") as tab:
        await _sign_up(tab, person.name, email)
    await asyncio.to_thread(browser.sign_in, {"email": email, "password": PASSWORD})
    async with Tab(office, browser.cookie, path="/pengajuan/data-diri/") as tab:
        await _step(tab, "personal_state.save", "Data diri tersimpan", form=person.personal)
        left = int(person.personal["birth_date"][-4:]) + 18
        education = {"education": "SMA", "major": "IPA", "graduation_year": str(left)}
        education["skills"] = "Las listrik"
        said = "Pendidikan, keterampilan"
        await _step(tab, "papers_state.save", said, form=education)
        for kind in PAPERS:
            await asyncio.sleep(PAUSE)
            await store(tab, browser.cookie, kind, _small_photo())
        await _step(tab, "home_state.submit", "Pengajuan terkirim")


async def _sign_up(tab: Tab, name: str, email: str) -> None:
    form = {"name": name, "email": email, "password": PASSWORD, "again": PASSWORD}
    began = time.time()
    await _step(tab, "register_state.register", "verifikasi", form=form | {"agreed": True})
    code = await _mailed_code(email, began)
    await _step(tab, "verify_state.verify", "login", form={"code": code})


async def _step(tab: Tab, handler: str, said: str, **payload: Any) -> None:
    """One press of a button, and the office's answer to it."""
    await asyncio.sleep(PAUSE)
    tab.heard.clear()
    await tab.emit(_named(handler), payload)
    try:
        await tab.until(said, seconds=30)
    except TimeoutError:
        raise AssertionError(f"{handler} answered {tab.text[-150:]}") from None


async def _mailed_code(email: str, since: float) -> str:
    folder = offices.office().mailbox.folder
    for _ in range(100):
        await asyncio.sleep(0.3)
        for path in folder.glob("*.eml"):
            text = path.read_text(errors="replace") if path.stat().st_mtime >= since - 1 else ""
            if email in text and (found := re.search(r"^\s*(\d{6})\s*$", text, re.M)):
                return found[1]
    raise AssertionError("no letter came")


@functools.cache
def _named(end: str) -> str:
    return next(name for name in inside.ours() if name.endswith(end))


@functools.cache
def _small_photo() -> bytes:
    """The phone's photo as the page's script makes it smaller."""
    picture = Image.open(io.BytesIO(phone_photo()))
    picture.thumbnail((2000, 2000))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=75)
    return file.getvalue()
