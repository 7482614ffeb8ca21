"""The two forms on the page of an application with which an officer approves or returns it."""

import reflex as rx

from ...gate.doors import error_of
from ...ui import theme
from ...ui.forms import (
    checkbox_field,
    confirm_dialog,
    danger_button,
    opens,
    primary_button,
    select_field,
    text_area,
)
from ...ui.native import event_form
from ...ui.tables import section
from ...ui.types import Handler
from ..queries.case import Case

APPROVE_DIALOG = "setujui"
APPROVE_FORM = "form-setujui"
RETURN_FORM = "form-tolak"


def decision(case: Case, on_approve: Handler, on_return: Handler) -> rx.Component:
    """The forms while the application waits for a decision; else the note of the last return."""
    return rx.cond(
        case.can_approve,
        section("Keputusan", _approve_form(case, on_approve), _return_form(on_return)),
        rx.cond(case.note, section("Catatan Terakhir", _note(case.note))),
    )


def _note(note: str) -> rx.Component:
    return rx.el.p(note, class_name=f"{theme.TEXT} whitespace-pre-line wrap-break-word")


def _approve_form(case: Case, on_approve: Handler) -> rx.Component:
    """The only submit button is in a dialog, so an officer confirms each approval."""
    return event_form(
        select_field(
            "Penandatangan",
            name="signatory",
            options=case.signatories,
            error=error_of("signatory"),
            hint="Nama ini tercetak di kartu",
            default_value=case.me,
        ),
        rx.cond(
            case.other_card,
            checkbox_field(
                f"Cabut kartu lama nomor {case.other_card} sekaligus",
                name="revoke_other",
                error=error_of("revoke_other"),
            ),
        ),
        rx.el.div(
            primary_button("Setujui", icon="check", aria_keyshortcuts="S", **opens(APPROVE_DIALOG)),
        ),
        confirm_dialog(
            APPROVE_DIALOG,
            title="Setujui pengajuan ini?",
            body=f"Kartu AK1 atas nama {case.name} diberi nomor pendaftaran dan pemohon "
            "diberi tahu. Persetujuan tidak dapat dibatalkan.",
            confirm_label="Ya, Setujui",
            type="submit",
        ),
        id=APPROVE_FORM,
        on_submit=on_approve,
        class_name=theme.STACK,
    )


def _return_form(on_return: Handler) -> rx.Component:
    return event_form(
        text_area(
            "Catatan Verifikasi",
            name="note",
            error=error_of("note"),
            hint="Wajib diisi bila berkas ditolak. Tulis apa yang harus diperbaiki pemohon.",
        ),
        rx.el.div(danger_button("Tolak Berkas", id="tolak", aria_keyshortcuts="T")),
        id=RETURN_FORM,
        on_submit=on_return,
        no_validate=True,
        class_name=f"{theme.STACK} {theme.DIVIDER} pt-5",
    )
