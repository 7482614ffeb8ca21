"""Table of applications for officers (list and first page), and the link that prints a card."""

from typing import Any

import reflex as rx

from ...applications.status import LABELS, Status
from ...core import routes
from ...ui.feedback import status_badge
from ...ui.forms import file_link, link_button, opens, quiet_button
from ...ui.tables import actions, cell, data_table, row
from .card_acts import PLACE_DIALOG, CardActsState

HEADERS = (
    "Nama Lengkap",
    "NIK",
    "Nomor Daftar",
    "Status",
    "Tanggal Pengajuan",
    "Pengantar Kerja/Penandatangan",
    "Aksi",
)
# Seven columns fit a wide screen in small type; a narrower one leaves out three of them, which the
# page of the application shows.
DENSE = (
    "md:[&_th]:px-1.5! md:[&_th]:text-xs! md:[&_td]:px-1.5! md:[&_td]:py-1.5! md:[&_td]:text-sm! "
    "md:[&_td_a]:text-sm! md:[&_td_button]:text-sm!"
)
NARROW = (
    "md:max-xl:[&_:is(th,td):nth-child(3)]:hidden",
    "md:max-xl:[&_:is(th,td):nth-child(5)]:hidden",
    "md:max-xl:[&_:is(th,td):nth-child(6)]:hidden",
)
FILTERS = [(one.value, label) for one, label in LABELS.items() if one is not Status.DRAFT]


def applications_table(rows: Any) -> rx.Component:
    """The table as in the office's AK1 manual, in small type; on a phone each row is a card."""
    return rx.el.div(
        data_table(HEADERS, rx.foreach(rows, _row), caption="Daftar pengajuan"),
        class_name=[DENSE, *NARROW],
    )


def _row(line: Any) -> rx.Component:
    name_id = f"nama-{line.public_id}"
    return row(
        cell(HEADERS[0], rx.el.span(line.name, id=name_id, class_name="font-semibold")),
        cell(HEADERS[1], rx.el.span(line.nik, class_name="tabular-nums")),
        cell(HEADERS[2], rx.el.span(_or_dash(line.number), class_name="tabular-nums")),
        cell(
            HEADERS[3],
            status_badge(line.status, line.tone),
            class_name="*:*:whitespace-normal! md:*:*:text-xs!",
        ),
        cell(HEADERS[4], rx.el.span(line.submitted, class_name="tabular-nums whitespace-nowrap")),
        cell(HEADERS[5], _or_dash(line.signatory), class_name="max-md:wrap-anywhere"),
        cell(HEADERS[6], _actions(line, name_id), class_name="md:min-w-56"),
        key=line.public_id,
        id=f"baris-{line.public_id}",
    )


def _actions(line: Any, name_id: str) -> rx.Component:
    return actions(
        link_button(
            "Lihat Detail",
            f"{routes.INBOX}/{line.public_id}/",
            "quiet",
            aria_describedby=name_id,
            custom_attrs={"data-case": line.public_id},
        ),
        rx.cond(line.can_print, print_link(line.card_id, name_id)),
        rx.cond(line.can_place, _place_button(line, name_id)),
        rx.cond(line.is_placed, status_badge("Sudah Diterima Kerja", "neutral")),
    )


def print_link(card_id: rx.Var[str] | str, described_by: str = "") -> rx.Component:
    """Link to the card as PDF, in a new tab so that the list stays open where it was."""
    description = {"aria_describedby": described_by} if described_by else {}
    return file_link(
        "Cetak AK1",
        f"{routes.CARD_FILE}/{card_id}.pdf",
        "quiet",
        icon="print",
        target="_blank",
        rel="noopener",
        **description,
    )


def _place_button(line: Any, name_id: str) -> rx.Component:
    return quiet_button(
        "Tandai Diterima Kerja",
        on_click=CardActsState.choose(line.card_id, line.name),
        aria_describedby=name_id,
        **opens(PLACE_DIALOG),
    )


def _or_dash(text: rx.Var[str]) -> rx.Var[str]:
    return rx.cond(text, text, "–")
