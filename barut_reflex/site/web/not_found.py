"""The 404 page, and the ASGI wrapper that sends it for addresses no page or route has."""

import htpy as h
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...core import routes
from ...ui import theme
from .parts import answer, button_link, text_page


class NotFound:
    """ASGI wrapper around Reflex: replaces its 404 answer by our page.

    Reflex answers an unknown address with an empty page that needs JavaScript.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_missing = False

        async def send_unless_missing(message: Message) -> None:
            nonlocal is_missing
            if message["type"] == "http.response.start" and message["status"] == 404:
                is_missing = True
                page = answer(not_found_page(), 404)
                if scope["method"] == "HEAD":
                    page.body = b""
                await page(scope, receive, send)
            elif not is_missing:
                await send(message)

        await self.app(scope, receive, send_unless_missing if scope["type"] == "http" else send)


def not_found_page() -> h.HTMLElement:
    """The same text for all addresses, so it does not tell which pages exist."""
    return text_page(
        "Halaman tidak ditemukan",
        _drawing(),
        h.p(class_=theme.LEAD)[
            "Alamat ini tidak ada, atau bukan untuk akun Anda. Periksa ejaannya, atau mulai lagi "
            "dari halaman utama."
        ],
        h.div(class_="flex flex-col sm:flex-row")[
            button_link("Ke halaman utama", routes.WELCOME, mark="home"),
        ],
    )


def _drawing() -> h.Element:
    """Decorative drawing: a river, a mark and "404"."""
    return h.div(class_="flex items-center gap-4")[
        h.svg(viewBox="-8 0 340 72", aria_hidden="true", class_="w-full max-w-80 h-auto")[
            h.path(
                d="M0 60h40c40 0 40-44 80-44s40 44 80 44 40-44 80-44",
                fill="none",
                stroke="var(--brand)",
                stroke_width="12",
                stroke_linecap="round",
            ),
            h.rect(x="296", y="2", width="20", height="34", rx="5", fill="var(--sun)"),
        ],
        h.span(aria_hidden="true", class_="text-4xl font-extrabold text-(--muted)")["404"],
    ]
