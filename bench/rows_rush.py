"""Peak load: people sign up, upload and apply while ten officers open cases (bench row `rush`)."""

import asyncio
import functools
import io
import itertools
import re
import time

from PIL import Image

from barut_reflex.demo.people import demo_person
from measure.row import Figure, Scale, at_most
from measure.timing import milliseconds, percentile
from probes import inside, served
from probes.tab import Tab

from . import offices
from .rows_case import alone, opened_while
from .rows_uploads import phone_photo, store
from .table import TABLE

AN_HOUR = 300  # people in the hour of the goal
FASTER = 4  # here they come so many times as fast
PAPERS = ("id_card", "family_card", "photo", "diploma", "skill_certificate")
PASSWORD = "Sungai-Barito7!"
PAUSE = 2.0  # seconds a person looks at a page before the next step


@TABLE.row(
    "rush",
    "The same press while people sign up, fill in, send five photos and apply",
    against="the officers alone (row `case`)",
    goal="no error; p95 <= 2 ×",
)
def rush(scale: Scale) -> Figure:
    many, errors = scale.of(3, 40), list[str]()
    quiet = alone(scale)
    busy = inside.run(opened_while(_people(many, many * 3600 / AN_HOUR / FASTER, errors)))
    ratios = {"p95": percentile(busy.drawn, 95) / percentile(quiet.drawn, 95)}
    finished = many - len(errors)
    errors += busy.errors
    detail = f"{finished} of {many} people finished at {AN_HOUR * FASTER:,} an hour, "
    detail += f"{FASTER} times the {AN_HOUR} of the goal, over real sockets and HTTP, each photo "
    detail += f"2,000 pixels as the page sends it; {len(busy.drawn)} cases; {len(errors)} errors"
    detail = "; ".join([detail, *errors[:3]])
    ours, theirs = milliseconds(busy.drawn), milliseconds(quiet.drawn)
    return Figure(ours, at_most(2, ratios) and not errors, detail, theirs, ratios)


async def _people(many: int, seconds: float, errors: list[str]) -> None:
    comers = []
    for number in range(many):
        comers.append(asyncio.create_task(_person(number, errors)))
        await asyncio.sleep(seconds / many)
    await asyncio.gather(*comers)


async def _person(number: int, errors: list[str]) -> None:
    try:
        await _application(number)
    except Exception as error:
        errors.append(f"person {number}: {type(error).__name__} {error}"[:200])


_numbers = itertools.count(1)


async def _application(number: int) -> None:
    """Everything one person does, from the sign-up to Setujui & Kirim."""
    office, own = offices.office(), next(_numbers)
    person, email = demo_person(6000 + own), f"wisuda{own}.{int(time.time())}@contoh.id"
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


async def _step(tab: Tab, handler: str, said: str, **payload: object) -> None:
    """One press of a button, and the office's answer to it."""
    await asyncio.sleep(PAUSE)
    tab.heard.clear()
    await tab.emit(inside.handler_name(handler), payload)
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
def _small_photo() -> bytes:
    """The phone's photo as the page's script makes it smaller."""
    picture = Image.open(io.BytesIO(phone_photo()))
    picture.thumbnail((2000, 2000))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=75)
    return file.getvalue()
