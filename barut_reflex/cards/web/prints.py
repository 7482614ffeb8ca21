"""Screen `/admin/cetak` ("Cetak Kartu"): an officer chooses cards of one day and prints them."""

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from ...core import routes
from ...gate.access import access
from ...gate.cookies import flow_of
from ...gate.doors import error_of, live, look_as_guest, refusal, write_as_guest
from ...gate.flash import take_flash
from ...gate.shell import staff_page
from ...people.rules import STAFF
from ...ui import theme
from ...ui.feedback import empty_state, notice, status_badge
from ...ui.forms import date_field, primary_button, secondary_button
from ...ui.native import event_form, native_form, stored
from ...ui.tables import cell, data_table, pager, row
from ..queries import printing
from ..queries.printing import PrintList
from .print_routes import CHOSEN

HEADERS = ("Nama Lengkap", "Nomor Pendaftaran", "Penandatangan", "Terakhir Dicetak")


class PrintState(rx.State):
    """One page of the cards of a day. Which cards are ticked is known to the form alone."""

    listing: PrintList = PrintList()
    is_ready: bool = False

    @rx.event(background=True)
    @access(*STAFF)
    async def watch(self):
        """Show the page of the address and keep it up to date.

        Day and page live in the address alone: going back to it shows the same list.
        """
        day, page = self._parameter("tanggal"), self._parameter("halaman")
        async for listing in live(self, printing.cards_of_day, day, page):
            async with self:
                self.listing, self.is_ready = listing, True

    def _parameter(self, name: str) -> str:
        return str(self.router.url.query_parameters.get(name, ""))[:20]

    @rx.event
    @access(*STAFF)
    async def tell(self):
        """Show the refusal of the last print run, if there was one."""
        if flash := await write_as_guest(self, take_flash, flow_of(self)):
            return refusal(flash.message)

    @rx.event
    @access(*STAFF)
    async def show(self, form: dict[str, str]):
        day = await look_as_guest(self, printing.read_day, form.get("tanggal", ""))
        return rx.redirect(_address_of(day))

    @rx.event
    @access(*STAFF)
    def go(self, page: int):
        return rx.redirect(_address_of(self.listing.day, page))


def _address_of(day: str, page: int = 1) -> str:
    parameters = {"tanggal": day, "halaman": str(page) if page > 1 else ""}
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{routes.PRINT}/" + (f"?{query}" if query else "")


def print_page() -> rx.Component:
    listing: Any = PrintState.listing
    return staff_page(
        "Cetak Kartu",
        _day(listing),
        rx.cond(
            listing.total > 0,
            _cards(listing),
            rx.el.div(
                rx.cond(PrintState.is_ready, _nothing(listing), _loading()), class_name=theme.CARD
            ),
        ),
        active="Cetak Kartu",
        lead="Banyak kartu dalam satu PDF, siap dicetak bolak-balik.",
    )


def _day(listing: Any) -> rx.Component:
    return event_form(
        rx.el.div(
            date_field(
                "Tanggal Terbit",
                name="tanggal",
                error=error_of("tanggal"),
                hint="",
                picker=True,
                default_value=listing.day,
            ),
            class_name="w-full max-w-xs",
        ),
        secondary_button("Tampilkan", type="submit"),
        on_submit=PrintState.show,
        class_name="flex flex-wrap items-end gap-3",
    )


def _cards(listing: Any) -> rx.Component:
    return native_form(
        rx.el.input(type="hidden", name="tanggal", value=listing.day),
        _before_printing(listing),
        rx.el.div(
            _choose_all(listing),
            data_table(HEADERS, rx.foreach(listing.rows, _row), caption="Kartu untuk dicetak"),
            pager(listing.summary, page=listing.page, pages=listing.pages, on_go=PrintState.go),
            class_name=f"{theme.CARD} sm:p-3!",
        ),
        action=routes.PRINT,
        method="post",
        class_name=theme.STACK,
        custom_attrs={"target": "_blank"},  # so that the list stays open as it is
    )


def _before_printing(listing: Any) -> rx.Component:
    return notice(
        rx.el.p(
            f"Terbit {listing.on}: {listing.total} kartu. ",
            rx.cond(
                listing.waiting > 0,
                f"Di halaman ini {listing.waiting} belum pernah dicetak dan sudah dicentang.",
                "Semua kartu di halaman ini sudah pernah dicetak.",
            ),
        ),
        rx.el.p(
            "Cetak bolak-balik, balik pada sisi panjang, ukuran 100 %. Setiap kartu yang dicetak "
            "dicatat atas nama Anda.",
            class_name="font-normal",
        ),
        rx.el.div(
            primary_button("Cetak yang Dipilih", type="submit", icon="print"), class_name="pt-2"
        ),
    )


def _choose_all(listing: Any) -> rx.Component:
    return _ticked(
        "Pilih semua di halaman ini",
        default_checked=listing.waiting == listing.rows.length(),
        key=listing.waiting,
        custom_attrs={"data-checks": CHOSEN},
    )


def _ticked(words: Any, **props) -> rx.Component:
    """A checkbox whose label can be clicked too."""
    marks = stored(props["default_checked"]) | props.pop("custom_attrs", {})
    return rx.el.label(
        rx.el.input(type="checkbox", class_name=theme.CHECKBOX, custom_attrs=marks, **props),
        rx.el.span(words, class_name="font-semibold min-w-0 wrap-break-word pt-0.5"),
        class_name="flex items-start gap-3 min-h-11 py-2",
    )


def _row(line: Any) -> rx.Component:
    waits = line.printed == ""
    box = _ticked(line.name, name=CHOSEN, value=line.public_id, default_checked=waits)
    return row(
        cell(HEADERS[0], box),
        cell(HEADERS[1], rx.el.span(line.number, class_name="tabular-nums")),
        cell(HEADERS[2], line.signatory),
        cell(HEADERS[3], rx.cond(waits, status_badge("Belum dicetak", "info"), line.printed)),
        # A new key once the card was printed: the row is drawn again and is no longer ticked.
        key=f"{line.public_id} {line.printed}",
    )


def _nothing(listing: Any) -> rx.Component:
    return empty_state(
        f"Tidak ada kartu yang terbit {listing.on}",
        "Pilih tanggal lain. Kartu terbit pada hari pengajuannya disetujui.",
    )


def _loading() -> rx.Component:
    return rx.el.p("Memuat kartu …", role="status", class_name=theme.MUTED)
