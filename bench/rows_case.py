"""Opening a case under load: ten officers, each one case every ten seconds (bench row `case`).

Three press in real browsers, which is what is timed. The others do the same over their sockets:
an officer's browser runs on a computer of its own, and ten on the server's two cores would
time one another.
"""

import asyncio
import functools
import random
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field

from playwright.async_api import Browser, Page, async_playwright

from measure.row import Figure, Scale
from measure.timing import milliseconds, percentile
from probes import inside, served
from probes.tab import ROOT, Tab

from . import offices, people
from .rows_pages import ARGS, CHROMIUM
from .table import TABLE

GOAL = 0.160  # seconds from the press until the case is drawn
OFFICERS = 10
BROWSERS = 3  # of the officers
EVERY = 10  # seconds
LIST = "/admin/pengajuan/"
ROW = "a[data-case]"
OPENED = f"{ROOT}.reflex___state____on_load_internal_state.on_load_internal"
# Press the link of one row; the milliseconds until the name of its person is painted, and until
# the first paper is. A row of the same name as the case shown before would be drawn at once.
OPEN = """
number => new Promise(opened => {
  const link = document.querySelectorAll("a[data-case]")[number];
  const name = document.getElementById(`nama-${link.dataset.case}`).textContent;
  const began = performance.now();
  let drawn = 0;
  const since = () => performance.now() - began;
  const watch = () => requestAnimationFrame(() => setTimeout(() => {
    if (!drawn && document.querySelector('[data-desk="case"]')?.textContent.includes(name))
      drawn = since();
    const picture = document.getElementById("berkas-gambar");
    if (drawn && (!picture || picture.complete)) opened([drawn, since()]);
    else watch();
  }));
  link.click();
  watch();
})
"""


@dataclass
class Openings:
    """Seconds until each case was drawn, and until its first paper was; what went wrong."""

    drawn: list[float] = field(default_factory=list)
    papers: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@TABLE.row(
    "case",
    "An officer presses a row of the list: until the case is drawn",
    goal=f"p95 <= {GOAL * 1000:.0f} ms",
)
def case(scale: Scale) -> Figure:
    opened = alone(scale)
    passed = percentile(opened.drawn, 95) <= GOAL and not opened.errors
    detail = f"{OFFICERS} officers, each a case every {EVERY} s, {BROWSERS} of them in real "
    detail += f"browsers; {len(opened.drawn)} cases timed; until the first paper is there too: "
    detail += milliseconds(opened.papers)
    detail = "; ".join([detail, *opened.errors[:3]])
    return Figure(milliseconds(opened.drawn), passed, detail)


@functools.cache
def alone(scale: Scale) -> Openings:
    """How long the officers wait while nobody else is there."""
    offices.office()
    return inside.run(opened_while(asyncio.sleep(scale.of(12, 200))))


async def opened_while(work: Awaitable[object]) -> Openings:
    """The officers open cases until `work` is done."""
    opened = Openings()
    cookies = await asyncio.to_thread(people.officers, OFFICERS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        pages = [await _at_the_list(browser, cookie) for cookie in cookies[:BROWSERS]]
        desks = [asyncio.create_task(_officer(page, opened)) for page in pages]
        for cookie in cookies[BROWSERS:]:
            desks.append(asyncio.create_task(_by_socket(cookie, opened)))
        await work
        for desk in desks:
            desk.cancel()
        await asyncio.gather(*desks, return_exceptions=True)
        await browser.close()
    return opened


async def _at_the_list(browser: Browser, cookie: str) -> Page:
    address = offices.office().address
    context = await browser.new_context(base_url=address)
    pairs = [part.split("=", 1) for part in cookie.split("; ")]
    await context.add_cookies([{"name": n, "value": v, "url": address} for n, v in pairs])
    page = await context.new_page()
    await page.goto(LIST)
    await page.wait_for_selector(ROW)
    await page.evaluate(OPEN, 0)  # once, so that the page's code has come
    await _back(page)
    return page


async def _officer(page: Page, opened: Openings) -> None:
    """A case at some moment of every ten seconds, each another one; then back to the list."""
    cases = random.sample(range(1, await page.locator(ROW).count()), 20)
    began = time.monotonic()
    for turn, case in enumerate(cases):
        moment = began + (turn + random.random()) * EVERY
        await asyncio.sleep(max(1, moment - time.monotonic()))
        try:
            drawn, paper = await asyncio.wait_for(page.evaluate(OPEN, case), 30)
            opened.drawn.append(drawn / 1000)
            opened.papers.append(paper / 1000)
            await asyncio.sleep(1)
            await _back(page)
        except Exception as error:
            opened.errors.append(f"officer: {type(error).__name__} {error}"[:200])


async def _by_socket(cookie: str, opened: Openings) -> None:
    """The same without drawing; what the list and the case send is waited for."""
    asked = "SELECT public_id FROM application WHERE submitted IS NOT NULL ORDER BY id LIMIT 60"
    cases = [case for (case,) in await asyncio.to_thread(served.query, offices.office(), asked)]
    async with Tab(offices.office(), cookie, path=LIST) as tab:
        for case in random.sample(cases, 20):
            await asyncio.sleep(random.uniform(0, 2 * EVERY - 2))
            try:
                await _visit(tab, f"{LIST}{case}/", f'"public_id": "{case}"')
                await asyncio.sleep(1)
                await _visit(tab, LIST, '"listing')
            except Exception as error:
                opened.errors.append(f"officer: {type(error).__name__} {error}"[:200])


async def _visit(tab: Tab, path: str, until: str) -> None:
    """Go to another page, as the browser's router tells the server."""
    tab.path = path
    tab.heard.clear()
    await tab.emit(OPENED, {})
    await tab.until(until, seconds=30)


async def _back(page: Page) -> None:
    await page.get_by_role("link", name="Kembali ke Daftar").click()
    await page.wait_for_selector(ROW)
