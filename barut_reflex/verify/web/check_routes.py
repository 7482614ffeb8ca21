"""Route `/v/<code>`: anybody who scanned a QR gets the check page of an AK1 or SIAPkerja-ID."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ...core import desks, routes
from ...gate.access import access
from ...gate.cookies import address_of, sign_in_of
from ...gate.gate import guarded
from ...gate.group_commit import GroupCommit
from ...seal import codes
from ..service import scans, verdicts
from . import check
from .parts import HEADERS

# Scans that come at the same time share one transaction.
count_scan: GroupCommit[scans.Scan, scans.CountedScan] = GroupCommit(scans.scan_all, writes=True)
read_sheets = GroupCommit(verdicts.check_sheets, writes=False)


@access(first_password=True)
async def show_check(request: Request) -> Response:
    """The page for a scanned code, from the desk that answers codes of its kind."""
    code = request.path_params["code"]
    show = desks.code_pages().get(codes.claimed_kind(code), show_card)
    return await show(request, code)


async def show_card(request: Request, code: str) -> Response:
    """The check page of an AK1 or SIAPkerja-ID, or "unknown"; each scan is recorded."""
    address = address_of(request)
    try:
        counted = await count_scan(scans.Scan(code, address, sign_in_of(request)))
    except scans.UnknownCode:
        return HTMLResponse(check.unknown_page(), 404, headers=HEADERS)
    except scans.TooManyViews as limited:
        return HTMLResponse(
            check.rate_limited_page(limited.message), 429, headers=check.RATE_LIMITED
        )
    return HTMLResponse(check.check_page(await read_sheets(counted)), headers=HEADERS)


ROUTES = [
    guarded(f"{path}/{{code}}{end}", show_check)
    for path in (routes.CHECK, routes.CHECK.upper())
    for end in ("", "/")
]
