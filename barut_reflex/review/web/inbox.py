"""Screen `/admin/pengajuan`: officers search and filter the list of applications.

Search, filter and page are in the address alone, so the way back and a bookmark keep them.
"""

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from ...core import routes
from ...core.figures import MAX_SEARCH_LENGTH
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
from ..queries.pages import LAST_PAGE
from .card_acts import place_dialog
from .rows import FILTERS, applications_table


class InboxState(rx.State):
    """The page of the list that the address asks for, kept up to date while it is open."""

    listing: Listing = Listing()
    is_ready: bool = False
    search: str = ""
    status: str = ""
    address: str = f"{routes.INBOX}/"  # where the link back from a case leads

    @rx.event(background=True)
    @access(*STAFF)
    async def watch(self):
        """Follow the list; each change of the address is a navigation, which starts this again."""
        async with self:
            query = self._read_address()
        async for listing in live(self, inbox.list_applications, *query):
            async with self:
                self.listing, self.is_ready = listing, True

    def _read_address(self) -> tuple[str, ...]:
        self.search, self.status = self._parameter("cari"), self._parameter("status")
        page, *cursors = (self._parameter(name) for name in ("halaman", "sesudah", "sebelum"))
        self.address = self._address_of(page, *cursors)
        return self.search, self.status, page, *cursors

    def _parameter(self, name: str) -> str:
        return str(self.router.url.query_parameters.get(name, ""))[:MAX_SEARCH_LENGTH]

    @rx.event
    @access(*STAFF)
    def fill(self):
        """Write the search of the address into its field, once; then the field sets the address."""
        if search := self._parameter("cari"):
            return rx.set_value("cari", search)

    @rx.event
    @access(*STAFF)
    def find(self, text: str):
        self.search = text
        # A relative address: if the officer has left the page, a late search must not return to it.
        return rx.redirect(f"?{self._query_of('')}", replace=True)

    @rx.event
    @access(*STAFF)
    def filter(self, status: str):
        self.status = status
        return rx.redirect(self._address_of(""))

    @rx.event
    @access(*STAFF)
    def turn(self, where: str):
        return rx.redirect(self._address_of(*self._target_page(where)))

    def _target_page(self, where: str) -> tuple[str, ...]:
        """Number and cursors of the newer, older or last page; else of the first."""
        page, listing = self.listing.page, self.listing
        targets = {
            "newer": (str(max(1, page - 1)), "", listing.newer),
            "older": (str(page + 1), listing.older),
            "last": (LAST_PAGE,),
        }
        return targets.get(where, ("",))

    def _address_of(self, page: str, after: str = "", before: str = "") -> str:
        query = self._query_of(page, after, before)
        return f"{routes.INBOX}/" + (f"?{query}" if query else "")

    def _query_of(self, page: str, after: str = "", before: str = "") -> str:
        parameters = {"cari": self.search.strip(), "status": self.status, "halaman": page}
        parameters |= {"sesudah": after, "sebelum": before}
        return urlencode({name: value for name, value in parameters.items() if value})


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
                listing.position,
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
        max_length=MAX_SEARCH_LENGTH,
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
