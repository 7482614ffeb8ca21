"""Routes of a shared profile: `/bagikan/<token>` for anybody, `/profil/pratinjau` its preview."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from ...core import lanes, routes
from ...gate.access import access
from ...gate.cookies import address_of, sign_in_of
from ...gate.doors import act_as_guest, slow, slow_as_guest
from ...gate.gate import guarded
from ...gate.sending import PERSONAL_HEADERS
from ...people.rules import Role
from ..service import scans, shared_profile
from . import check, shared
from .parts import CONTENT_POLICY, HEADERS


@access(first_password=True)
async def show_shared(request: Request) -> Response:
    """The profile behind a link; each view is recorded for the holder."""
    token, address = request.path_params["token"], address_of(request)
    try:
        link = await act_as_guest(
            request, shared_profile.open_link, token, address=address, sign_in=sign_in_of(request)
        )
    except shared_profile.LinkEnded as ended:
        return HTMLResponse(shared.ended_page(ended.message), 404, headers=HEADERS)
    except scans.TooManyViews as limited:
        return HTMLResponse(
            check.rate_limited_page(limited.message), 429, headers=check.RATE_LIMITED
        )
    sheet = await slow_as_guest(request, lanes.PORTRAITS, shared_profile.link_sheet, link)
    return HTMLResponse(shared.profile_page(sheet), headers=HEADERS)


@access(Role.JOB_SEEKER)
async def show_preview(request: Request) -> Response:
    """The signed-in person's profile as others see it; with `?tautan=` as that link shows it."""
    link = request.query_params.get("tautan", "")
    try:
        sheet = await slow(request, lanes.PORTRAITS, shared_profile.preview_sheet, link)
    except shared_profile.LinkEnded as ended:
        return PlainTextResponse(ended.message, 404, headers=PERSONAL_HEADERS)
    headers = PERSONAL_HEADERS | {"content-security-policy": CONTENT_POLICY}
    return HTMLResponse(shared.profile_page(sheet), headers=headers)


ROUTES = [
    guarded(f"{routes.SHARED}/{{token}}", show_shared),
    guarded(f"{routes.SHARED}/{{token}}/", show_shared),
    guarded(routes.PREVIEW, show_preview),
    guarded(f"{routes.PREVIEW}/", show_preview),
]
