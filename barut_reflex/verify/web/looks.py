"""The route `/v/<code>` behind the QR, and its page for an AK1 and a SIAPkerja-ID."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ...core import desks, routes
from ...gate.access import access
from ...gate.cookies import address_of, sign_in_of
from ...gate.gate import guarded
from ...gate.group_commit import GroupCommit
from ...seal import codes
from ..service import checking, looking
from . import check
from .parts import HEADERS

count_looks: GroupCommit[looking.Scan, looking.Counted] = GroupCommit(looking.scan_all, writes=True)
read_sheets = GroupCommit(checking.check_sheets, writes=False)


@access(first_password=True)
async def show_check(request: Request) -> Response:
    """What a scanned code is worth, from the desk that answers for codes of its kind."""
    code = request.path_params["code"]
    show = desks.code_pages().get(codes.claimed_kind(code), show_card)
    return await show(request, code)


async def show_card(request: Request, code: str) -> Response:
    """An AK1, a SIAPkerja-ID, or nothing we know; each look is one row for the holder."""
    address = address_of(request)
    try:
        look = await count_looks(looking.Scan(code, address, sign_in_of(request)))
    except looking.UnknownCode:
        return HTMLResponse(check.unknown_page(), 404, headers=HEADERS)
    except looking.TooManyViews as crowded:
        return HTMLResponse(check.crowded_page(crowded.message), 429, headers=check.CROWDED)
    return HTMLResponse(check.check_page(await read_sheets(look)), headers=HEADERS)


ROUTES = [
    guarded(f"{path}/{{code}}{end}", show_check)
    for path in (routes.CHECK, routes.CHECK.upper())
    for end in ("", "/")
]
