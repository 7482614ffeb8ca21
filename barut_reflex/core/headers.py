"""ASGI middleware: security headers (CSP, HSTS and more) and Cache-Control for HTTP responses."""

import base64
import functools
import hashlib
import os
import re
from pathlib import Path

from . import routes
from .settings import settings

BUILD_FOLDER = Path(os.getenv("REFLEX_WEB_WORKDIR", ".web")) / "build" / "client"
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
DENY_ALL_POLICY = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
CAMERA_PERMISSIONS = PERMISSIONS.replace("camera=()", "camera=(self)")
CAMERA_PAGES = (routes.SCANNER,)  # reached by a full load; `/periksa` brings headers of its own
CACHE_FOREVER = b"public, max-age=31536000, immutable"
PRIVATE_FILE_HEADERS = {  # of a file for one person alone
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}


class SecurityHeaders:
    """ASGI middleware that adds the security headers a response does not set itself."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def send_with_headers(message):
            if message["type"] == "http.response.start":
                own = {name.lower(): value for name, value in message["headers"]}
                extra = headers_for(scope["path"], is_page=_is_page(message["status"], own, scope))
                extra = [pair for pair in extra if pair[0] not in own]
                # The server's name and version are nobody's business.
                sent = [pair for pair in message["headers"] if pair[0].lower() != b"server"]
                message = {**message, "headers": [*sent, *extra]}
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _is_page(status: int, headers: dict[bytes, bytes], scope) -> bool:
    """Whether the response is an HTML page. A 304 has no content type, and its headers replace
    those of the page in the browser's cache, so there the path decides.
    """
    if status == 304:
        return "." not in scope["path"].rsplit("/", 1)[-1]
    return headers.get(b"content-type", b"").startswith(b"text/html")


def headers_for(path: str, *, is_page: bool = True) -> list[tuple[bytes, bytes]]:
    """The full header set for an answer to `path`.

    Files that are no page get a short policy that allows nothing: the long one on each of a dozen
    files would be a tenth of a first visit's bytes. A service worker needs the policy of pages.
    """
    has_policy = is_page or path.endswith("sw.js")
    is_asset = path.startswith(("/assets/", "/fonts/"))
    needs_camera = path.rstrip("/") in CAMERA_PAGES
    headers = [
        (b"content-security-policy", policy().encode() if has_policy else DENY_ALL_POLICY),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"same-origin"),
        (b"permissions-policy", (CAMERA_PERMISSIONS if needs_camera else PERMISSIONS).encode()),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"cache-control", CACHE_FOREVER if is_asset else b"no-cache"),
    ]
    if settings.is_secure:
        hsts = b"max-age=31536000; includeSubDomains"
        headers.append((b"strict-transport-security", hsts))
    return headers


@functools.cache
def policy() -> str:
    """Content-Security-Policy; `unsafe-inline` styles are what Reflex's own runtime needs."""
    sockets = " ".join(origin.replace("http", "ws", 1) for origin in settings.origins)
    return (
        f"default-src 'self'; script-src 'self' {' '.join(sorted(_inline_scripts()))}; "
        f"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        f"connect-src 'self' {sockets}; font-src 'self'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    )


def _inline_scripts() -> set[str]:
    found = set()
    for page in BUILD_FOLDER.rglob("*.html"):
        for attributes, body in re.findall(
            r"<script([^>]*)>(.*?)</script>", page.read_text(), re.S
        ):
            if "src=" not in attributes:
                digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
                found.add(f"'sha256-{digest}'")
    return found
