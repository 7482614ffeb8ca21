"""Access control: `Gate` checks every Reflex event, `guarded` makes a plain route with checks."""

import logging
from functools import wraps

import reflex as rx
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event
from reflex_base.event.context import EventContext
from reflex_base.registry import RegistrationContext
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from ..core import lanes, metrics, routes
from ..core.errors import Refusal
from ..core.settings import settings
from ..people.models import Person
from ..people.service import sessions
from .access import permits, rule_of
from .cookies import sign_in_of
from .doors import BUSY, Notice, refusal, write_as_guest
from .payload import BODY_TOO_LARGE, MAX_FORM_BYTES, TooLong, body_size, is_well_typed, too_long
from .transactions import current_sign_in

NOT_ALLOWED = "Halaman ini bukan untuk akun Anda."
ILL_TYPED = "Permintaan tidak dapat dibaca. Muat ulang halaman, lalu coba lagi."
DATABASE_ERRORS = (OperationalError, PoolTimeout)
SHOW_REFUSAL = Notice.event_handlers["refuse"].fn
log = logging.getLogger(__name__)


class Binding(rx.State):
    """The sign-in this tab belongs to; when it changes, the state of the tab is emptied."""

    _sign_in: str = ""


class Gate(Middleware):
    """Reflex middleware: checks sign-in, access rule and payload before a handler runs."""

    async def preprocess(self, app, state, event) -> StateUpdate | None:
        known = RegistrationContext.get().event_handlers.get(event.name)
        sign_in = sign_in_of(state)
        if known and is_forged(known.handler.fn):
            return StateUpdate()
        try:
            person, is_due, login_page = _identify(await current_sign_in(sign_in))
        except DATABASE_ERRORS:
            if known and known.handler.fn is SHOW_REFUSAL:
                return None  # needs no database; refusing it would start it again, endlessly
            raise
        await bind_tab(state, sign_in if person else "")
        if known is None:
            return StateUpdate()
        handler = known.handler.fn
        if not permits(rule_of(handler), person and person.role):
            metrics.events.labels("refused").inc()
            log.info("event refused: %s", handler.__qualname__)
            return _replace_with(refusal(NOT_ALLOWED) if person else rx.redirect(login_page))
        if _must_change_first(person, handler):
            return _replace_with(rx.redirect(routes.FIRST_PASSWORD))
        if not is_well_typed(handler, event.payload):
            metrics.events.labels("ill-typed").inc()
            return _replace_with(refusal(ILL_TYPED))
        if fields := too_long(event.payload):
            raise TooLong(fields)
        metrics.events.labels("accepted").inc()
        if is_due:
            await write_as_guest(state, sessions.update_last_seen, sign_in)
        return None


def _identify(found: sessions.LoadedSignIn | None) -> tuple[Person | None, bool, str]:
    """The person, whether to mark the sign-in as used, and where to redirect if nobody is in."""
    if found is None:
        return None, False, routes.LOGIN
    if not found.is_complete:
        return None, False, routes.SECOND_STEP
    return found.person, sessions.is_last_seen_due(found), ""


def _replace_with(event_spec) -> StateUpdate:
    return StateUpdate(events=Event.from_event_type(event_spec))


def is_forged(function) -> bool:
    """Whether a browser sends what only an event of the office's own may lead to."""
    return getattr(function, "__inside__", False) and EventContext.get().parent_txid is None


def _must_change_first(person: Person | None, function) -> bool:
    if person is None or not person.must_change_password:
        return False
    is_framework = function.__module__ == "reflex.state"
    return not (is_framework or getattr(function, "__first_password__", False))


async def bind_tab(state: BaseState, sign_in: str) -> None:
    """Tie a tab to a sign-in, and empty its state when that is another one than before.

    A tab outlives a logout: whoever comes next must find empty state.
    """
    binding = await state.get_state(Binding)
    if binding._sign_in != sign_in:
        for registered in RegistrationContext.get().base_states.values():
            await state.get_state(registered)  # from Redis only part of the tree is loaded
        state._get_root_state().reset()
        binding._sign_in = sign_in


def guarded(
    path: str, endpoint, methods: tuple[str, ...] = ("GET",), *, body: int | None = MAX_FORM_BYTES
) -> Route:
    """A plain route whose access is checked before a byte of the body is read.

    A body of more than `body` bytes is refused; None for a route that limits it itself.
    """

    @wraps(endpoint)
    async def checked(request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            if not is_own_page(request):
                return PlainTextResponse("Permintaan ditolak.", 403)
            if body is not None and body_size(request) > body:
                return PlainTextResponse(BODY_TOO_LARGE, 413)
        try:
            return await _let_in(request, endpoint)
        except lanes.TooManyAtOnce as crowded:
            return PlainTextResponse(crowded.message, 429, {"Retry-After": "5"})
        except Refusal as refused:
            return PlainTextResponse(refused.message, 409)
        except DATABASE_ERRORS as away:  # as events are answered in `doors.handle_exception`
            log.warning("database is busy: %s", type(away).__name__)
            return PlainTextResponse(BUSY, 503, {"Retry-After": "5"})

    return Route(path, checked, methods=list(methods))


async def _let_in(request: Request, endpoint) -> Response:
    person, _, login_page = _identify(await current_sign_in(sign_in_of(request)))
    if not permits(rule_of(endpoint), person and person.role):
        return _refuse_route(request, person, login_page)
    if _must_change_first(person, endpoint):
        return RedirectResponse(f"{routes.FIRST_PASSWORD}/", 303)
    return await endpoint(request)


def is_own_page(request: Request) -> bool:
    """Whether a page of this site sends the request, by the headers a browser sets itself."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return request.headers.get("origin") in settings.origins


def _refuse_route(request: Request, person: Person | None, login_page: str) -> Response:
    log.info("route refused: %s", request.scope["route"].path if "route" in request.scope else "")
    if person:
        return PlainTextResponse(NOT_ALLOWED, 403)
    if request.method == "GET":
        return RedirectResponse(f"{login_page}/", 303)
    return PlainTextResponse("Anda belum masuk. Silakan login lebih dahulu.", 401)
