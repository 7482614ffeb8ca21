"""Routes of the public plain pages, the web app manifest and `/index.html`."""

from collections.abc import Awaitable, Callable

import htpy as h
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ...core import routes
from ...core.settings import settings
from ...gate.access import access
from ...gate.cookies import sign_in_of
from ...gate.doors import current_sign_in
from ...gate.gate import guarded
from ...gate.shell import HOMES
from . import help, legal, welcome
from .parts import answer_unless_known

PLAIN: dict[str, Callable[[], h.HTMLElement]] = {
    routes.TERMS: legal.terms_page,
    routes.PRIVACY: legal.privacy_page,
    routes.HELP: help.help_page,
}


@access(first_password=True)
async def show_welcome(request: Request) -> Response:
    """The landing page: with sign-up and login, or a link to one's own first page."""
    found = await current_sign_in(sign_in_of(request))
    home = HOMES[found.person.role] if found and found.is_complete else ""
    return answer_unless_known(request, welcome.welcome_page(home))


def _shows(page: Callable[[], h.HTMLElement]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint that answers with this page."""

    @access(first_password=True)
    async def show(request: Request) -> Response:
        return answer_unless_known(request, page())

    return show


@access(first_password=True)
async def show_manifest(request: Request) -> Response:
    """The web app manifest: name and icons of the site on a phone's home screen."""
    png = {"type": "image/png", "purpose": "any maskable"}
    manifest = {
        "name": settings.app_name,
        "short_name": settings.app_name,
        "description": f"Layanan kartu AK1 online {settings.regency}",
        "lang": "id",
        "start_url": routes.WELCOME,
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#0b6b66",
        "icons": [
            {"src": "/logo.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": "/icon-192.png", "sizes": "192x192", **png},
            {"src": "/icon-512.png", "sizes": "512x512", **png},
        ],
    }
    return JSONResponse(manifest, media_type="application/manifest+json")


@access(first_password=True)
async def leave_index(_request: Request) -> Response:
    """Redirect the empty page of the front-end build to the landing page."""
    return RedirectResponse(routes.WELCOME, 308)


ROUTES = [
    guarded(routes.WELCOME, show_welcome),
    guarded("/index.html", leave_index),
    *[
        guarded(f"{route}{slash}", _shows(page))
        for route, page in PLAIN.items()
        for slash in ("", "/")
    ],
    guarded("/manifest.webmanifest", show_manifest),
]
