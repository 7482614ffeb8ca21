"""Dialogs, with their handlers, by which officers act on a card: hired, report, new code, revoke.

Revoking is for administrators only.
"""

import reflex as rx

from ...cards.service import after_issue, issuing
from ...gate.access import access
from ...gate.doors import Notice, act, error_of, say
from ...people.rules import STAFF, Role
from ...ui import theme
from ...ui.forms import confirm_dialog, date_field, form_dialog, text_area, text_field
from .. import service

PLACE_DIALOG = "diterima-kerja"
VISIT_DIALOG = "lapor"
REVOKE_DIALOG = "cabut"
RENEW_DIALOG = "kode-baru"


class CardActsState(rx.State):
    """The card whose dialog is open. The page below follows the data and shows the result."""

    card_id: str = ""
    holder: str = ""
    done: int = 0  # key of the dialogs: counting up draws them again, closed and empty

    @rx.event
    @access(*STAFF)
    def choose(self, card_id: str, holder: str):
        self.card_id, self.holder = card_id, holder
        return Notice.clear

    @rx.event
    @access(*STAFF)
    async def mark_placed(self, form: dict[str, str]):
        facts = {"employer": form.get("employer", ""), "on": form.get("on", "")}
        await act(self, after_issue.mark_placed, self.card_id, **facts)
        self.done += 1
        await say(self, f"{self.holder} dicatat sudah diterima kerja.")

    @rx.event
    @access(*STAFF)
    async def record_visit(self, form: dict[str, str]):
        visited_on = form.get("visited_on", "")
        await act(self, service.record_visit, self.card_id, visited_on=visited_on)
        self.done += 1
        await say(self, "Lapor dicatat pada kartu.")

    @rx.event
    @access(*STAFF)
    async def renew_code(self):
        await act(self, issuing.renew_code, self.card_id)
        self.done += 1
        await say(self, "Kode QR diperbarui. Cetakan lama tidak berlaku lagi, cetak ulang kartu.")

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def revoke(self, form: dict[str, str]):
        await act(self, issuing.revoke, self.card_id, reason=form.get("reason", ""))
        self.done += 1
        await say(self, "Kartu dicabut dan pemegangnya diberi tahu.")


def place_dialog() -> rx.Component:
    """Asks where and since when the holder was hired."""
    return _fresh(
        form_dialog(
            PLACE_DIALOG,
            rx.el.p("Pemegang kartu: ", rx.el.strong(CardActsState.holder), class_name=theme.MUTED),
            rx.el.div(
                text_field("Tempat Kerja", name="employer", error=error_of("employer")),
                date_field("Tanggal Diterima", name="on", error=error_of("on"), picker=True),
                class_name=theme.STACK,
            ),
            title="Masukkan Tempat Kerja dan Waktu Diterima",
            submit_label="Simpan",
            on_submit=CardActsState.mark_placed,
        )
    )


def visit_dialog() -> rx.Component:
    """Asks for the day of a half-yearly report."""
    return _fresh(
        form_dialog(
            VISIT_DIALOG,
            date_field(
                "Tanggal Lapor", name="visited_on", error=error_of("visited_on"), picker=True
            ),
            title="Catat kedatangan lapor",
            submit_label="Simpan Lapor",
            on_submit=CardActsState.record_visit,
        )
    )


def revoke_dialog() -> rx.Component:
    """Asks for the reason to revoke a card; it cannot be undone."""
    return _fresh(
        form_dialog(
            REVOKE_DIALOG,
            rx.el.p(
                "Kartu yang dicabut tidak dapat diaktifkan lagi. Alasan ini dikirim kepada "
                "pemegang kartu.",
                class_name=theme.TEXT,
            ),
            text_area("Alasan Pencabutan", name="reason", error=error_of("reason")),
            title="Cabut kartu ini?",
            submit_label="Ya, Cabut",
            on_submit=CardActsState.revoke,
        )
    )


def renew_dialog() -> rx.Component:
    """Asks before the card gets a new code; a scan of an older print then says so."""
    return confirm_dialog(
        RENEW_DIALOG,
        title="Buat kode QR baru?",
        body="Kode QR pada semua cetakan lama tidak berlaku lagi. Kartu perlu dicetak ulang.",
        confirm_label="Ya, Perbarui",
        on_confirm=CardActsState.renew_code,
    )


def _fresh(dialog: rx.Component) -> rx.Component:
    return rx.el.div(dialog, key=CardActsState.done)
