"""What stands open: the page behind a holder's link, and where an access code leads a camera."""

import json
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from ...attendance import service as attendance
from ...attendance.rules import AttendancePurpose
from ...core import clock, lanes
from ...core.errors import Refusal
from ...gate.access import EVERY_STAFF, access
from ...gate.cookies import address_of
from ...gate.doors import act, slow
from ...gate.gate import guarded
from ...gate.payload import body_size
from ...ui import routes
from ..service import looking, showing
from . import check, shared
from .check import CROWDED, OPEN

BODY_CAP = 128 * 1024
UNREADABLE = "Daftar pindaian tidak dapat dibaca."


@access(first_password=True)
async def show_shared(request: Request) -> Response:
    """The profile behind a link; each look is one row for the holder."""
    token, address = request.path_params["token"], address_of(request)
    try:
        link = await act(request, showing.open_link, token, address=address)
    except showing.LinkEnded as ended:
        return HTMLResponse(shared.ended_page(ended.message), 404, headers=OPEN)
    except looking.TooManyViews as crowded:
        return HTMLResponse(check.crowded_page(crowded.message), 429, headers=CROWDED)
    sheet = await slow(request, showing.link_sheet, link, lane=lanes.PICTURES)
    return HTMLResponse(shared.profile_page(sheet), headers=OPEN)


@access(first_password=True)
async def show_access_page(request: Request) -> Response:
    """An ordinary camera read an access code: the same page for all, and nothing is used up."""
    return HTMLResponse(shared.access_page(), headers=OPEN)


@access(*EVERY_STAFF)
async def take_late_codes(request: Request) -> Response:
    """What a scanner read without a signal: `{"purpose", "event", "seen": [{"code", "at"}]}`.

    Answers `{"results": [...]}` in the same order: `noted`, `used`, `expired` or `unknown`.
    """
    try:
        given = await _small_json(request)
        purpose, event = AttendancePurpose(given["purpose"]), str(given.get("event", ""))
        seen = [_seen(one) for one in given["seen"]]
    except (KeyError, TypeError, ValueError, RecursionError):
        return JSONResponse({"message": UNREADABLE}, 400)
    results = await act(request, attendance.check_in_late, seen, purpose=purpose, event=event)
    return JSONResponse({"results": results}, headers={"cache-control": "no-store"})


def _seen(one: Any) -> attendance.Seen:
    return attendance.Seen(str(one["code"]), clock.utc(datetime.fromisoformat(str(one["at"]))))


async def _small_json(request: Request) -> Any:
    if body_size(request) > BODY_CAP:
        raise Refusal("Daftar pindaian terlalu panjang. Kirim dalam beberapa bagian.")
    return json.loads(await request.body())


ROUTES = [
    guarded(f"{routes.SHARED}/{{token}}", show_shared),
    guarded(f"{routes.SHARED}/{{token}}/", show_shared),
    *[guarded(path, show_access_page) for path in ("/a/{code}", "/A/{code}", "/A/{code}/")],
    guarded(routes.LATE_CHECK_IN, take_late_codes, ("POST",), body=None),
]
