"""The card as PDF, its QR as a picture, the published keys."""

import tempfile

from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from ...accounts import service as accounts
from ...accounts.models import Role
from ...accounts.web.access import EVERY_STAFF, access
from ...accounts.web.gate import guarded
from ...accounts.web.session import act, flow_of, look, slow
from ...core import clock, lanes
from ...core.settings import settings
from ...ui import routes
from .. import qr, service
from . import holder_routes, looks, open_routes, print_routes, verifier
from .sending import PRIVATE, send


@access(Role.JOB_SEEKER, *EVERY_STAFF)
async def print_card(request: Request) -> Response:
    """The PDF in the browser's own viewer; each time it is handed out, one row says so."""
    public_id = request.path_params["public_id"]
    try:
        name, content = await slow(request, service.draw_card, public_id, lane=lanes.CARDS)
        await act(request, service.record_print, public_id)
    except service.NoSuchCard as missing:
        return PlainTextResponse(missing.message, 404, headers=PRIVATE)
    headers = PRIVATE | {"content-disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


@access(Role.JOB_SEEKER, *EVERY_STAFF)
async def show_code(request: Request) -> Response:
    """The QR for the holder's screen."""
    try:
        picture = await look(request, service.draw_code, request.path_params["public_id"])
    except service.NoSuchCard as missing:
        return PlainTextResponse(missing.message, 404, headers=PRIVATE)
    return Response(picture, media_type="image/svg+xml", headers=PRIVATE)


@access(first_password=True)
async def show_keys(request: Request) -> Response:
    """The public keys, so that anybody can check a code without asking us."""
    headers = {"access-control-allow-origin": "*", "cache-control": "public, max-age=3600"}
    return JSONResponse(qr.published_keys(), headers=headers)


@access(Role.JOB_SEEKER)
async def copy_my_data(request: Request) -> Response:
    """Everything about me as a ZIP, written to a nameless file and sent piece by piece."""
    try:
        await act(request, service.count_copy)
    except service.TooManyCopies as refused:
        await act(request, accounts.leave_flash, flow_of(request), refused.message)
        return RedirectResponse(f"{routes.MY_DATA}/", 303)
    file = tempfile.TemporaryFile(dir=settings.var)  # noqa: SIM115  closed once it is sent
    await slow(request, service.pack, file, lane=lanes.COPIES)
    name = f"data-saya-{clock.today():%Y%m%d}.zip"
    return send(file, name, "application/zip")


ROUTES = [
    *looks.ROUTES,  # first: crowds ask for these
    guarded("/data-saya", copy_my_data, ("POST",)),
    guarded("/kartu/{public_id}.pdf", print_card),
    guarded("/kartu/{public_id}.pdf/", print_card),
    guarded("/kartu/{public_id}/qr.svg", show_code),
    guarded("/.well-known/ak1-keys.json", show_keys),
    *holder_routes.ROUTES,
    *open_routes.ROUTES,
    *print_routes.ROUTES,
    *verifier.ROUTES,
]
