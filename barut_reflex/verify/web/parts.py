"""The frame of the plain HTML pages: no script, nothing fetched, the same look for all of them."""

import base64
import hashlib
from html import escape

from ...core import routes
from ...core.settings import settings
from ...gate.sending import OPEN
from ...ui.brand import LOGO
from .check_style import STYLE

CONTENT_POLICY = (
    "default-src 'none'; style-src 'sha256-"
    f"{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

HEADERS = OPEN | {"content-security-policy": CONTENT_POLICY}  # of a page that stands open


def page(title: str, *parts: str, kind: str = "Pemeriksaan kartu") -> str:
    """A whole page in the look of the check page."""
    office = escape(f"{settings.office_name} {settings.regency}")
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex,nofollow">'
        '<meta name="referrer" content="no-referrer">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body><header>{LOGO}<p><strong>"
        f"{escape(settings.app_name)}</strong><span>{escape(kind)}</span></p></header>"
        f"<main>{''.join(parts)}</main><footer><p>{office}</p>"
        f'<p><a href="{routes.HELP}/">Bantuan</a> <a href="{routes.VERIFIER}/">Periksa banyak '
        "kartu, juga tanpa sinyal</a></p></footer></body></html>"
    )


def photo_of(photo: bytes, name: str) -> str:
    """The portrait beside a name; it lies in the page itself."""
    data = base64.b64encode(photo).decode()
    return (
        f'<img src="data:image/jpeg;base64,{data}" width="66" height="88" '
        f'alt="Pas foto {escape(name)}">'
    )
