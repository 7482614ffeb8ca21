"""`/periksa`: the page that checks a code without asking us. Static files, no Reflex in them.

What it is made of lies in `periksa/`; the QR decoder is bundled from the locked npm package `qr`
by `tools/frontend.py`. All of it together stays under 150 KB, sent as it is.
"""

import hashlib
from functools import cache
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from ...cards.dates import VERDICT_WORDS, Verdict
from ...core import routes
from ...core.headers import BUILD_FOLDER, CAMERA_PERMISSIONS
from ...core.settings import settings
from ...gate.access import access
from ...gate.cookies import address_of, sign_in_of
from ...gate.doors import act_as_guest, look_as_guest
from ...gate.gate import guarded
from ...seal import keys
from ..service import checking, listing, looking

FILES = Path(__file__).parent / "periksa"
DECODER = "qr.js"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
STATIC = {
    "content-security-policy": CONTENT_POLICY,
    "permissions-policy": CAMERA_PERMISSIONS,
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",  # the page's own service worker keeps it
}
FRESH = {"cache-control": "no-store"}
SHARED = {"access-control-allow-origin": "*", "cache-control": "public, max-age=300"}


@access(first_password=True)
async def show_page(request: Request) -> Response:
    return _file("index.html")


@access(first_password=True)
async def lead_to_page(request: Request) -> Response:
    """The page's own service worker minds what lies below this slash."""
    return RedirectResponse(f"{routes.VERIFIER}/", 308)


@access(first_password=True)
async def show_part(request: Request) -> Response:
    return _file(request.path_params["name"])


@access(first_password=True)
async def show_status(request: Request) -> Response:
    """The verdict on a code and nothing else; counted and noted like a look at the check page."""
    code, address = request.path_params["code"], address_of(request)
    try:
        row, _ = await act_as_guest(
            request,
            looking.scan,
            code,
            address=address,
            wants_page=False,
            sign_in=sign_in_of(request),
        )
    except looking.UnknownCode:
        return _verdict(Verdict.UNKNOWN)
    except looking.TooManyViews as crowded:
        headers = FRESH | {"retry-after": "60"}
        return JSONResponse({"message": crowded.message}, 429, headers=headers)
    return _verdict(await look_as_guest(request, checking.verdict_on, row))


@access(first_password=True)
async def show_withdrawn(request: Request) -> Response:
    """The signed list of revoked and replaced codes."""
    try:
        await act_as_guest(request, listing.count_list, address=address_of(request))
    except listing.TooManyLists as crowded:
        headers = FRESH | {"retry-after": "60"}
        return PlainTextResponse(crowded.message, 429, headers=headers)
    return JSONResponse(await look_as_guest(request, listing.withdrawn_list), headers=SHARED)


@access(first_password=True)
async def show_keys(request: Request) -> Response:
    """The public keys, so that anybody can check a code without asking us."""
    headers = {"access-control-allow-origin": "*", "cache-control": "public, max-age=3600"}
    return JSONResponse(keys.published_keys(), headers=headers)


def _verdict(verdict: Verdict) -> Response:
    return JSONResponse({"verdict": verdict, "word": VERDICT_WORDS[verdict]}, headers=FRESH)


def _file(name: str) -> Response:
    content = parts().get(name)
    if content is None:
        return PlainTextResponse("Tidak ada.", 404, headers=STATIC)
    return Response(content, media_type=TYPES[Path(name).suffix], headers=STATIC)


@cache
def parts() -> dict[str, bytes]:
    """Every file of the page by its name; its worker is told their version."""
    read = {path.name: path.read_bytes() for path in sorted(FILES.iterdir())}
    read["index.html"] = index_page().encode()
    decoder = BUILD_FOLDER / "periksa" / DECODER
    read[DECODER] = decoder.read_bytes() if decoder.exists() else b""
    version = hashlib.sha256(b"\0".join(read.values())).hexdigest()[:12]
    return read | {"sw.js": read["sw.js"].replace(b"{{version}}", version.encode())}


def index_page() -> Markup:
    """`index.html` with the office's words in their places."""
    page = Markup((FILES / "index.html").read_text())  # noqa: S704  ours; `format` escapes words
    return page.format(app=settings.app_name, office=f"{settings.office_name} {settings.regency}")


ROUTES = [
    guarded(routes.VERIFIER, lead_to_page),
    guarded(f"{routes.VERIFIER}/", show_page),
    guarded(f"{routes.VERIFIER}/status/{{code}}", show_status, ("POST",)),
    guarded(f"{routes.VERIFIER}/{{name}}", show_part),
    guarded(routes.WITHDRAWN, show_withdrawn),
    guarded("/.well-known/ak1-keys.json", show_keys),
]
