"""POST `/admin/cetak`: the chosen cards as one PDF."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...core import clock, lanes, routes
from ...core.errors import Refusal
from ...core.headers import FOR_ONE_PERSON
from ...gate import flash
from ...gate.access import access
from ...gate.cookies import flow_of
from ...gate.doors import act, act_as_guest, slow
from ...gate.gate import guarded
from ...gate.payload import body_size, texts_of
from ...people.rules import STAFF
from ..service import printing_many

CHOICE_CAP = 32 * 1024  # some three times what the most cards take
MOST_FIELDS = 1000  # some hundred more than cards fit under the cap
CHOSEN = "kartu"


@access(*STAFF)
async def print_cards(request: Request) -> Response:
    """Drawn, then noted, then sent: nothing leaves the office that the trail does not know."""
    if body_size(request) > CHOICE_CAP:
        return await _refused(request, printing_many.TooManyCards(), "")
    fields = await texts_of(request, max_fields=MOST_FIELDS)
    chosen = [text for name, text in fields if name == CHOSEN]
    try:
        content = await slow(request, lanes.PILES, printing_many.draw_cards, chosen)
        await act(request, printing_many.record_prints, chosen)
    except Refusal as refused:
        return await _refused(request, refused, dict(fields).get("tanggal", "")[:10])
    name = f"AK1-{clock.today():%Y%m%d}-{len(set(chosen))}-kartu.pdf"
    headers = FOR_ONE_PERSON | {"content-disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


async def _refused(request: Request, refused: Refusal, day: str) -> Response:
    """Back to the list, which says why."""
    await act_as_guest(request, flash.leave_flash, flow_of(request), refused.message)
    asked = f"?{urlencode({'tanggal': day})}" if day else ""
    return RedirectResponse(f"{routes.PRINT}/{asked}", 303)


ROUTES = [guarded(routes.PRINT, print_cards, ("POST",), body=None)]
