"""Screen `/admin/akun`: list of accounts; disable, enable, reset password or authenticator."""

import reflex as rx

from ...core import lanes, routes
from ...core.figures import MAX_SEARCH_LENGTH, duration
from ...gate import shell
from ...gate.access import access
from ...gate.doors import act, look, say, slow_as_guest
from ...people.rules import Role
from ...ui import theme
from ...ui.feedback import empty_state, status_badge
from ...ui.forms import (
    SEARCH_DELAY,
    confirm_dialog,
    link_button,
    opens,
    quiet_button,
    secondary_button,
    text_field,
)
from ...ui.tables import cell, data_table, pager, row
from .. import queries
from ..queries import AccountRow
from ..rules import ONE_TIME_PASSWORD_LIFETIME
from ..service import staff

HEADERS = ("Nama", "Email", "Role", "Jabatan", "Status", "Aksi")


class StaffState(rx.State):
    """The list of accounts, and the acts of an administrator on one of them."""

    rows: list[AccountRow] = []
    wanted: str = ""
    page: int = 1
    pages: int = 1
    summary: str = ""
    is_loaded: bool = False
    given_to: str = ""

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def load(self):
        self.wanted, self.page, self.given_to = "", 1, ""
        await self._show()

    async def _show(self):
        found = await look(self, queries.list_accounts, self.wanted, self.page)
        self.rows, self.summary = found.rows, found.summary
        self.page, self.pages, self.is_loaded = found.page, found.pages, True

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def search(self, text: str):
        self.wanted, self.page = text[:MAX_SEARCH_LENGTH], 1
        await self._show()

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def go(self, page: int):
        self.page = page
        await self._show()

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def disable(self, public_id: str):
        name = await act(self, staff.disable, public_id)
        await self._show()
        await say(self, f"Akun {name} dinonaktifkan; semua sesinya diakhiri.")

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def enable(self, public_id: str):
        name = await act(self, staff.enable, public_id)
        await self._show()
        await say(self, f"Akun {name} diaktifkan kembali.")

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def give_temporary(self, public_id: str):
        """Create a one-time password; it goes into its field, never into the state."""
        password, password_hash = await slow_as_guest(
            self, lanes.HASHING, staff.prepare_temporary_password
        )
        name = await act(self, staff.give_temporary_password, public_id, password_hash)
        self.given_to = name
        return [rx.set_value("temporary", password), rx.set_focus("temporary")]

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def remove_second_factor(self, public_id: str):
        name = await act(self, staff.remove_second_factor, public_id)
        await self._show()
        await say(self, f"Autentikator {name} dihapus; semua sesinya diakhiri.")

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def forget(self):
        self.given_to = ""
        return rx.set_value("temporary", "")


def staff_page() -> rx.Component:
    """The searchable list of accounts."""
    return shell.staff_page(
        "Semua Data Akun Yang Terdaftar",
        rx.el.div(
            rx.el.div(
                text_field(
                    "Cari Nama Akun",
                    name="search",
                    type="search",
                    auto_complete="off",
                    on_change=StaffState.search.debounce(SEARCH_DELAY),
                ),
                class_name="grow max-w-md",
            ),
            link_button("Tambah Akun", routes.ADD_STAFF, icon="plus"),
            class_name="flex flex-wrap items-end justify-between gap-3",
        ),
        _temporary(),
        rx.el.div(
            data_table(HEADERS, rx.foreach(StaffState.rows, _account), caption="Akun terdaftar"),
            rx.cond(StaffState.is_loaded & (StaffState.summary == queries.NONE_FOUND), _none()),
            pager(
                StaffState.summary,
                page=StaffState.page,
                pages=StaffState.pages,
                on_go=StaffState.go,
            ),
            class_name=f"{theme.CARD} mt-5",
        ),
        active="Akun",
    )


def _none() -> rx.Component:
    return empty_state("Tidak ada akun yang cocok", "Coba sebagian nama atau email saja.")


def _temporary() -> rx.Component:
    """The new password; always in the page, hidden otherwise, as `set_value` needs its field."""
    shown = rx.cond(StaffState.given_to != "", "", "hidden")
    return rx.el.div(
        text_field(
            "Password Sementara",
            name="temporary",
            read_only=True,
            auto_complete="off",
            hint="Serahkan langsung kepada pemilik akun. Berlaku "
            f"{duration(ONE_TIME_PASSWORD_LIFETIME)}, hanya tampil sekali.",
            class_name=f"{theme.INPUT} font-mono text-lg",
        ),
        rx.el.p("Untuk: ", rx.el.strong(StaffState.given_to), class_name=theme.TEXT),
        secondary_button("Sudah Dicatat", on_click=StaffState.forget),
        class_name=[f"{theme.QUIET_CARD} {theme.TIGHT} mt-5 max-w-xl", shown],
    )


def _account(account: AccountRow) -> rx.Component:
    return row(
        cell(HEADERS[0], account.name, class_name="font-semibold"),
        cell(HEADERS[1], account.email, class_name="wrap-anywhere"),
        cell(HEADERS[2], account.role),
        cell(HEADERS[3], rx.cond(account.position != "", account.position, "-")),
        cell(HEADERS[4], _state_of(account)),
        cell(HEADERS[5], rx.cond(account.is_own, _own(), _acts(account))),
    )


def _state_of(account: AccountRow) -> rx.Component:
    return rx.cond(
        account.is_active, status_badge("Aktif", "success"), status_badge("Nonaktif", "neutral")
    )


def _own() -> rx.Component:
    return rx.el.span("Akun Anda", class_name=theme.SMALL)


def _acts(account: AccountRow) -> rx.Component:
    dialog = f"sementara-{account.public_id}"
    return rx.el.div(
        rx.cond(
            account.is_active,
            quiet_button("Nonaktifkan", on_click=StaffState.disable(account.public_id)),
            quiet_button("Aktifkan", on_click=StaffState.enable(account.public_id)),
        ),
        quiet_button("Buat Password Sementara", **opens(dialog)),
        confirm_dialog(
            dialog,
            title="Buat password sementara?",
            body=f"Password {account.name} yang sekarang tidak berlaku lagi dan sesinya berakhir.",
            confirm_label="Ya, Buat",
            on_confirm=StaffState.give_temporary(account.public_id),
        ),
        rx.cond(account.has_second_factor, _second_factor(account)),
        class_name="flex flex-wrap gap-1",
    )


def _second_factor(account: AccountRow) -> rx.Component:
    dialog = f"autentikator-{account.public_id}"
    return rx.fragment(
        quiet_button("Hapus Autentikator", **opens(dialog)),
        confirm_dialog(
            dialog,
            title="Hapus autentikator?",
            body=f"Untuk telepon yang hilang. Pastikan dahulu bahwa {account.name} sendiri yang "
            "meminta. Semua sesinya berakhir.",
            confirm_label="Ya, Hapus",
            on_confirm=StaffState.remove_second_factor(account.public_id),
            danger=True,
        ),
    )
