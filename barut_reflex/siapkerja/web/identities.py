"""Screen `/admin/siapkerja`: staff search SIAPkerja-IDs; administrators revoke and restore them.

All staff see the buttons to revoke and restore, but only administrators may use them.
"""

import reflex as rx

from ...core.figures import MAX_SEARCH_LENGTH
from ...gate.access import access
from ...gate.doors import Notice, act, error_of, look, say
from ...gate.shell import staff_page
from ...people.rules import STAFF, Role
from ...ui import theme
from ...ui.feedback import empty_state, status_badge
from ...ui.forms import (
    SEARCH_DELAY,
    confirm_dialog,
    form_dialog,
    opens,
    quiet_button,
    text_area,
    text_field,
)
from ...ui.tables import actions, cell, data_table, row
from ..queries import identities
from ..queries.identities import IdentityRow
from ..service import identity

REVOKE_DIALOG = "cabut-id"
RESTORE_DIALOG = "pulihkan-id"


class IdentitiesState(rx.State):
    """The list, what is searched, and the SIAPkerja-ID whose dialog is open."""

    rows: list[IdentityRow] = []
    search: str = ""
    chosen: str = ""
    holder: str = ""
    done: int = 0  # key of the dialogs: counting up draws them again, closed and empty
    is_ready: bool = False

    @rx.event
    @access(*STAFF)
    async def load(self):
        self.rows = await look(self, identities.list_identities, self.search)
        self.is_ready = True

    @rx.event
    @access(*STAFF)
    async def find(self, text: str):
        self.search = text[:MAX_SEARCH_LENGTH]
        self.rows = await look(self, identities.list_identities, self.search)

    @rx.event
    @access(Role.ADMINISTRATOR)
    def choose(self, public_id: str, holder: str):
        self.chosen, self.holder = public_id, holder
        return Notice.clear

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def revoke(self, form: dict[str, str]):
        await act(self, identity.revoke_identity, self.chosen, reason=form.get("reason", ""))
        self.done += 1
        self.rows = await look(self, identities.list_identities, self.search)
        await say(self, f"SIAPkerja-ID {self.holder} dicabut dan pemegangnya diberi tahu.")

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def restore(self):
        await act(self, identity.restore_identity, self.chosen)
        self.rows = await look(self, identities.list_identities, self.search)
        await say(self, f"SIAPkerja-ID {self.holder} berlaku lagi dengan kode baru.")


def identities_page() -> rx.Component:
    return staff_page(
        "SIAPkerja-ID",
        rx.el.div(
            text_field(
                "Cari Nama",
                name="cari",
                type="search",
                auto_complete="off",
                max_length=MAX_SEARCH_LENGTH,
                on_change=IdentitiesState.find.debounce(SEARCH_DELAY),
            ),
            role="search",
            class_name="max-w-xl",
        ),
        rx.el.div(
            rx.cond(
                IdentitiesState.rows,
                data_table(
                    ("Nama", "Status", "Dibuat", "Berlaku Sampai", "Aksi"),
                    rx.foreach(IdentitiesState.rows, _row),
                    caption="SIAPkerja-ID",
                ),
                rx.cond(
                    IdentitiesState.is_ready,
                    empty_state(
                        "Belum ada SIAPkerja-ID yang cocok",
                        "SIAPkerja-ID muncul setelah pencari kerja melengkapi profilnya.",
                    ),
                    rx.el.p("Memuat …", role="status", class_name=theme.MUTED),
                ),
            ),
            class_name=f"{theme.CARD} sm:p-3!",
        ),
        _dialogs(),
        active="SIAPkerja-ID",
    )


def _row(one: IdentityRow) -> rx.Component:
    chosen = IdentitiesState.choose(one.public_id, one.name)
    return row(
        cell("Nama", one.name),
        cell(
            "Status",
            status_badge(one.state, one.tone),
            rx.cond(one.reason != "", rx.el.p(one.reason, class_name=theme.SMALL)),
        ),
        cell("Dibuat", one.created),
        cell("Berlaku Sampai", one.valid_until),
        cell(
            "Aksi",
            actions(
                rx.cond(
                    one.is_revoked,
                    quiet_button("Pulihkan", on_click=chosen, **opens(RESTORE_DIALOG)),
                    quiet_button("Cabut", on_click=chosen, **opens(REVOKE_DIALOG)),
                )
            ),
        ),
    )


def _dialogs() -> rx.Component:
    return rx.el.div(
        form_dialog(
            REVOKE_DIALOG,
            rx.el.p("Pemegang: ", rx.el.strong(IdentitiesState.holder), class_name=theme.MUTED),
            text_area("Alasan Pencabutan", name="reason", error=error_of("reason")),
            title="Cabut SIAPkerja-ID ini?",
            submit_label="Ya, Cabut",
            on_submit=IdentitiesState.revoke,
        ),
        confirm_dialog(
            RESTORE_DIALOG,
            title="Pulihkan SIAPkerja-ID ini?",
            body="Pemegangnya mendapat kode QR baru; kode lama tetap tidak berlaku.",
            confirm_label="Ya, Pulihkan",
            on_confirm=IdentitiesState.restore,
        ),
        key=IdentitiesState.done,
    )
