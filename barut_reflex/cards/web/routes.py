"""The card as PDF, its QR as a picture, the published keys."""

import tempfile

from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from ...core import clock, lanes
from ...core.settings import settings
from ...gate import flash
from ...gate.access import access
from ...gate.cookies import flow_of
from ...gate.doors import act, look, slow
from ...gate.gate import guarded
from ...gate.sending import PRIVATE, send
from ...people.rules import STAFF, Role
from ...rights.service import mydata
from ...seal import keys
from ...siapkerja.web import routes as siapkerja_routes
from ...ui import routes
from ...verify.web import looks, open_routes, verifier
from ..queries import standing
from ..service import printing
from . import print_routes


@access(Role.JOB_SEEKER, *STAFF)
async def print_card(request: Request) -> Response:
    """The PDF in the browser's own viewer; each time it is handed out, one row says so."""
    public_id = request.path_params["public_id"]
    try:
        name, content = await slow(request, printing.draw_card, public_id, lane=lanes.CARDS)
        await act(request, printing.record_print, public_id)
    except standing.NoSuchCard as missing:
        return PlainTextResponse(missing.message, 404, headers=PRIVATE)
    headers = PRIVATE | {"content-disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


@access(Role.JOB_SEEKER, *STAFF)
async def show_code(request: Request) -> Response:
    """The QR for the holder's screen."""
    try:
        picture = await look(request, printing.draw_code, request.path_params["public_id"])
    except standing.NoSuchCard as missing:
        return PlainTextResponse(missing.message, 404, headers=PRIVATE)
    return Response(picture, media_type="image/svg+xml", headers=PRIVATE)


@access(first_password=True)
async def show_keys(request: Request) -> Response:
    """The public keys, so that anybody can check a code without asking us."""
    headers = {"access-control-allow-origin": "*", "cache-control": "public, max-age=3600"}
    return JSONResponse(keys.published_keys(), headers=headers)


@access(Role.JOB_SEEKER)
async def copy_my_data(request: Request) -> Response:
    """Everything about me as a ZIP, written to a nameless file and sent piece by piece."""
    try:
        await act(request, mydata.count_copy)
    except mydata.TooManyCopies as refused:
        await act(request, flash.leave_flash, flow_of(request), refused.message)
        return RedirectResponse(f"{routes.MY_DATA}/", 303)
    file = tempfile.TemporaryFile(dir=settings.var)  # noqa: SIM115  closed once it is sent
    await slow(request, mydata.pack, file, lane=lanes.COPIES)
    name = f"data-saya-{clock.today():%Y%m%d}.zip"
    return send(file, name, "application/zip")


ROUTES = [
    *looks.ROUTES,  # first: crowds ask for these
    guarded("/data-saya", copy_my_data, ("POST",)),
    guarded("/kartu/{public_id}.pdf", print_card),
    guarded("/kartu/{public_id}.pdf/", print_card),
    guarded("/kartu/{public_id}/qr.svg", show_code),
    guarded("/.well-known/ak1-keys.json", show_keys),
    *siapkerja_routes.ROUTES,
    *open_routes.ROUTES,
    *print_routes.ROUTES,
    *verifier.ROUTES,
]
