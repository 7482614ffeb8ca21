"""Plain HTTP routes: login, logout, second factor and its QR, password confirmation, reset link.

Plain forms, so that no password and no code enters a Reflex state.
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from ...core import lanes, qr, routes
from ...core.errors import Refusal
from ...core.settings import settings
from ...core.tokens import fingerprint
from ...gate import flash
from ...gate.access import access
from ...gate.cookies import COOKIE, RESET_COOKIE, address_of, flow_of, sign_in_of
from ...gate.doors import act, act_as_guest, look_as_guest, slow_as_guest
from ...gate.gate import guarded
from ...gate.payload import form_of
from ...gate.shell import HOMES
from ...people.models import Person
from ...people.rules import Role
from ...people.service import sessions
from ..rules import LINK_LIFETIME
from ..service import login, second_factor, sign_up


@access()
async def sign_in(request: Request) -> Response:
    """Check email and password, start a new session and redirect.

    A refusal is left as a flash message for the login page.
    """
    email = ""
    try:
        form = await form_of(request)
        email, password = form.get("email", ""), form.get("password", "")
        person = await _checked(request, email, password)
    except Refusal as refused:
        return await _back_to_login(request, refused, email)
    if isinstance(person, str):
        return RedirectResponse(f"{person}/", 303)
    return await _welcome(request, person)


async def _checked(request: Request, email: str, password: str) -> Person | str:
    """The person who logs in; or the page to redirect to, if their sign-up needs its code first."""
    flow, address = flow_of(request), address_of(request)
    await act_as_guest(request, login.count_login, email, address, flow=flow)
    try:
        person_id = await slow_as_guest(
            request, lanes.HASHING, login.check_password, email, password
        )
    except login.WrongPassword:
        waits = await slow_as_guest(
            request, lanes.HASHING, sign_up.find_waiting_sign_up, email, password, flow=flow
        )
        who = {"flow": flow, "address": address}
        if waits and await act_as_guest(request, sign_up.resume_sign_up, waits, **who):
            return routes.VERIFY
        raise
    await act_as_guest(request, login.clear_login, email, address, flow=flow)
    if hashes := await slow_as_guest(
        request, lanes.HASHING, login.renewed_hash, person_id, password
    ):
        await act_as_guest(request, login.renew_hash, person_id, *hashes)
    return await look_as_guest(request, login.get_person, person_id)


async def _back_to_login(request: Request, refused: Refusal, email: str) -> Response:
    await act_as_guest(
        request, flash.leave_flash, flow_of(request), refused.message, typed=email[:254]
    )
    return RedirectResponse(f"{routes.LOGIN}/", 303)


async def _welcome(request: Request, person: Person) -> Response:
    device = request.headers.get("user-agent", "")[:120]
    old, flow = sign_in_of(request), flow_of(request)
    token = await act_as_guest(
        request, sessions.sign_in, person.id, device=device, flow=flow, old=old
    )
    waits = await look_as_guest(request, sessions.asks_second_factor, person)
    return _with_token(routes.SECOND_STEP if waits else home_of(person), token)


def _with_token(page: str, token: str) -> Response:
    answer = RedirectResponse(f"{page}/", 303)
    answer.set_cookie(
        COOKIE, token, httponly=True, samesite="lax", secure=settings.is_secure, path="/"
    )
    return answer


def home_of(person: Person) -> str:
    """The address of the page a person is led to after login."""
    if person.must_change_password:
        return routes.FIRST_PASSWORD
    return HOMES[person.role]


@access(first_password=True)
async def give_second_factor(request: Request) -> Response:
    """Check a code of the authenticator: it completes the sign-in, or the enrolment."""
    code, flow = (await form_of(request)).get("code", ""), flow_of(request)
    was = await look_as_guest(request, second_factor.second_step, sign_in=sign_in_of(request))
    try:
        token = await act_as_guest(
            request, second_factor.give_second_factor, code, flow=flow, sign_in=sign_in_of(request)
        )
    except sessions.SignedOut:
        return RedirectResponse(f"{routes.LOGIN}/", 303)
    except Refusal as refused:
        await act_as_guest(request, flash.leave_flash, flow, refused.message, field="code")
        return RedirectResponse(f"{routes.SECOND_STEP}/", 303)
    person = await look_as_guest(request, sessions.get_person, fingerprint(token))
    return _with_token(routes.SECOND_STEP if was.kind == "enrol" else home_of(person), token)


@access(first_password=True)
async def draw_offered(request: Request) -> Response:
    """QR code of the secret that this sign-in is enrolling, for the authenticator app."""
    headers = {"cache-control": "private, no-store", "referrer-policy": "no-referrer"}
    try:
        address = await look_as_guest(
            request, second_factor.offered_address, sign_in=sign_in_of(request)
        )
    except Refusal as refused:
        return PlainTextResponse(refused.message, 404, headers=headers)
    return Response(qr.svg_of(address), media_type="image/svg+xml", headers=headers)


@access(*Role)
async def confirm(request: Request) -> Response:
    """Check the password again before a dangerous act; limited like a login."""
    person = await look_as_guest(request, sessions.get_person, sign_in_of(request))
    password = (await form_of(request)).get("confirming", "")
    flow, address = flow_of(request), address_of(request)
    await act_as_guest(request, login.count_login, person.email, address, flow=flow)
    try:
        await slow_as_guest(request, lanes.HASHING, login.check_password, person.email, password)
    except login.WrongPassword:
        return PlainTextResponse("Password salah. Ketik lagi.", 409)
    await act_as_guest(request, login.clear_login, person.email, address, flow=flow)
    await act(request, sessions.confirm, sign_in=sign_in_of(request))
    return Response(status_code=204)


@access(first_password=True)
async def sign_out(request: Request) -> Response:
    """End this session; events of tabs that are still open are refused from now on."""
    await act_as_guest(request, sessions.sign_out, sign_in_of(request))
    answer = RedirectResponse(f"{routes.LOGIN}/", 303)
    answer.delete_cookie(COOKIE, path="/", secure=settings.is_secure, httponly=True, samesite="lax")
    return answer


@access()
async def take_reset_link(request: Request) -> Response:
    """Move the token of a reset link into a cookie, so it leaves address bar, state and logs."""
    token = request.path_params["token"][:100]
    answer = RedirectResponse(f"{routes.RESET_PASSWORD}/", 303)
    answer.headers["referrer-policy"] = "no-referrer"
    answer.set_cookie(
        RESET_COOKIE,
        token if token.isascii() else "",  # not one of our tokens, and not valid in a cookie
        max_age=int(LINK_LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings.is_secure,
        path="/",
    )
    return answer


ROUTES = [
    guarded(routes.SIGN_IN, sign_in, ("POST",)),
    guarded(routes.SIGN_OUT, sign_out, ("POST",)),
    guarded(routes.SECOND_STEP, give_second_factor, ("POST",)),
    guarded(f"{routes.SECOND_STEP}/qr.svg", draw_offered),
    guarded(routes.CONFIRM, confirm, ("POST",)),
    guarded(f"{routes.RESET_PASSWORD}/{{token}}", take_reset_link),
]
