"""Crawls handlers, pages and routes as staff: which give personal data without an audit row.

Lists that show a whole NIK are found too (row 46 of the bar).
"""

import inspect
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import Engine, update
from sqlmodel import Session, func, select
from starlette.applications import Starlette

from barut_reflex.attendance import service as attendance
from barut_reflex.attendance.rules import AttendancePurpose
from barut_reflex.core import tokens
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.core.views import ViewKind
from barut_reflex.documents.models import Document
from barut_reflex.gate import cookies, doors
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role
from barut_reflex.people.service import sessions
from barut_reflex.seal.queries import current_code
from barut_reflex.seal.rules import PayloadKind
from barut_reflex.sharing import service as sharing
from barut_reflex.siapkerja.service import identity as siapkerja_identity
from probes import inside
from probes.card_factories import FACTS, give_card
from probes.case_factories import make_case
from probes.factories import LONG_AGO
from probes.pipeline import pipeline
from probes.profile_factories import make_whole
from probes.tab import ROOT

from . import forged_events

NAME, STREET = "Kenari Rahasia", "Jalan Kenari Nomor 7"
LIST = ViewKind.LIST
QUERIES = ("", "?halaman=1", "?halaman=1&ukuran=kecil")
FILES = ("image/", "application/pdf", "application/zip")  # of somebody's id: always that person's


@dataclass
class Planted:
    """Somebody with everything: words that lead to them, and what the trail may call them."""

    person: Person
    nik: str
    words: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


@dataclass
class CrawlResult:
    """Calls made, the ways that gave the person's data, and those that left no row of it."""

    calls: int = 0
    with_data: set[str] = field(default_factory=set)
    unrecorded: set[str] = field(default_factory=set)
    unmasked: set[str] = field(default_factory=set)


def plant_person(engine: Engine, officer: Person, number: int = 0) -> Planted:
    """A person with profile, papers, case, card, SIAPkerja-ID, link and access code."""
    nik = f"620505150599{number:04}"
    person = inside.person_of(Role.JOB_SEEKER, f"{NAME} {number}")
    facts = FACTS.model_copy(update={"name": person.name, "nik": nik, "address": STREET})
    with Session(engine, expire_on_commit=False) as session:
        make_whole(session, person=person, nik=nik, address=STREET)
        photo = session.exec(select(Document).where(Document.owner_id == person.id)).one()
        identity = siapkerja_identity.open_identity(session, person)
        session.execute(update(Document).values(replaced=LONG_AGO))  # each brings its own
        card = give_card(session, holder=person, officer=officer, facts=facts, is_closed=True)
        session.execute(update(Document).values(replaced=LONG_AGO))
        case = make_case(session, applicant=person, nik=nik, facts={"address": STREET})
        shown = {"recipient": "PT Uji", "purpose": "Lamaran", "hours": "24"}
        token = sharing.share(session, person, **shown, sections=["education"])
        came = attendance.make_access_code(session, person)
        when = {"purpose": AttendancePurpose.ATTENDANCE}
        attendance.check_in(session, officer, came.digits, **when)
        fresh = attendance.make_access_code(session, person)
        session.commit()
        assert identity
        subjects = (PayloadKind.AK1, card.id), (PayloadKind.SIAPKERJA_ID, identity.id)
        codes = [current_code(session, *subject).code for subject in subjects]
    known = {"case": case, "card": card, "person": person, "paper": photo, "identity": identity}
    words = {kind: row.public_id for kind, row in known.items()}
    names = set(words.values())
    words |= {"code": codes[0], "identity code": codes[1], "link": token}
    words |= {"digits": fresh.digits.replace(" ", ""), "search": "kenari", "number": "1"}
    return Planted(person, nik, words, names)


@contextmanager
def record_every_view() -> Iterator[None]:
    """The same look leaves a row each time, and live pages end after their first answer."""
    from barut_reflex.core import views

    never = (views, "SAME_VIEW_WINDOW", timedelta(0))
    with inside.patched(never, (doors, "asyncio", forged_events.live_once())):
        yield


class Crawler:
    """One of the staff, walking; `by` is fresh for each way, since some ways end the session."""

    def __init__(self, engine: Engine, role: Role, planted: Planted, walked: CrawlResult):
        self.engine, self.planted, self.walked = engine, planted, walked
        self.by = inside.person_of(role, f"Pegawai {role}")

    def judge(self, way: str, answer: str, before: int, *, is_file: bool = False) -> None:
        """Count the call; what gave a canary must have left a row about that person."""
        self.walked.calls += 1
        found = [word for word in (NAME, self.planted.nik, STREET) if word in answer]
        if not found and not is_file:
            return
        self.walked.with_data.add(way)
        rows = self._rows(before)
        if not rows:
            self.walked.unrecorded.add(way)
        elif self.planted.nik in found and {row.act for row in rows} == {LIST}:
            self.walked.unmasked.add(way)

    def head(self) -> int:
        with Session(self.engine) as session:
            return session.exec(select(func.max(AuditEntry.id))).one() or 0

    def _rows(self, before: int) -> list[AuditEntry]:
        mine = select(AuditEntry).where(AuditEntry.id > before, AuditEntry.actor_id == self.by.id)
        with Session(self.engine) as session:
            rows = session.exec(mine).all()
        names = self.planted.names
        return [r for r in rows if r.act == LIST or r.subject in names or r.detail in names]

    def sign_in(self) -> str:
        with Session(self.engine) as session:
            token = sessions.sign_in(session, self.by.id, device="bar")
            session.commit()
        return token

    # -- sockets ------------------------------------------------------------------------------

    async def handlers(self, names: list[str], most: int) -> None:
        """Each handler as the first order of a tab that no page has loaded anything into."""
        async with pipeline(inside.app()) as (socket, client_of):
            for name in names:
                for payload in self._payloads(name, most):
                    await self._send(socket, client_of, name, payload, f"event {_short(name)}")

    async def pages(self, paths: list[str], load: str) -> None:
        """Each page, as the browser opens it."""
        async with pipeline(inside.app()) as (socket, client_of):
            for path in paths:
                where = path.replace("[application_id]", self.planted.words["case"])
                payload = {"vars": {}, "hashes": []}
                await self._send(socket, client_of, load, payload, f"page {path}", where)

    async def _send(
        self, socket: Any, client_of: Any, name: str, payload: Any, way: str, path: str = ""
    ) -> None:
        case = self.planted.words["case"]
        client = client_of(f"tab-{uuid4()}", sign_in=tokens.fingerprint(self.sign_in()))
        if not path:  # a tab that is there already, else Reflex opens the page first
            await client.send(f"{ROOT}.hydrate")
        client.path = path or f"/admin/pengajuan/{case}/"
        client.query = {"application_id": case} if case in client.path else {}
        socket.updates.clear()
        before = self.head()
        with suppress(Exception):  # whatever goes wrong: what was sent before it is looked at
            await client.send(name, payload)
        self.judge(way, socket.deltas(client.token), before)

    def _payloads(self, name: str, most: int) -> list[dict[str, Any]]:
        handler = inside.handlers()[name]
        arguments = list(inspect.signature(handler.fn).parameters)[1:]
        if not arguments:
            return [{}]
        hints = {one: str(handler.fn.__annotations__.get(one, "str")) for one in arguments}
        words = list(self.planted.words.values())[:most]
        filled = [
            {one: forged_events.filled(hints[one], word) for one in arguments} for word in words
        ]
        return [one for n, one in enumerate(filled) if one not in filled[:n]]

    # -- plain routes -------------------------------------------------------------------------

    async def routes(self, routes: list[Any], queries: Sequence[str] = QUERIES) -> None:
        """Each route with every word in each of its places, asked and posted."""
        transport = httpx.ASGITransport(Starlette(routes=routes), raise_app_exceptions=False)
        origin = {"origin": settings.origins[0]}
        async with httpx.AsyncClient(
            transport=transport, base_url=settings.origins[0], headers=origin
        ) as browser:
            for route in routes:
                await self._ask(browser, route, queries)

    async def _ask(self, browser: httpx.AsyncClient, route: Any, queries: Sequence[str]) -> None:
        words = self.planted.words
        for path in self._paths(route.path):
            for method, options in self._bodies(route, words):
                for query in queries if method == "GET" and path != route.path else [""]:
                    before = self.head()
                    browser.cookies.set(cookies.COOKIE, self.sign_in())
                    answer = await browser.request(method, path + query, **options)
                    kind = answer.headers.get("content-type", "")
                    is_file = kind.startswith(FILES) and any(w in path for w in words.values())
                    is_pile = method == "POST" and kind.startswith(FILES)
                    self.judge(
                        f"{method} {route.path}",
                        answer.text if "text" in kind or "json" in kind else "",
                        before,
                        is_file=answer.status_code == 200 and (is_file or is_pile),
                    )

    def _paths(self, path: str) -> list[str]:
        if "{" not in path:
            return [path]
        before, _, rest = path.partition("{")
        after = rest.partition("}")[2]
        return [f"{before}{word}{after}" for word in self.planted.words.values()]

    def _bodies(self, route: Any, words: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
        if "POST" not in route.methods:
            return [("GET", {})]
        seen = [{"code": words["code"], "at": "2026-04-20T03:00:00+00:00"}]
        late = json.dumps({"purpose": "attendance", "event": "", "seen": seen})
        forms = [dict.fromkeys(_fields(), word) for word in (words["card"], words["person"])]
        return [*[("POST", {"data": form}) for form in forms], ("POST", {"content": late})]


def _fields() -> list[str]:
    return [*forged_events.filled("dict", "x"), "kartu", "tanggal"]


def _short(name: str) -> str:
    return name.rpartition("____")[2]
