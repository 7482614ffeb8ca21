"""HTTP routes: an access code's picture, its page for ordinary cameras, and scans made offline."""

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
from ...gate.sending import PERSONAL_HEADERS
from ...people.rules import STAFF, Role
from ...seal.access import ACCESS_CODE_LIFETIME
from ...verify.web.parts import HEADERS, page
from .. import service
from ..rules import AttendancePurpose

MAX_BODY = 128 * 1024
UNREADABLE = "Daftar pindaian tidak dapat dibaca."


@access(Role.JOB_SEEKER)
async def show_access_code(request: Request) -> Response:
    """My access code as a picture, while it is valid."""
    code_id = request.path_params["code_id"]
    try:
        picture = await look(request, service.draw_access_code, code_id)
    except service.AccessCodeExpired as ended:
        return PlainTextResponse(ended.message, 404, headers=PERSONAL_HEADERS)
    return Response(picture, media_type="image/svg+xml", headers=PERSONAL_HEADERS)


@access(first_password=True)
async def show_access_page(request: Request) -> Response:
    """The page behind an access code for anybody's camera: the same for all, and uses no code."""
    return HTMLResponse(access_page(), headers=HEADERS)


def access_page() -> str:
    """The HTML that explains what an access code is for."""
    text = (
        "Kode ini untuk daftar hadir dan masuk ruangan. Hanya petugas yang dapat membacanya, "
        f"di halaman Pindai, dalam {duration(ACCESS_CODE_LIFETIME)}."
    )
    body = h.section(class_="plain")[h.h1["Kode akses"], h.p[text]]
    return page("Kode akses", body, kind="Kode akses")


@access(*STAFF)
async def receive_offline_scans(request: Request) -> Response:
    """Receive scans made offline: `{"purpose", "event", "seen": [{"code", "at"}]}`.

    Answers `{"results": [...]}` in the same order: `noted`, `used`, `expired` or `unknown`.
    """
    try:
        body = await _small_json(request)
        purpose, event = AttendancePurpose(body["purpose"]), str(body.get("event", ""))
        seen = [_seen(one) for one in body["seen"]]
    except (KeyError, TypeError, ValueError, RecursionError):
        return JSONResponse({"message": UNREADABLE}, 400)
    results = await act(request, service.check_in_offline, seen, purpose=purpose, event=event)
    return JSONResponse({"results": results}, headers={"cache-control": "no-store"})


def _seen(one: Any) -> service.OfflineScan:
    return service.OfflineScan(str(one["code"]), clock.utc(datetime.fromisoformat(str(one["at"]))))


async def _small_json(request: Request) -> Any:
    if body_size(request) > MAX_BODY:
        raise Refusal("Daftar pindaian terlalu panjang. Kirim dalam beberapa bagian.")
    return json.loads(await request.body())


UPPER_AND_LOWER = (routes.ACCESS, routes.ACCESS.upper())
ACCESS_PATHS = [f"{path}/{{code}}{end}" for path in UPPER_AND_LOWER for end in ("", "/")]
ROUTES = [
    guarded(f"{routes.OWN_CARD}/akses/{{code_id}}.svg", show_access_code),
    *[guarded(path, show_access_page) for path in ACCESS_PATHS],
    guarded(routes.LATE_CHECK_IN, receive_offline_scans, ("POST",), body=None),
]
