"""The list of applications. Search, filter and page live in the address alone."""

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from ...core import routes
from ...core.figures import LONGEST_SEARCH
from ...gate.access import access
from ...gate.doors import error_of, live
from ...gate.shell import staff_page
from ...people.rules import STAFF
from ...ui import theme
from ...ui.feedback import empty_state
from ...ui.forms import SEARCH_DELAY, select_field, text_field
from ...ui.tables import cursor_pager
from ..queries import inbox
from ..queries.inbox import Listing
from ..queries.pages import LAST
from .card_acts import place_dialog
from .rows import FILTERS, applications_table


class InboxState(rx.State):
    listing: Listing = Listing()
    is_ready: bool = False
    search: str = ""
    status: str = ""
    address: str = f"{routes.INBOX}/"  # the way back from a case leads here

    @rx.event(background=True)
    @access(*STAFF)
    async def watch(self):
        """Each change of the address is a navigation: Reflex ends this watch and starts it anew."""
        async with self:
            asked = self._take_address()
        async for listing in live(self, inbox.list_applications, *asked):
            async with self:
                self.listing, self.is_ready = listing, True

    def _take_address(self) -> tuple[str, ...]:
        self.search, self.status = self._asked("cari"), self._asked("status")
        page, *cursors = (self._asked(name) for name in ("halaman", "sesudah", "sebelum"))
        self.address = self._address_of(page, *cursors)
        return self.search, self.status, page, *cursors

    def _asked(self, name: str) -> str:
        return str(self.router.url.query_parameters.get(name, ""))[:LONGEST_SEARCH]

    @rx.event
    @access(*STAFF)
    def fill(self):
        """Show the search of the address in its field, once; afterwards the field leads."""
        if search := self._asked("cari"):
            return rx.set_value("cari", search)

    @rx.event
    @access(*STAFF)
    def find(self, text: str):
        self.search = text
        # Relative: typed and left at once, a late search must not bring the list back.
        return rx.redirect(f"?{self._query_of('')}", replace=True)

    @rx.event
    @access(*STAFF)
    def filter(self, status: str):
        self.status = status
        return rx.redirect(self._address_of(""))

    @rx.event
    @access(*STAFF)
    def turn(self, where: str):
        return rx.redirect(self._address_of(*self._beside(where)))

    def _beside(self, where: str) -> tuple[str, ...]:
        """The pages beside this one by their cursor, with the number they are shown with."""
        page, listing = self.listing.page, self.listing
        ways = {
            "newer": (str(max(1, page - 1)), "", listing.newer),
            "older": (str(page + 1), listing.older),
            "last": (LAST,),
        }
        return ways.get(where, ("",))

    def _address_of(self, page: str, after: str = "", before: str = "") -> str:
        query = self._query_of(page, after, before)
        return f"{routes.INBOX}/" + (f"?{query}" if query else "")

    def _query_of(self, page: str, after: str = "", before: str = "") -> str:
        asked = {"cari": self.search.strip(), "status": self.status, "halaman": page}
        asked |= {"sesudah": after, "sebelum": before}
        return urlencode({name: value for name, value in asked.items() if value})


def inbox_page() -> rx.Component:
    listing: Any = InboxState.listing
    return staff_page(
        "Daftar Pengajuan Verifikasi",
        rx.el.div(
            _search(),
            select_field(
                "Status Pengajuan",
                name="status",
                options=[("", "Semua status"), *FILTERS],
                placeholder="",
                default_value=InboxState.status,
                on_change=InboxState.filter,
            ),
            role="search",
            class_name="grid gap-4 sm:grid-cols-[2fr_1fr]",
        ),
        rx.el.div(
            rx.cond(
                listing.total > 0,
                applications_table(listing.rows),
                rx.cond(InboxState.is_ready, _nothing(), _loading()),
            ),
            cursor_pager(
                listing.summary,
                listing.place,
                newer=listing.newer,
                older=listing.older,
                on_turn=InboxState.turn,
                at_start=listing.newer == "",
                at_end=(listing.older == "") | (listing.pages == 0),
            ),
            class_name=f"{theme.CARD} sm:p-3!",
        ),
        place_dialog(),
        active="Pengajuan",
    )


def _search() -> rx.Component:
    return text_field(
        "Cari",
        name="cari",
        error=error_of("cari"),
        hint="Nama, atau angka depan NIK atau nomor daftar",
        type="search",
        auto_complete="off",
        max_length=LONGEST_SEARCH,
        on_change=InboxState.find.debounce(SEARCH_DELAY),
        on_mount=InboxState.fill,
    )


def _nothing() -> rx.Component:
    return empty_state(
        "Tidak ada pengajuan yang cocok",
        "Periksa ejaan, coba sebagian nama saja, atau pilih Semua status.",
    )


def _loading() -> rx.Component:
    return rx.el.p("Memuat pengajuan …", role="status", class_name=theme.MUTED)
