"""The doors: functions by which screens and routes run services; also the page's notices.

Each runs its service in a thread and a database session. `act` and `write` write (`act` clears the
notice on the page first), `look` reads once, `live` asks again while the page is open, `slow` is
for slow work; each but `live` has a variant `..._as_guest`. A service takes
the person who acts second, after the session: `service(session, by, ...)`; for a guest door it
takes no person. All doors take the caller first, so that they are called alike, though some guest
doors do not use it.
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
from . import redis_watch
from .access import access
from .cookies import Caller, address_of, sign_in_of
from .transactions import P, T, current_sign_in, run, run_as_guest

TROUBLE = "Terjadi gangguan di server. Data Anda tidak berubah. Coba lagi sebentar lagi."
BUSY = "Sistem sedang sibuk. Data Anda tidak berubah. Tunggu beberapa detik, lalu coba lagi."
LOST = "Sambungan di server terputus sebentar. Periksa apa yang sudah tersimpan, lalu coba lagi."

Service = Callable[Concatenate[Session, Person, P], T]
GuestService = Callable[Concatenate[Session, P], T]


async def act(caller: Caller, service: Service[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a service that writes: one transaction in a worker thread, rolled back on any error."""
    await _clear_notice(caller)
    return await write(caller, service, *args, **kwargs)


async def act_as_guest(
    caller: Caller, service: GuestService[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`act` for a service that takes no person, whoever calls."""
    await _clear_notice(caller)
    return await write_as_guest(caller, service, *args, **kwargs)


async def write(caller: Caller, service: Service[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """`act` that leaves the notice on the page, for acts that nobody pressed a button for."""
    work = partial(run, db.writing, sign_in_of(caller), service, *args, **kwargs)
    return await asyncio.to_thread(work)


async def write_as_guest(
    _caller: Caller, service: GuestService[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`write` for a service that takes no person."""
    return await asyncio.to_thread(run_as_guest, db.writing, service, *args, **kwargs)


async def look(caller: Caller, query: Service[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a query, without the write lock.

    If it gives staff a person's data (`core.views.audited`), the view is recorded in the audit
    trail before the data is returned.
    """
    work = partial(run, db.reading, sign_in_of(caller), query, *args, **kwargs)
    return await asyncio.to_thread(work)


async def look_as_guest(
    _caller: Caller, query: GuestService[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`look` for a query that takes no person."""
    return await asyncio.to_thread(run_as_guest, db.reading, query, *args, **kwargs)


async def slow(
    caller: Caller, lane: lanes.Lane, work: Service[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`look` for slow work (bcrypt, drawing, storage), limited by the lane of its kind.

    `work` reads what it needs and then lets go of its connection: `slow_work` sees to it.
    """
    done = partial(run, db.reading, sign_in_of(caller), work, *args, **kwargs)
    return await lane.run(await _quota_owner(caller), done)


async def slow_as_guest(
    caller: Caller, lane: lanes.Lane, work: GuestService[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """`slow` for work that takes no person."""
    done = partial(run_as_guest, db.reading, work, *args, **kwargs)
    return await lane.run(await _quota_owner(caller), done)


async def _quota_owner(caller: Caller) -> str:
    """Key of the quota in a lane: the person, or the network of an anonymous visitor."""
    person = await find_caller(caller)
    return str(person.id) if person else f"network {networks.network_of(address_of(caller))}"


async def find_caller(caller: Caller) -> Person | None:
    """The person of the sign-in, complete or not; for quotas, never to grant anything."""
    found = await current_sign_in(sign_in_of(caller))
    return found.person if found else None


async def live(
    screen: rx.State, query: Service[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> AsyncIterator[T]:
    """Poll `query` while the page is open; yields its answer at once and on each change.

    For background handlers in `on_load`: Reflex cancels them on navigation and disconnect.
    Polling needs no messages between workers, as all of them see the database. The sign-in is
    checked again before each query; when it has ended, so does the loop.
    A page left open is recorded as one view, until it shows somebody else's data.
    """
    seen, role, recorded = object(), None, None

    def ask(session: Session, by: Person) -> tuple[Role, T, views.View | None]:
        """The role of the caller, the answer, and the view to record if the answer has changed."""
        answer = query(session, by, *args, **kwargs)
        if by.role not in STAFF or answer == seen:
            return by.role, answer, None
        return by.role, answer, views.view_of(session, query, answer, *args, **kwargs)

    while True:
        try:
            now_role, now, view = await look(screen, ask)
            if view and view.key != recorded:
                await write(screen, _record_view, view)
                recorded = view.key
        except (OperationalError, PoolTimeout):  # the page waits until the database is back
            await asyncio.sleep(max(1.0, settings.live_every))
            continue
        if role not in (None, now_role):
            raise sessions.SignedOut
        if now != seen:
            yield now
        seen, role = now, now_role
        is_staff = role in STAFF
        await asyncio.sleep(settings.live_every if is_staff else settings.live_every_of_seekers)


def _record_view(session: Session, by: Person, view: views.View) -> None:
    if views.is_new(session, view, by=by):
        views.record(session, view, by=by)


async def _clear_notice(caller: Caller) -> None:
    if isinstance(caller, BaseState):
        (await caller.get_state(Notice))._clear()


class Who(rx.State):
    """Who is signed in, for the frame of the page only: access is never decided by it."""

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
    """The message on the page: what was done, or what was refused, with errors by field."""

    said: str = ""
    refusal: str = ""
    errors: dict[str, str] = {}
    refusals: int = 0  # grows, so the page sees that the same refusal came again
    successes: int = 0  # likewise: saved twice, it says the same words twice
    password_requests: int = 0  # grows; then assets/ui.js opens the password dialog
    _stays: bool = False

    @rx.event
    @access(first_password=True, inside=True)
    def refuse(self, message: str, errors: dict[str, str]):
        self.said, self.refusal, self.errors = "", message, errors
        self.refusals += 1

    @rx.event
    @access(first_password=True)
    def clear(self):
        """On each page load, except once for a message that `say` keeps over a redirect."""
        if not self._stays:
            self._clear()
        self._stays = False

    @rx.event
    @access(first_password=True)
    def ask_password(self):
        self._clear()
        self.password_requests += 1

    def _clear(self):
        self.said = self.refusal = ""
        self.errors = {}


async def say(screen: rx.State, message: str, *, stays: bool = False) -> None:
    """Show what was done; with `stays` the message is kept over the next redirect."""
    notice = await screen.get_state(Notice)
    notice.said, notice.refusal, notice.errors = message, "", {}
    notice.successes += 1
    notice._stays = stays


def error_of(name: str) -> rx.Var[str]:
    """Var of the error of the form field `name`; empty if it has none."""
    errors = cast(rx.vars.ObjectVar, Notice.errors)
    return cast(rx.Var[str], rx.cond(errors.contains(name), errors[name], ""))


def handle_exception(exception: Exception) -> list[EventSpec]:
    """Exception handler of the app: shows a refusal; logs anything else and shows an apology."""
    if isinstance(exception, OperationalError | PoolTimeout):
        logging.getLogger(__name__).warning("database is busy: %s", type(exception).__name__)
        return [refusal(BUSY)]
    if isinstance(exception, RedisError):  # the act may have been done all the same
        logging.getLogger(__name__).warning("Redis is away: %s", type(exception).__name__)
        return (
            [] if redis_watch.is_down() else [refusal(LOST)]
        )  # else each refusal fails too, endlessly
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
