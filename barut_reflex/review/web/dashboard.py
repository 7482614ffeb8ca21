"""Section of the staff's first page `/admin`: totals and newest applications, kept up to date."""

import reflex as rx

from ...applications.status import Status
from ...core import routes
from ...gate.access import access
from ...gate.doors import Who, live
from ...people.rules import STAFF, Role
from ...review.queries import inbox
from ...review.queries.inbox import Dashboard
from ...review.web.card_acts import place_dialog
from ...review.web.rows import applications_table
from ...ui import theme
from ...ui.feedback import empty_state
from ...ui.forms import link_button
from ...ui.tables import section


class DashboardState(rx.State):
    """The totals and newest applications, kept up to date while the page is open."""

    data: Dashboard = Dashboard()
    is_ready: bool = False

    @rx.event(background=True)
    @access(*STAFF)
    async def watch(self):
        async for data in live(self, inbox.get_dashboard):
            async with self:
                self.data, self.is_ready = data, True


def dashboard() -> rx.Component:
    """The section itself."""
    data = DashboardState.data
    return rx.fragment(
        rx.el.dl(
            _total("Menunggu Verifikasi", data.totals.waiting, theme.QUIET_CARD),
            _total("Disetujui", data.totals.approved),
            _total("Total Pengguna", data.totals.people),
            _total("Total Petugas", data.totals.staff),
            class_name="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4",
        ),
        rx.el.div(
            link_button("Lihat Sekarang", f"{routes.INBOX}/?status={Status.SUBMITTED}"),
            rx.cond(Who.role == Role.ADMINISTRATOR.value, _for_administrators()),
            class_name=theme.ROW,
        ),
        section(
            "Pengajuan Terbaru",
            rx.cond(
                data.newest,
                applications_table(data.newest),
                rx.cond(DashboardState.is_ready, _nothing_yet(), _loading()),
            ),
            action=link_button("Lihat Semua Pengajuan", f"{routes.INBOX}/", "secondary"),
        ),
        place_dialog(),
    )


def _total(label: str, number: int, style: str = theme.CARD) -> rx.Component:
    shown = rx.cond(DashboardState.is_ready, rx.Var.create(number).to_string(), "…")
    return rx.el.div(
        rx.el.dt(label, class_name=theme.SMALL),
        rx.el.dd(shown, class_name="text-3xl font-bold tabular-nums text-(--ink)"),
        class_name=f"{style} flex flex-col gap-1",
    )


def _for_administrators() -> rx.Component:
    return rx.el.div(
        link_button("Daftar Pengguna", f"{routes.STAFF}/", "secondary", icon="users"),
        link_button("Tambah Admin", f"{routes.ADD_STAFF}/", "secondary", icon="plus"),
        class_name=theme.ROW,
    )


def _nothing_yet() -> rx.Component:
    return empty_state(
        "Belum ada pengajuan",
        "Pengajuan yang dikirim pemohon langsung muncul di sini tanpa memuat ulang halaman.",
    )


def _loading() -> rx.Component:
    return rx.el.p("Memuat pengajuan …", role="status", class_name=theme.MUTED)
