"""Who acts, and the doors to the office: `act` writes, `look` reads, each with a door for guests.

A service or question that needs the person who acts takes them second, after the session:
`service(session, by, ...)`. Without a person it goes by a door `..._as_guest`, which is told the
caller like the others, so that all are called alike; some of them have no use for it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Concatenate, cast

import reflex as rx
from redis.exceptions import RedisError
from reflex.event import EventSpec
from reflex.state import BaseState
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from ..core import db, lanes, metrics, networks, routes, views
from ..core.errors import Invalid, Refusal
from ..core.settings import settings
from ..people.models import Person
from ..people.rules import ROLE_LABELS, STAFF, Role
from ..people.service import sessions
from . import away
from .access import access
from .cookies import Caller, address_of, sign_in_of
from .transactions import P, T, run, run_as_guest, standing

TROUBLE = "Terjadi gangguan di server. Data Anda tidak berubah. Coba lagi sebentar lagi."
BUSY = "Sistem sedang sibuk. Data Anda tidak berubah. Tunggu beberapa detik, lalu coba lagi."
LOST = "Sambungan di server terputus sebentar. Periksa apa yang sudah tersimpan, lalu coba lagi."

Service = Callable[Concatenate[Session, Person, P], T]
GuestService = Callable[Concatenate[Session, P], T]


async def act(caller: Caller, service: Service[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run one act of the office: one transaction in a worker thread, undone on any error."""
    await _clear_notice(caller)
    return await write(caller, service, *args, **kwargs)


async def act_as_guest(
    caller: Caller, service: GuestService[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`act` for whoever it is: the service asks for no person."""
    await _clear_notice(caller)
    return await write_as_guest(caller, service, *args, **kwargs)


async def write(caller: Caller, service: Service[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """`act` without clearing what the page says: for acts the person did not press."""
    work = partial(run, db.writing, sign_in_of(caller), service, *args, **kwargs)
    return await asyncio.to_thread(work)


async def write_as_guest(
    _caller: Caller, service: GuestService[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`write` for whoever it is."""
    return await asyncio.to_thread(run_as_guest, db.writing, service, *args, **kwargs)


async def look(caller: Caller, query: Service[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Ask a question, without holding the write lock.

    What gives staff a person's data (`core.views.gives`) is in the trail before it is answered.
    """
    work = partial(run, db.reading, sign_in_of(caller), query, *args, **kwargs)
    return await asyncio.to_thread(work)


async def look_as_guest(
    _caller: Caller, query: GuestService[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`look` for whoever it is."""
    return await asyncio.to_thread(run_as_guest, db.reading, query, *args, **kwargs)


async def slow(
    caller: Caller, lane: lanes.Lane, work: Service[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`look` for what takes long, in the lane of its kind.

    `work` reads what it needs and then lets go of its connection: `slow_work` sees to it.
    """
    done = partial(run, db.reading, sign_in_of(caller), work, *args, **kwargs)
    return await lane.run(await _share_of(caller), done)


async def slow_as_guest(
    caller: Caller, lane: lanes.Lane, work: GuestService[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`slow` for whoever it is."""
    done = partial(run_as_guest, db.reading, work, *args, **kwargs)
    return await lane.run(await _share_of(caller), done)


async def _share_of(caller: Caller) -> str:
    """Whose share of a lane it takes: the person's, or that of a stranger's network."""
    person = await person_behind(caller)
    return str(person.id) if person else f"network {networks.network_of(address_of(caller))}"


async def person_behind(caller: Caller) -> Person | None:
    """Whose sign-in it is, complete or not; for shares, not for authority."""
    found = await standing(sign_in_of(caller))
    return found.person if found else None


async def live(
    screen: rx.State, query: Service[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> AsyncIterator[T]:
    """The answer to `query` at once, and again whenever it changes, while the page is open.

    For background handlers in `on_load`: Reflex cancels them on navigation and disconnect.
    The database is the one place every worker sees, so no worker has to tell another. The
    sign-in is looked up again before each question; once it ends, so does the page's life.
    A page left open is one look, until it gives somebody else's data.
    """
    seen, role, noted = object(), None, None

    def ask(session: Session, by: Person) -> tuple[Role, T, views.View | None]:
        """The role of who asks, the answer, and the look it is if it is another one than `seen`."""
        answer = query(session, by, *args, **kwargs)
        if by.role not in STAFF or answer == seen:
            return by.role, answer, None
        return by.role, answer, views.view_of(session, query, answer, *args, **kwargs)

    while True:
        try:
            now_role, now, view = await look(screen, ask)
            if view and view.key != noted:
                await write(screen, _note_new, view)
                noted = view.key
        except (OperationalError, PoolTimeout):  # away for a while: the page goes on living
            await asyncio.sleep(max(1.0, settings.live_every))
            continue
        if role not in (None, now_role):
            raise sessions.SignedOut
        if now != seen:
            yield now
        seen, role = now, now_role
        is_staff = role in STAFF
        await asyncio.sleep(settings.live_every if is_staff else settings.live_every_of_seekers)


def _note_new(session: Session, by: Person, view: views.View) -> None:
    if views.is_new(session, view, by=by):
        views.record(session, view, by=by)


async def _clear_notice(caller: Caller) -> None:
    if isinstance(caller, BaseState):
        (await caller.get_state(Notice))._clear()


class Who(rx.State):
    """Who is signed in, for the frame of the page. It shows; it never grants anything."""

    name: str = ""
    email: str = ""
    role: str = ""
    role_label: str = ""

    @rx.event
    @access(first_password=True)
    async def load(self):
        person = await look_as_guest(self, sessions.find_person, sign_in_of(self))
        self.name, self.email = (person.name, person.email) if person else ("", "")
        self.role = person.role if person else ""
        self.role_label = ROLE_LABELS[person.role] if person else ""


class Notice(rx.State):
    """What the office answers: one sentence, or one per field that is wrong."""

    said: str = ""
    refusal: str = ""
    errors: dict[str, str] = {}
    refusals: int = 0  # the page sees by it that the same refusal came again
    asked: int = 0  # how often a dangerous act waited for the password; assets/ui.js asks for it
    _stays: bool = False

    @rx.event
    @access(first_password=True, inside=True)
    def refuse(self, message: str, errors: dict[str, str]):
        self.said, self.refusal, self.errors = "", message, errors
        self.refusals += 1

    @rx.event
    @access(first_password=True)
    def clear(self):
        """On each page load; what was said for the next page stays once."""
        if not self._stays:
            self._clear()
        self._stays = False

    @rx.event
    @access(first_password=True)
    def ask_password(self):
        self._clear()
        self.asked += 1

    def _clear(self):
        self.said = self.refusal = ""
        self.errors = {}


async def say(screen: rx.State, message: str, *, stays: bool = False) -> None:
    """Tell the person what was done; `stays` keeps the sentence over the next redirect."""
    notice = await screen.get_state(Notice)
    notice.said, notice.refusal, notice.errors = message, "", {}
    notice._stays = stays


def error_of(name: str) -> rx.Var[str]:
    """The refusal that belongs to the form field `name`."""
    errors = cast(rx.vars.ObjectVar, Notice.errors)
    return cast(rx.Var[str], rx.cond(errors.contains(name), errors[name], ""))


def answer(exception: Exception) -> list[EventSpec]:
    """The app's one exception handler: a refusal is shown, a crash is logged and excused."""
    if isinstance(exception, OperationalError | PoolTimeout):
        logging.getLogger(__name__).warning("database is busy: %s", type(exception).__name__)
        return [refusal(BUSY)]
    if isinstance(exception, RedisError):  # the act itself may have been done before
        logging.getLogger(__name__).warning("Redis is away: %s", type(exception).__name__)
        return [] if away.is_away() else [refusal(LOST)]  # which would fail as well, for ever
    if not isinstance(exception, Refusal):
        metrics.crashes.inc()
        logging.getLogger(__name__).error("event failed", exc_info=exception)
        return [refusal(TROUBLE)]
    if isinstance(exception, sessions.SignedOut):
        return [rx.redirect(routes.LOGIN)]
    if isinstance(exception, sessions.ConfirmFirst):
        return [cast(EventSpec, Notice.ask_password())]
    if isinstance(exception, Invalid):
        return [refusal(exception.message, exception.errors), rx.set_focus(exception.field)]
    if exception.field:
        return [
            refusal(exception.message, {exception.field: exception.message}),
            rx.set_focus(exception.field),
        ]
    return [refusal(exception.message)]


def refusal(message: str, errors: dict[str, str] | None = None) -> EventSpec:
    """The event that shows a refusal on the page."""
    return cast(EventSpec, Notice.refuse(message, errors or {}))
