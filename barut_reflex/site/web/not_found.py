"""Pages for when the way is lost: no such address, a crash in the page, no connection."""

from typing import Any

import reflex as rx
from reflex.event import noop
from reflex_components_core.base.error_boundary import ErrorBoundary

from ...core import routes
from ...gate.shell import public_page
from ...ui import theme
from ...ui.forms import file_link, link_button


def not_found_page() -> rx.Component:
    """404. Nothing is said about what may stand behind an address."""
    return public_page(
        "Halaman tidak ditemukan",
        _bend("404"),
        rx.el.p(
            "Alamat ini tidak ada, atau bukan untuk akun Anda. Periksa ejaannya, atau mulai lagi "
            "dari halaman utama.",
            class_name=theme.LEAD,
        ),
        rx.el.div(
            link_button("Ke halaman utama", routes.WELCOME, icon="home"),
            class_name="flex flex-col sm:flex-row",
        ),
    )


def error_boundary(stateful: bool) -> rx.Component:
    """For `app.app_wraps[(55, "ErrorBoundary")]`: Reflex's own shows the cause to everybody."""
    quiet: dict[str, Any] = {} if stateful else {"on_error": noop()}
    return ErrorBoundary.create(fallback_render=rx.Var.create(crashed()), **quiet)


def crashed() -> rx.Component:
    """What stands in place of a page whose own code failed; shows nothing of the cause."""
    return rx.el.main(
        _bend("!"),
        rx.el.h1("Halaman ini terhenti", class_name=theme.TITLE),
        rx.el.p(
            "Ada yang tidak beres di halaman ini. Yang sudah tersimpan tidak hilang. Muat ulang; "
            "bila terulang, beri tahu kami.",
            class_name=theme.LEAD,
        ),
        rx.el.div(
            # A fresh load: the page's own navigation may be what failed.
            file_link("Ke halaman utama", routes.WELCOME, kind="primary", icon="home"),
            class_name="flex flex-col sm:flex-row",
        ),
        class_name=f"{theme.PAGE} max-w-xl flex flex-col gap-5",
    )


def _bend(mark: str) -> rx.Component:
    """The river, and the mark where the way ends."""
    return rx.el.div(
        rx.el.svg(
            rx.el.path(
                d="M0 60h40c40 0 40-44 80-44s40 44 80 44 40-44 80-44",
                fill="none",
                stroke="var(--brand)",
                stroke_width="12",
                stroke_linecap="round",
            ),
            rx.el.rect(x="296", y="2", width="20", height="34", rx="5", fill="var(--sun)"),
            view_box="-8 0 340 72",
            aria_hidden="true",
            class_name="w-full max-w-80 h-auto",
        ),
        rx.el.span(mark, aria_hidden="true", class_name="text-4xl font-extrabold text-(--muted)"),
        class_name="flex items-center gap-4",
    )
