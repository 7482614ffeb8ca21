"""Routes `/kartu/<id>.pdf` and `/kartu/<id>/qr.svg`: PDF and QR of an AK1 card, holder and staff.

The holder gets the PDF only where the office allows self-printing (`BARUT_SELF_PRINT`).
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ...core import lanes, routes
from ...core.headers import PRIVATE_FILE_HEADERS
from ...gate.access import access
from ...gate.doors import act, look, slow
from ...gate.gate import guarded
from ...people.rules import STAFF, Role
from ..queries import lookup
from ..service import printing


@access(Role.JOB_SEEKER, *STAFF)
async def print_card(request: Request) -> Response:
    """The PDF, shown in the browser's viewer; each time it is handed out is recorded."""
    public_id = request.path_params["public_id"]
    try:
        name, content = await slow(request, lanes.CARDS, printing.draw_card, public_id)
        await act(request, printing.record_print, public_id)
    except lookup.NoSuchCard as missing:
        return PlainTextResponse(missing.message, 404, headers=PRIVATE_FILE_HEADERS)
    headers = PRIVATE_FILE_HEADERS | {"content-disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


@access(Role.JOB_SEEKER, *STAFF)
async def show_code(request: Request) -> Response:
    """The QR as SVG, for the screen."""
    try:
        picture = await look(request, printing.draw_code, request.path_params["public_id"])
    except lookup.NoSuchCard as missing:
        return PlainTextResponse(missing.message, 404, headers=PRIVATE_FILE_HEADERS)
    return Response(picture, media_type="image/svg+xml", headers=PRIVATE_FILE_HEADERS)


ROUTES = [
    guarded(f"{routes.CARD_FILE}/{{public_id}}.pdf", print_card),
    guarded(f"{routes.CARD_FILE}/{{public_id}}.pdf/", print_card),
    guarded(f"{routes.CARD_FILE}/{{public_id}}/qr.svg", show_code),
]
