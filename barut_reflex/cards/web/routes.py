"""The card as PDF, its QR as a picture, the published keys."""

from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    Response,
)

from ...core import lanes
from ...core.headers import FOR_ONE_PERSON
from ...gate.access import EVERY_STAFF, access
from ...gate.doors import act, look, slow
from ...gate.gate import guarded
from ...people.rules import Role
from ...seal import keys
from ..queries import standing
from ..service import printing


@access(Role.JOB_SEEKER, *EVERY_STAFF)
async def print_card(request: Request) -> Response:
    """The PDF in the browser's own viewer; each time it is handed out, one row says so."""
    public_id = request.path_params["public_id"]
    try:
        name, content = await slow(request, printing.draw_card, public_id, lane=lanes.CARDS)
        await act(request, printing.record_print, public_id)
    except standing.NoSuchCard as missing:
        return PlainTextResponse(missing.message, 404, headers=FOR_ONE_PERSON)
    headers = FOR_ONE_PERSON | {"content-disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


@access(Role.JOB_SEEKER, *EVERY_STAFF)
async def show_code(request: Request) -> Response:
    """The QR for the holder's screen."""
    try:
        picture = await look(request, printing.draw_code, request.path_params["public_id"])
    except standing.NoSuchCard as missing:
        return PlainTextResponse(missing.message, 404, headers=FOR_ONE_PERSON)
    return Response(picture, media_type="image/svg+xml", headers=FOR_ONE_PERSON)


@access(first_password=True)
async def show_keys(request: Request) -> Response:
    """The public keys, so that anybody can check a code without asking us."""
    headers = {"access-control-allow-origin": "*", "cache-control": "public, max-age=3600"}
    return JSONResponse(keys.published_keys(), headers=headers)


ROUTES = [
    guarded("/kartu/{public_id}.pdf", print_card),
    guarded("/kartu/{public_id}.pdf/", print_card),
    guarded("/kartu/{public_id}/qr.svg", show_code),
    guarded("/.well-known/ak1-keys.json", show_keys),
]
