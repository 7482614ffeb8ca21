"""A profile as others see it: the page behind a holder's link, and the holder's own preview."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from ...core import lanes, routes
from ...gate.access import access
from ...gate.cookies import address_of, sign_in_of
from ...gate.doors import act_as_guest, slow, slow_as_guest
from ...gate.gate import guarded
from ...gate.sending import PERSONAL_HEADERS
from ...people.rules import Role
from ..service import looking, showing
from . import check, shared
from .parts import CONTENT_POLICY, HEADERS


@access(first_password=True)
async def show_shared(request: Request) -> Response:
    """The profile behind a link; each look is one row for the holder."""
    token, address = request.path_params["token"], address_of(request)
    try:
        link = await act_as_guest(
            request, showing.open_link, token, address=address, sign_in=sign_in_of(request)
        )
    except showing.LinkEnded as ended:
        return HTMLResponse(shared.ended_page(ended.message), 404, headers=HEADERS)
    except looking.TooManyViews as crowded:
        return HTMLResponse(check.crowded_page(crowded.message), 429, headers=check.CROWDED)
    sheet = await slow_as_guest(request, lanes.PICTURES, showing.link_sheet, link)
    return HTMLResponse(shared.profile_page(sheet), headers=HEADERS)


@access(Role.JOB_SEEKER)
async def show_preview(request: Request) -> Response:
    """My profile as others see it; `?tautan=` as one of my links shows it."""
    link = request.query_params.get("tautan", "")
    try:
        sheet = await slow(request, lanes.PICTURES, showing.preview_sheet, link)
    except showing.LinkEnded as ended:
        return PlainTextResponse(ended.message, 404, headers=PERSONAL_HEADERS)
    headers = PERSONAL_HEADERS | {"content-security-policy": CONTENT_POLICY}
    return HTMLResponse(shared.profile_page(sheet), headers=headers)


ROUTES = [
    guarded(f"{routes.SHARED}/{{token}}", show_shared),
    guarded(f"{routes.SHARED}/{{token}}/", show_shared),
    guarded(routes.PREVIEW, show_preview),
    guarded(f"{routes.PREVIEW}/", show_preview),
]
