"""Sign in and out by plain forms, so that no password enters Reflex state."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...core.errors import Refusal
from ...ui import routes
from .. import service
from ..models import STAFF, Person
from .access import access
from .gate import guarded
from .session import COOKIE, RESET_COOKIE, act, address_of, flow_of, look, sign_in_of, slow
from .session import settings as s

BODY_CAP = 8 * 1024


@access()
async def sign_in(request: Request) -> Response:
    """Check e-mail and password, rotate the session, lead home; a refusal waits on the page."""
    form = await _small_form(request)
    email, password = form.get("email", ""), form.get("password", "")
    try:
        person = await _checked(request, email, password)
    except Refusal as refused:
        return await _back_to_login(request, refused, email)
    if isinstance(person, str):
        return RedirectResponse(f"{person}/", 303)
    return await _welcome(request, person)


async def _checked(request: Request, email: str, password: str) -> Person | str:
    """The person; or the page to lead to, when the sign-up still waits for its code."""
    await act(request, service.count_login, email, address_of(request))
    try:
        person_id = await slow(request, service.check_password, email, password)
    except service.WrongPassword:
        flow = flow_of(request)
        waits = await slow(request, service.find_waiting_sign_up, email, password, flow=flow)
        if waits and await act(request, service.resume_sign_up, waits, flow=flow):
            return routes.VERIFY
        raise
    await act(request, service.clear_login, email, address_of(request))
    return await look(request, service.get_person, person_id)


async def _back_to_login(request: Request, refused: Refusal, email: str) -> Response:
    await act(request, service.leave_flash, flow_of(request), refused.message, kept=email[:254])
    return RedirectResponse(f"{routes.LOGIN}/", 303)


async def _welcome(request: Request, person: Person) -> Response:
    device = request.headers.get("user-agent", "")[:120]
    old, flow = sign_in_of(request), flow_of(request)
    token = await act(request, service.sign_in, person.id, device=device, flow=flow, old=old)
    answer = RedirectResponse(f"{home_of(person)}/", 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=s.is_secure, path="/")
    return answer


def home_of(person: Person) -> str:
    """Where somebody lands after login."""
    if person.must_change_password:
        return routes.FIRST_PASSWORD
    return routes.DESK if person.role in STAFF else routes.SEEKER_HOME


async def _small_form(request: Request) -> dict[str, str]:
    if int(request.headers.get("content-length") or BODY_CAP + 1) > BODY_CAP:
        raise Refusal("Permintaan terlalu besar. Muat ulang halaman, lalu coba lagi.")
    form = await request.form(max_files=0, max_fields=10)
    return {name: value for name, value in form.items() if isinstance(value, str)}


@access(first_password=True)
async def sign_out(request: Request) -> Response:
    """End this session; the next event of any open tab is refused."""
    await act(request, service.sign_out, sign_in_of(request))
    answer = RedirectResponse(f"{routes.LOGIN}/", 303)
    answer.delete_cookie(COOKIE, path="/", secure=s.is_secure, httponly=True, samesite="lax")
    return answer


@access()
async def take_reset_link(request: Request) -> Response:
    """Put the mailed token into a short-lived cookie, out of address bar, state and logs."""
    answer = RedirectResponse(f"{routes.RESET_PASSWORD}/", 303)
    answer.headers["referrer-policy"] = "no-referrer"
    answer.set_cookie(
        RESET_COOKIE,
        request.path_params["token"][:100],
        max_age=600,
        httponly=True,
        samesite="lax",
        secure=s.is_secure,
        path="/",
    )
    return answer


ROUTES = [
    guarded("/masuk", sign_in, ("POST",)),
    guarded("/keluar", sign_out, ("POST",)),
    guarded("/reset-password/{token}", take_reset_link),
]
