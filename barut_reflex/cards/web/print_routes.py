"""Route `POST /admin/cetak`: an officer gets the chosen cards as one PDF for printing."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...core import clock, lanes, routes
from ...core.errors import Refusal
from ...core.headers import PRIVATE_FILE_HEADERS
from ...gate import flash
from ...gate.access import access
from ...gate.cookies import flow_of
from ...gate.doors import act, act_as_guest, slow
from ...gate.gate import guarded
from ...gate.payload import body_size, texts_of
from ...people.rules import STAFF
from ..service import printing_many

BODY_CAP = 32 * 1024  # bytes; about three times what the form with the most cards takes
MAX_FIELDS = 1000  # about a hundred more than cards fit into the cap
CHOSEN = "kartu"  # name of the form field that lists the chosen cards


@access(*STAFF)
async def print_cards(request: Request) -> Response:
    """Draw, then record, then send: no card is handed out without its audit entry."""
    if body_size(request) > BODY_CAP:
        return await _refused(request, printing_many.TooManyCards(), "")
    fields = await texts_of(request, max_fields=MAX_FIELDS)
    chosen = [text for name, text in fields if name == CHOSEN]
    try:
        content = await slow(request, lanes.PRINT_RUNS, printing_many.draw_cards, chosen)
        await act(request, printing_many.record_prints, chosen)
    except Refusal as refused:
        return await _refused(request, refused, dict(fields).get("tanggal", "")[:10])
    name = f"AK1-{clock.today():%Y%m%d}-{len(set(chosen))}-kartu.pdf"
    headers = PRIVATE_FILE_HEADERS | {"content-disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


async def _refused(request: Request, refused: Refusal, day: str) -> Response:
    """Redirect back to the list, which then shows the refusal."""
    await act_as_guest(request, flash.leave_flash, flow_of(request), refused.message)
    query = f"?{urlencode({'tanggal': day})}" if day else ""
    return RedirectResponse(f"{routes.PRINT}/{query}", 303)


ROUTES = [guarded(routes.PRINT, print_cards, ("POST",), body=None)]
