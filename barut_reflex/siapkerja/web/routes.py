"""What a holder opens of the own card and profile: the sign-in says whose, not the address."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from ...attendance import service as attendance
from ...core import lanes
from ...core.headers import FOR_ONE_PERSON
from ...gate.access import access
from ...gate.doors import look, slow
from ...gate.gate import guarded
from ...people.rules import Role
from ...ui import routes
from ...verify.service import showing
from ...verify.web import check, shared
from ..service import digital
from . import phone

PRIVATE = FOR_ONE_PERSON | {"x-robots-tag": "noindex, nofollow"}


@access(Role.JOB_SEEKER)
async def show_own_card(request: Request) -> Response:
    """My card as a page the phone may keep; without one, back to what is missing."""
    try:
        own = await slow(request, digital.phone_card, lane=lanes.PICTURES)
    except digital.NoDigitalCardYet:
        return RedirectResponse(f"{routes.MY_CARD}/", 303)
    headers = PRIVATE | {"content-security-policy": phone.CONTENT_POLICY}
    return HTMLResponse(phone.phone_page(own), headers=headers)


@access(Role.JOB_SEEKER)
async def show_own_code(request: Request) -> Response:
    """My QR for the screen."""
    picture = await look(request, digital.draw_own_code)
    return Response(picture, media_type="image/svg+xml", headers=PRIVATE)


@access(Role.JOB_SEEKER)
async def save_own_pdf(request: Request) -> Response:
    """My digital card as PDF."""
    name, content = await slow(request, digital.draw_digital_pdf, lane=lanes.CARDS)
    return _file(name, content, "application/pdf")


@access(Role.JOB_SEEKER)
async def save_own_png(request: Request) -> Response:
    """My digital card as a picture."""
    name, content = await slow(request, digital.draw_digital_png, lane=lanes.CARDS)
    return _file(name, content, "image/png")


@access(Role.JOB_SEEKER)
async def show_access_code(request: Request) -> Response:
    """My access code for the screen, while it lives."""
    code_id = request.path_params["code_id"]
    try:
        picture = await look(request, attendance.draw_access_code, code_id)
    except attendance.AccessCodeExpired as ended:
        return PlainTextResponse(ended.message, 404, headers=PRIVATE)
    return Response(picture, media_type="image/svg+xml", headers=PRIVATE)


@access(Role.JOB_SEEKER)
async def show_preview(request: Request) -> Response:
    """My profile as others see it; `?tautan=` as one of my links shows it."""
    link = request.query_params.get("tautan", "")
    try:
        sheet = await slow(request, showing.preview_sheet, link, lane=lanes.PICTURES)
    except showing.LinkEnded as ended:
        return PlainTextResponse(ended.message, 404, headers=PRIVATE)
    headers = PRIVATE | {"content-security-policy": check.CONTENT_POLICY}
    return HTMLResponse(shared.profile_page(sheet), headers=headers)


def _file(name: str, content: bytes, kind: str) -> Response:
    headers = PRIVATE | {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


def _both(path: str, endpoint) -> list:
    return [guarded(path, endpoint), guarded(f"{path}/", endpoint)]


ROUTES = [
    *_both(routes.OWN_CARD, show_own_card),
    guarded(f"{routes.OWN_CARD}/qr.svg", show_own_code),
    guarded(f"{routes.OWN_CARD}.pdf", save_own_pdf),
    guarded(f"{routes.OWN_CARD}.png", save_own_png),
    guarded(f"{routes.OWN_CARD}/akses/{{code_id}}.svg", show_access_code),
    *_both(routes.PREVIEW, show_preview),
]
