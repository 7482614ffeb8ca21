"""404, for every address that no desk answers."""

import htpy as h
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...core import routes
from ...ui import theme
from .parts import answer, button_link, text_page


class NotFound:
    """ASGI wrapper around Reflex: its 404 becomes our page.

    Reflex answers an unknown address with the empty shell of its own pages, which only a script
    could fill.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_missing = False

        async def send_found(message: Message) -> None:
            nonlocal is_missing
            if message["type"] == "http.response.start" and message["status"] == 404:
                is_missing = True
                page = answer(not_found_page(), 404)
                if scope["method"] == "HEAD":
                    page.body = b""
                await page(scope, receive, send)
            elif not is_missing:
                await send(message)

        await self.app(scope, receive, send_found if scope["type"] == "http" else send)


def not_found_page() -> h.HTMLElement:
    """Nothing is said about what may stand behind an address."""
    return text_page(
        "Halaman tidak ditemukan",
        _bend(),
        h.p(class_=theme.LEAD)[
            "Alamat ini tidak ada, atau bukan untuk akun Anda. Periksa ejaannya, atau mulai lagi "
            "dari halaman utama."
        ],
        h.div(class_="flex flex-col sm:flex-row")[
            button_link("Ke halaman utama", routes.WELCOME, mark="home"),
        ],
    )


def _bend() -> h.Element:
    """The river, and the mark where the way ends."""
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
