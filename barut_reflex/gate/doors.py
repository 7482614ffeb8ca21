"""Who acts, and the two doors to the office: `act` writes, `look` reads."""

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from functools import lru_cache
from typing import Any, cast

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
from .cookies import (
    Caller,
    address_of,
    sign_in_of,
)

TROUBLE = "Terjadi gangguan di server. Data Anda tidak berubah. Coba lagi sebentar lagi."
BUSY = "Sistem sedang sibuk. Data Anda tidak berubah. Tunggu beberapa detik, lalu coba lagi."
LOST = "Sambungan di server terputus sebentar. Periksa apa yang sudah tersimpan, lalu coba lagi."

KNOWN_AT_MOST = 5000


async def act(caller: Caller, service_: Callable, *args, **kwargs) -> Any:
    """Run one act of the office: one transaction in a worker thread, undone on any error."""
    if isinstance(caller, BaseState):
        (await caller.get_state(Notice))._clear()
    return await write(caller, service_, *args, **kwargs)


async def write(caller: Caller, service_: Callable, *args, **kwargs) -> Any:
    """`act` without clearing what the page says: for acts the person did not press."""
    return await asyncio.to_thread(_run, db.writing, sign_in_of(caller), service_, args, kwargs)


async def look(caller: Caller, query: Callable, *args, **kwargs) -> Any:
    """Ask a question, without holding the write lock.

    What gives staff a person's data (`core.views.gives`) is in the trail before it is answered.
    """
    return await asyncio.to_thread(_run, db.reading, sign_in_of(caller), query, args, kwargs)


async def slow(
    caller: Caller, work: Callable, *args, lane: lanes.Lane = lanes.HASHING, **kwargs
) -> Any:
    """`look` for what takes long, in the lane of its kind (without one: password hashes).

    `work` reads what it needs and then lets go of its connection: `crafts` sees to it.
    """
    person = await person_behind(caller)
    who = str(person.id) if person else f"network {networks.network_of(address_of(caller))}"
    sign_in = sign_in_of(caller)
    return await lane.run(who, _run, db.reading, sign_in, work, args, kwargs)


async def person_behind(caller: Caller) -> Person | None:
    """Whose sign-in it is, complete or not; for shares, not for authority."""
    found = await standing(sign_in_of(caller))
    return found.person if found else None


async def live(screen: rx.State, query: Callable, *args) -> AsyncIterator[Any]:
    """The answer to `query` at once, and again whenever it changes, while the page is open.

    For background handlers in `on_load`: Reflex cancels them on navigation and disconnect.
    The database is the one place every worker sees, so no worker has to tell another. The
    sign-in is looked up again before each question; once it ends, so does the page's life.
    A page left open is one look, until it gives somebody else's data.
    """
    seen, role, noted = object(), None, None
    while True:
        try:
            now_role, now, view = await look(screen, _watched, query, args, seen)
            if view and view.question != noted:
                await write(screen, _note_new, view)
                noted = view.question
        except (OperationalError, PoolTimeout):  # away for a while: the page goes on living
            await asyncio.sleep(max(1.0, settings.live_every))
            continue
        if role not in (None, now_role):
            raise sessions.SignedOut
        if now != seen:
            yield (seen := now)
        role = now_role
        await asyncio.sleep(settings.live_every)


def _watched(
    session: Session, query: Callable, args: tuple, seen: Any, *, by: Person
) -> tuple[Role, Any, views.View | None]:
    """The role of who asks, the answer, and the look it is if it is another one than `seen`."""
    named = {"by": by} if _names(query, "by") else {}
    answer = query(session, *args, **named)
    is_look = by.role in STAFF and answer != seen
    return by.role, answer, views.view_of(session, query, answer, args) if is_look else None


def _note_new(session: Session, view: views.View, *, by: Person) -> None:
    if views.is_new(session, view, by=by):
        views.note(session, view, by=by)


async def standing(sign_in: str) -> sessions.Found | None:
    """Who stands behind a token's hash at this moment, complete or not.

    What was read is believed only until anybody commits anything, so authority that ends, ends
    at once; whether it has grown too old is asked each time.
    """
    if not sign_in:
        return None
    version = db.version()
    if _known.until != (db.engine, version):
        _known.until, _known.found = (db.engine, version), {}
    known = _known.found
    if (found := known.get(sign_in)) is None:
        found = await asyncio.to_thread(_run, db.reading, "", sessions.behind, (sign_in,), {})
        if found and version is not None and len(known) < KNOWN_AT_MOST:
            known[sign_in] = found
    return found if found and sessions.stands(found) else None


class _Known:
    """Sign-ins as they were read at one version of the database."""

    def __init__(self):
        self.until: tuple = ()
        self.found: dict[str, sessions.Found] = {}


_known = _Known()


def _run(door: Callable, sign_in: str, service_: Callable, args: tuple, kwargs: dict) -> Any:
    """A service that names `by` gets the person who acts; without a sign-in it is refused.

    A dangerous act also wants a password given within the last five minutes.
    """
    named = metrics.measured(getattr(service_, "__name__", "other"), is_act=door is db.writing)
    with named, door() as session:
        if _names(service_, "by"):
            kwargs["by"] = sessions.find_person(session, sign_in) or _refuse()
        if _names(service_, "sign_in"):
            kwargs["sign_in"] = sign_in
        sessions.ensure_confirmed(session, service_, sign_in)
        answer = service_(session, *args, **kwargs)
        view = _new_view(session, service_, answer, args, kwargs.get("by"))
    if view:
        with db.writing() as session:
            views.note(session, view, by=kwargs["by"])
    return answer


def _new_view(
    session: Session, question: Callable, answer: Any, args: tuple, by: Person | None
) -> views.View | None:
    """The look this answer is, unless nobody of the staff looks or the trail knows it already."""
    if by is None or by.role not in STAFF:
        return None
    view = views.view_of(session, question, answer, args)
    return view if view and views.is_new(session, view, by=by) else None


def run_all(service_: Callable, asked: list[Any], *, writes: bool) -> Sequence[Any]:
    """A service that answers several callers in one transaction: an answer or refusal for each.

    What a refusal among the answers wrote is kept; one that is raised undoes all of them.
    """
    door = db.writing if writes else db.reading
    with metrics.measured_crowd(service_.__name__, is_act=writes) as answers, door() as session:
        answers.extend(service_(session, asked))
    return answers


@lru_cache(maxsize=1000)
def _names(function: Callable, keyword: str) -> bool:
    parameter = inspect.signature(function).parameters.get(keyword)
    return parameter is not None and parameter.kind is parameter.KEYWORD_ONLY


def _refuse() -> Person:
    raise sessions.SignedOut


class Who(rx.State):
    """Who is signed in, for the frame of the page. It shows; it never grants anything."""

    name: str = ""
    email: str = ""
    role: str = ""
    role_label: str = ""

    @rx.event
    @access(first_password=True)
    async def load(self):
        person = await look(self, sessions.find_person, sign_in_of(self))
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
