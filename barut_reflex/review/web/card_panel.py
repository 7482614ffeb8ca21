"""Panel on the page of an application: the issued card with buttons for the acts on it."""

import reflex as rx

from ...ui import theme
from ...ui.feedback import status_badge
from ...ui.forms import danger_button, opens, quiet_button
from ...ui.tables import facts_list, section
from ..queries.case import Case
from .card_acts import (
    PLACE_DIALOG,
    RENEW_DIALOG,
    REVOKE_DIALOG,
    VISIT_DIALOG,
    CardActsState,
    place_dialog,
    renew_dialog,
    revoke_dialog,
    visit_dialog,
)
from .rows import print_link


def card_panel(case: Case) -> rx.Component:
    """The card's facts and buttons; nothing until a card was issued."""
    return rx.cond(case.card.public_id, section("Kartu AK1", _facts(case), _acts(case)))


def card_dialogs() -> rx.Component:
    """The dialogs that the buttons of the panel open."""
    return rx.el.div(place_dialog(), visit_dialog(), revoke_dialog(), renew_dialog())


def _facts(case: Case) -> rx.Component:
    card = case.card
    visits = rx.el.ul(rx.foreach(card.visits, lambda visit: rx.el.li(visit)))
    return facts_list(
        ("Nomor Pendaftaran", rx.el.span(card.number, class_name=theme.NUMBER)),
        ("Keadaan Kartu", status_badge(card.state, card.tone)),
        ("Tanggal Terbit", card.issued),
        ("Berlaku Sampai", card.valid_until),
        ("Pengantar Kerja", card.signatory),
        ("Pencetakan", card.prints),
        ("Kode QR", card.code),
        ("Lapor", rx.cond(card.visits, visits, rx.el.span("–"))),
        ("Diterima Di", card.placement),
        ("Pencabutan", card.revocation),
    )


def _acts(case: Case) -> rx.Component:
    card = case.card
    return rx.el.div(
        rx.cond(card.can_print, print_link(card.public_id)),
        rx.cond(card.can_place, _act(case, "Tandai Diterima Kerja", PLACE_DIALOG)),
        rx.cond(card.is_placed, status_badge("Sudah Diterima Kerja", "neutral")),
        rx.cond(card.can_report, _act(case, "Catat Lapor", VISIT_DIALOG)),
        rx.cond(card.can_renew, _act(case, "Perbarui Kode QR", RENEW_DIALOG)),
        rx.cond(
            card.can_revoke,
            danger_button("Cabut Kartu", on_click=_choose(case), **opens(REVOKE_DIALOG)),
        ),
        class_name="flex flex-wrap items-center gap-1",
    )


def _act(case: Case, label: str, dialog: str) -> rx.Component:
    return quiet_button(label, on_click=_choose(case), **opens(dialog))


def _choose(case: Case):
    return CardActsState.choose(case.card.public_id, case.name)
