"""Page `/demo/surat`, only in the demo: the newest emails that would have been sent."""

import email
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import htpy as h
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ...core import clock, routes
from ...core.settings import settings
from ...gate.access import access
from ...gate.gate import guarded
from ...ui.plain import unlisted_head

MAX_SHOWN = 30
STYLE = """
body{font-family:system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;
color:#0f2a2e;background:#f4f8f7}article{background:#fff;border-radius:12px;padding:1rem 1.25rem;
margin:1rem 0}h1{font-size:1.4rem}h2{font-size:1rem;margin:0}pre{white-space:pre-wrap;
overflow-wrap:anywhere;font:inherit;line-height:1.5}small{color:#48626a}a{color:#0b6b63}
@media(prefers-color-scheme:dark){body{background:#0c1b1e;color:#e4f1ef}article{background:#142a2e}
small{color:#a9c3c4}a{color:#6fd6c8}}"""


@access()
async def show(request: Request) -> Response:
    """The newest emails of the demo outbox as plain text with links; `?kepada=` filters them."""
    wanted = request.query_params.get("kepada", "").strip().lower()
    emails = [_read(path) for path in _newest()]
    shown = [message for message in emails if wanted in str(message["To"]).lower()][:MAX_SHOWN]
    page = h.html(lang="id")[
        unlisted_head("Kotak surat demo", h.style[STYLE]),
        h.body[
            h.main[
                h.h1["Kotak surat demo"],
                h.p[
                    "Surat yang akan dikirim lewat email bila SMTP diatur. "
                    "Halaman ini tidak ada di server sesungguhnya."
                ],
                [_article(message) for message in shown] or h.p["Belum ada surat."],
            ]
        ],
    ]
    return HTMLResponse(str(page), headers={"cache-control": "no-store"})


def _newest() -> list[Path]:
    files = (settings.var / "outbox").glob("*.eml")
    return sorted(files, key=lambda path: path.stat().st_mtime, reverse=True)[:200]


def _read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=default)  # pyright: ignore[reportReturnType]


def _article(message: EmailMessage) -> h.Node:
    part = message.get_body(("plain",))
    text = part.get_content() if part else ""
    at = clock.local(message["Date"].datetime)
    return h.article[
        h.h2[str(message["Subject"])],
        h.small[f"Kepada {message['To']} · {at:%d-%m-%Y %H.%M.%S} WIB"],
        h.pre[[_link(word) for word in re.split(r"(\s+)", text)]],
    ]


def _link(word: str) -> h.Node:
    return h.a(href=word)[word] if word.startswith(settings.address) else word


ROUTES = [guarded(routes.DEMO_MAIL, show)] if settings.is_demo else []
