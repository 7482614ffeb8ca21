"""Screen `/sesi`: lists the devices where a person is signed in, and ends those sign-ins."""

import reflex as rx

from ...core import routes
from ...gate.access import access
from ...gate.cookies import sign_in_of
from ...gate.doors import act, look, say
from ...gate.shell import account_page
from ...people.rules import Role
from ...people.service import sessions
from ...ui import theme
from ...ui.feedback import status_badge
from ...ui.forms import confirm_dialog, danger_button, link_button, opens, quiet_button
from ...ui.tables import cell, data_table, row, section
from .. import queries
from ..queries import SessionRow

HEADERS = ("Perangkat", "Masuk Sejak", "Terakhir Dipakai", "Aksi")
END_OTHERS = "akhiri-sesi-lain"


class SessionsState(rx.State):
    """The person's sign-ins, and the events that end them."""

    rows: list[SessionRow] = []

    @rx.event
    @access(*Role)
    async def load(self):
        self.rows = await look(self, queries.list_sessions, sign_in=sign_in_of(self))

    @rx.event
    @access(*Role)
    async def end(self, public_id: str):
        await act(self, sessions.end_own, public_id)
        self.rows = await look(self, queries.list_sessions, sign_in=sign_in_of(self))
        await say(self, "Sesi diakhiri. Perangkat itu harus login lagi.")

    @rx.event
    @access(*Role)
    async def end_others(self):
        ended = await act(self, sessions.end_others, sign_in=sign_in_of(self))
        self.rows = await look(self, queries.list_sessions, sign_in=sign_in_of(self))
        await say(self, f"{ended} sesi lain diakhiri.")


def sessions_page() -> rx.Component:
    """The table of sign-ins, and a link to the second factor."""
    rows = SessionsState.rows
    return account_page(
        "Sesi Saya",
        rx.el.div(
            data_table(HEADERS, rx.foreach(rows, _session), caption="Sesi Saya"),
            rx.cond(rx.Var.create(rows).length() > 1, _end_others()),
            class_name=f"{theme.CARD} {theme.STACK}",
        ),
        section(
            "Langkah kedua",
            rx.el.p(
                "Dengan kode dari aplikasi autentikator di telepon, akun Anda tetap aman walau "
                "password diketahui orang lain.",
                class_name=theme.TEXT,
            ),
            rx.el.div(link_button("Atur Langkah Kedua", routes.SECOND_STEP, kind="secondary")),
        ),
        lead="Tidak mengenal salah satunya? Akhiri sesi itu, lalu ganti password Anda.",
    )


def _session(one: SessionRow) -> rx.Component:
    return row(
        cell(HEADERS[0], one.device, class_name="font-semibold"),
        cell(HEADERS[1], one.since, class_name="tabular-nums"),
        cell(HEADERS[2], one.seen, class_name="tabular-nums"),
        cell(
            HEADERS[3],
            rx.cond(
                one.is_here,
                status_badge("Sesi ini", "success"),
                quiet_button("Akhiri Sesi", on_click=SessionsState.end(one.public_id)),
            ),
        ),
    )


def _end_others() -> rx.Component:
    return rx.el.div(
        danger_button("Akhiri Semua Sesi Lain", **opens(END_OTHERS)),
        confirm_dialog(
            END_OTHERS,
            title="Akhiri semua sesi lain?",
            body="Semua perangkat lain harus login lagi. Sesi ini tetap terbuka.",
            confirm_label="Ya, Akhiri",
            on_confirm=SessionsState.end_others,
            danger=True,
        ),
    )
