"""Routes of `/periksa`, the static page that checks cards offline, and of the data it needs.

Its files are in `periksa/`, without Reflex; `tools/frontend.py` bundles the QR decoder from the
locked npm package `qr`. Together they stay under 150 KB uncompressed. The data: the public keys,
the list of withdrawn codes, the verdict on one code.
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
from ..service import scans, verdicts, withdrawn_list

SOURCE_FOLDER = Path(__file__).parent / "periksa"
DECODER = "qr.js"
MEDIA_TYPES = {
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
STATIC_HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "permissions-policy": CAMERA_PERMISSIONS,
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",  # the page's own service worker stores it
}
NO_STORE = {"cache-control": "no-store"}
LIST_HEADERS = {"access-control-allow-origin": "*", "cache-control": "public, max-age=300"}


@access(first_password=True)
async def show_page(request: Request) -> Response:
    """The page itself."""
    return _file("index.html")


@access(first_password=True)
async def redirect_to_page(request: Request) -> Response:
    """Redirect to the address with a slash: the scope of the page's service worker ends there."""
    return RedirectResponse(f"{routes.VERIFIER}/", 308)


@access(first_password=True)
async def show_part(request: Request) -> Response:
    """One file of the page: script, style, manifest, service worker."""
    return _file(request.path_params["name"])


@access(first_password=True)
async def show_status(request: Request) -> Response:
    """The verdict on a code and nothing else; counted and recorded like a scan."""
    code, address = request.path_params["code"], address_of(request)
    try:
        scanned, _ = await act_as_guest(
            request,
            scans.scan,
            code,
            address=address,
            wants_page=False,
            sign_in=sign_in_of(request),
        )
    except scans.UnknownCode:
        return _verdict(Verdict.UNKNOWN)
    except scans.TooManyViews as limited:
        headers = NO_STORE | {"retry-after": "60"}
        return JSONResponse({"message": limited.message}, 429, headers=headers)
    return _verdict(await look_as_guest(request, verdicts.verdict_on, scanned))


@access(first_password=True)
async def show_withdrawn(request: Request) -> Response:
    """The signed list of withdrawn codes."""
    try:
        await act_as_guest(request, withdrawn_list.count_list, address=address_of(request))
    except withdrawn_list.TooManyLists as limited:
        headers = NO_STORE | {"retry-after": "60"}
        return PlainTextResponse(limited.message, 429, headers=headers)
    return JSONResponse(
        await look_as_guest(request, withdrawn_list.signed_list), headers=LIST_HEADERS
    )


@access(first_password=True)
async def show_keys(request: Request) -> Response:
    """The public keys as a JSON Web Key Set, so that anybody can check a code offline."""
    headers = {"access-control-allow-origin": "*", "cache-control": "public, max-age=3600"}
    return JSONResponse(keys.published_keys(), headers=headers)


def _verdict(verdict: Verdict) -> Response:
    return JSONResponse({"verdict": verdict, "word": VERDICT_WORDS[verdict]}, headers=NO_STORE)


def _file(name: str) -> Response:
    content = page_files().get(name)
    if content is None:
        return PlainTextResponse("Tidak ada.", 404, headers=STATIC_HEADERS)
    return Response(content, media_type=MEDIA_TYPES[Path(name).suffix], headers=STATIC_HEADERS)


@cache
def page_files() -> dict[str, bytes]:
    """Every file of the page by its name; a hash of all is the version in its service worker."""
    read = {path.name: path.read_bytes() for path in sorted(SOURCE_FOLDER.iterdir())}
    read["index.html"] = index_page().encode()
    decoder = BUILD_FOLDER / "periksa" / DECODER
    read[DECODER] = decoder.read_bytes() if decoder.exists() else b""
    version = hashlib.sha256(b"\0".join(read.values())).hexdigest()[:12]
    return read | {"sw.js": read["sw.js"].replace(b"{{version}}", version.encode())}


def index_page() -> Markup:
    """`index.html` with the names of the service and the office filled in."""
    page = Markup((SOURCE_FOLDER / "index.html").read_text())  # noqa: S704  ours; `format` escapes words
    return page.format(app=settings.app_name, office=f"{settings.office_name} {settings.regency}")


ROUTES = [
    guarded(routes.VERIFIER, redirect_to_page),
    guarded(f"{routes.VERIFIER}/", show_page),
    guarded(f"{routes.VERIFIER}/status/{{code}}", show_status, ("POST",)),
    guarded(f"{routes.VERIFIER}/{{name}}", show_part),
    guarded(routes.WITHDRAWN, show_withdrawn),
    guarded("/.well-known/ak1-keys.json", show_keys),
]
