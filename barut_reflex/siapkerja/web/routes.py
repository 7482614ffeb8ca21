"""Routes `/kartu-saya`: job seekers get their digital card as a page, PDF, PNG or QR.

Whose card it is comes from the sign-in: no id is in the address.
"""

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ...core import lanes, routes
from ...gate.access import access
from ...gate.doors import look, slow
from ...gate.gate import guarded
from ...gate.sending import PERSONAL_HEADERS
from ...people.rules import Role
from ..service import digital
from . import phone


@access(Role.JOB_SEEKER)
async def show_own_card(request: Request) -> Response:
    """The card as a page for the phone; without a card a redirect to what is missing."""
    try:
        own = await slow(request, lanes.PORTRAITS, digital.phone_card)
    except digital.NoDigitalCardYet:
        return RedirectResponse(f"{routes.MY_CARD}/", 303)
    headers = PERSONAL_HEADERS | {"content-security-policy": phone.CONTENT_POLICY}
    return HTMLResponse(phone.phone_page(own), headers=headers)


@access(Role.JOB_SEEKER)
async def show_own_code(request: Request) -> Response:
    """The QR as SVG, for the screen."""
    picture = await look(request, digital.draw_own_code)
    return Response(picture, media_type="image/svg+xml", headers=PERSONAL_HEADERS)


@access(Role.JOB_SEEKER)
async def save_own_pdf(request: Request) -> Response:
    """The digital card as a PDF to download."""
    name, content = await slow(request, lanes.CARDS, digital.draw_digital_pdf)
    return _file(name, content, "application/pdf")


@access(Role.JOB_SEEKER)
async def save_own_png(request: Request) -> Response:
    """The digital card as a PNG to download."""
    name, content = await slow(request, lanes.CARDS, digital.draw_digital_png)
    return _file(name, content, "image/png")


def _file(name: str, content: bytes, kind: str) -> Response:
    headers = PERSONAL_HEADERS | {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


ROUTES = [
    guarded(routes.OWN_CARD, show_own_card),
    guarded(f"{routes.OWN_CARD}/", show_own_card),
    guarded(f"{routes.OWN_CARD}/qr.svg", show_own_code),
    guarded(f"{routes.OWN_CARD}.pdf", save_own_pdf),
    guarded(f"{routes.OWN_CARD}.png", save_own_png),
]
