"""Lost connections: sockets are cut while a form is edited, and nothing may be lost (gate G4)."""

import asyncio
from typing import Any
from uuid import uuid4

from barut_reflex.core import routes
from measure.row import Figure, Scale
from probes import inside, served
from probes.tab import ROOT, Tab

from .table import TABLE

SAVED = "SELECT address FROM profile JOIN person ON person.id = person_id WHERE email = ?"


@TABLE.row(
    "G4",
    "Socket cut in the middle of a form: saved drafts lost / logins lost",
    goal="0 / 0 (100 cuts)",
    points=0,
)
def cut_lines(scale: Scale) -> Figure:
    cuts = scale.of(6, 100, 300)
    drafts, logins = inside.run(cut(cuts))
    detail = f"{cuts} cuts without a goodbye, each while a field travels; every second time "
    detail += "before its answer; back with the same tab or, each third time, a new one"
    return Figure(f"{len(drafts)} / {logins}", not drafts and not logins, f"{detail} {drafts[:2]}")


async def cut(times: int) -> tuple[list[str], int]:
    """Drafts the office said it keeps and does not show again, and how often a login was lost."""
    office, token, drafts, logins = served.running_office(), str(uuid4()), [], 0
    person = office.one("job_seeker", 0)
    browser = await asyncio.to_thread(served.Browser(office).sign_in, person)
    leave = inside.handler_name("personal_state.leave")
    known = ""
    for number in range(times):
        token = token if number % 3 else str(uuid4())
        text, is_told = f"Jl. Terputus Nomor {number}", number % 2 == 0
        async with _form(office, browser.cookie, token) as tab:
            shown = await _shows(tab, known)
            logins += not shown.is_signed_in
            drafts += [] if shown.has_draft else [known]
            await tab.emit(leave, {"name": "address", "value": text})
            if is_told:
                await tab.until("tersimpan", "Tersimpan", seconds=60)
            await _cut(tab)
        kept = await asyncio.to_thread(served.query, office, SAVED, (person["email"],))
        drafts += [] if kept[0][0] in ((text,) if is_told else (known, text)) else [text]
        known = text if is_told else ""  # what was not told may still arrive
    return drafts, logins


class _Shown:
    def __init__(self, is_signed_in: bool, has_draft: bool):
        self.is_signed_in, self.has_draft = is_signed_in, has_draft


def _form(office: Any, cookie: str, token: str) -> Tab:
    return Tab(office, cookie, token=token, path=f"{routes.PERSONAL}/")


async def _shows(tab: Tab, known: str) -> _Shown:
    """The page as it comes back after the cut."""
    await tab.emit(f"{ROOT}.hydrate_and_load", {"vars": {}, "hashes": []})
    await tab.until("is_loaded", "_redirect", seconds=60)
    await tab.quiet(0.1)
    return _Shown("/login" not in tab.text, known in tab.text)


async def _cut(tab: Tab) -> None:
    """The connection is gone without a word: no closing frame, no disconnect packet."""
    tab.socket.eio.ws._response.connection.transport.abort()
    await asyncio.sleep(0.05)
