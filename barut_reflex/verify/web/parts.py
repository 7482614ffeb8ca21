"""Shared parts of the plain HTML pages of this desk: the page frame, its headers, the portrait."""

import base64
import hashlib

import htpy as h
from markupsafe import Markup

from ...core import routes
from ...core.settings import settings
from ...gate.sending import PUBLIC_HEADERS
from ...ui.brand import LOGO
from ...ui.plain import unlisted_head
from .check_style import STYLE

CONTENT_POLICY = (
    "default-src 'none'; style-src 'sha256-"
    f"{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

HEADERS = PUBLIC_HEADERS | {"content-security-policy": CONTENT_POLICY}  # of a page for anybody


def page(title: str, *parts: h.Node, kind: str = "Pemeriksaan kartu") -> str:
    """A whole page in the style of the check page."""
    return str(
        h.html(lang="id")[
            unlisted_head(title, h.meta(name="referrer", content="no-referrer"), h.style[STYLE]),
            h.body[
                h.header[
                    Markup(LOGO),  # noqa: S704  ours
                    h.p[h.strong[settings.app_name], h.span[kind]],
                ],
                h.main[parts],
                h.footer[
                    h.p[f"{settings.office_name} {settings.regency}"],
                    h.p[
                        h.a(href=f"{routes.HELP}/")["Bantuan"],
                        " ",
                        h.a(href=f"{routes.VERIFIER}/")["Periksa banyak kartu, juga tanpa sinyal"],
                    ],
                ],
            ],
        ]
    )


def photo_of(photo: bytes, name: str) -> h.Node:
    """The portrait beside a name, as a data URL in the page itself."""
    data = base64.b64encode(photo).decode()
    return h.img(
        src=f"data:image/jpeg;base64,{data}", width="66", height="88", alt=f"Pas foto {name}"
    )
