"""The route `/v/<code>` behind the QR, and its page for an AK1 and a SIAPkerja-ID.

A page once drawn is sent again while nothing it shows has changed.
"""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ...core import desks, routes
from ...core.kept import Kept
from ...gate.access import access
from ...gate.cookies import address_of, sign_in_of
from ...gate.gate import guarded
from ...gate.together import Together
from ...seal import codes
from ..service import checking, looking
from . import check
from .parts import HEADERS

ROOM = 32 * 1024 * 1024  # bytes of pages a worker keeps, some 3,500 of them

count_looks = Together(looking.scan_all, writes=True)
read_sheets = Together(checking.check_sheets, writes=False)
pages: Kept[str, tuple[tuple, bytes]] = Kept(ROOM, lambda kept: len(kept[1]))


@access(first_password=True)
async def show_check(request: Request) -> Response:
    """What a scanned code is worth, from the desk that answers for codes of its kind."""
    code = request.path_params["code"]
    show = desks.code_pages().get(codes.kind_in(code), show_card)
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
    return HTMLResponse(await _page(look), headers=HEADERS)


async def _page(look: looking.Counted) -> bytes:
    """The page drawn before, if it would be drawn so now. An officer's is drawn each time."""
    code, kept = look.found.code, pages.get(look.found.code)
    if kept and kept[0] == look.proof and not look.is_officer:
        return kept[1]
    sheet = await read_sheets((look.found, look.is_officer))
    content = check.check_page(sheet).encode()
    if not look.is_officer:
        pages.put(code, (look.proof, content))
    return content


ROUTES = [
    guarded(f"{path}/{{code}}{end}", show_check)
    for path in (routes.CHECK, routes.CHECK.upper())
    for end in ("", "/")
]
