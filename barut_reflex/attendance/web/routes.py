"""The access code as a picture, where it leads an ordinary camera, and what scanners send late."""

import json
from datetime import datetime
from typing import Any

import htpy as h
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from ...core import clock, routes
from ...core.errors import Refusal
from ...core.figures import duration
from ...gate.access import access
from ...gate.doors import act, look
from ...gate.gate import guarded
from ...gate.payload import body_size
from ...gate.sending import OWN
from ...people.rules import STAFF, Role
from ...seal.access import ACCESS_CODE_LIFETIME
from ...verify.web.parts import HEADERS, page
from .. import service
from ..rules import AttendancePurpose

SCANS_CAP = 128 * 1024
UNREADABLE = "Daftar pindaian tidak dapat dibaca."


@access(Role.JOB_SEEKER)
async def show_access_code(request: Request) -> Response:
    """My access code for the screen, while it lives."""
    code_id = request.path_params["code_id"]
    try:
        picture = await look(request, service.draw_access_code, code_id)
    except service.AccessCodeExpired as ended:
        return PlainTextResponse(ended.message, 404, headers=OWN)
    return Response(picture, media_type="image/svg+xml", headers=OWN)


@access(first_password=True)
async def show_access_page(request: Request) -> Response:
    """An ordinary camera read an access code: the same page for all, and nothing is used up."""
    return HTMLResponse(access_page(), headers=HEADERS)


def access_page() -> str:
    """For an ordinary camera that reads an access code; it uses nothing up."""
    told = (
        "Kode ini untuk daftar hadir dan masuk ruangan. Hanya petugas yang dapat membacanya, "
        f"di halaman Pindai, dalam {duration(ACCESS_CODE_LIFETIME)}."
    )
    body = h.section(class_="plain")[h.h1["Kode akses"], h.p[told]]
    return page("Kode akses", body, kind="Kode akses")


@access(*STAFF)
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
    results = await act(request, service.check_in_late, seen, purpose=purpose, event=event)
    return JSONResponse({"results": results}, headers={"cache-control": "no-store"})


def _seen(one: Any) -> service.Seen:
    return service.Seen(str(one["code"]), clock.utc(datetime.fromisoformat(str(one["at"]))))


async def _small_json(request: Request) -> Any:
    if body_size(request) > SCANS_CAP:
        raise Refusal("Daftar pindaian terlalu panjang. Kirim dalam beberapa bagian.")
    return json.loads(await request.body())


BOTH = (routes.ACCESS, routes.ACCESS.upper())
ACCESS_PATHS = [f"{path}/{{code}}{end}" for path in BOTH for end in ("", "/")]
ROUTES = [
    guarded(f"{routes.OWN_CARD}/akses/{{code_id}}.svg", show_access_code),
    *[guarded(path, show_access_page) for path in ACCESS_PATHS],
    guarded(routes.LATE_CHECK_IN, take_late_codes, ("POST",), body=None),
]
