"""Form field for the wanted occupation: searches the list KBJI 2014 by any word."""

from collections.abc import Callable

import reflex as rx
from reflex.event import EventCallback

from ...core.figures import MAX_SEARCH_LENGTH
from ...gate.access import access
from ...people.rules import Role
from ...ui import theme
from ...ui.forms import SEARCH_DELAY, quiet_button, text_field
from ..queries import steps
from ..queries.facts import Option

OFFER_ROW = (
    "press flex w-full min-h-11 items-center rounded-lg px-3 py-2 text-left text-[0.9375rem] "
    "font-medium text-(--ink) cursor-pointer hover:bg-(--brand-soft)"
)
Choose = Callable[[str], EventCallback]


class OccupationState(rx.State):
    """The occupations that match the words typed so far."""

    offers: list[Option] = []
    status: str = ""  # how many match, in words

    @rx.event
    @access(Role.JOB_SEEKER)
    def find(self, text: str):
        self.offers = steps.matching_occupations(text)
        some = f"{len(self.offers)} pekerjaan cocok. Pilih salah satu."
        none = "Tidak ada yang cocok. Coba kata lain, misalnya pengemudi atau guru."
        self.status = (some if self.offers else none) if len(text.strip()) > 1 else ""

    @rx.event
    @access(Role.JOB_SEEKER)
    def close(self):
        self.offers, self.status = [], ""


def occupation_field(label: str, *, code: str, name: str, on_choose: Choose) -> rx.Component:
    """A search field, its matches as buttons, and the occupation chosen so far."""
    return rx.el.div(
        text_field(
            label,
            name="find_occupation",
            hint="Tulis beberapa huruf, lalu pilih dari daftar, misalnya: sopir, kasir, las",
            type="search",
            auto_complete="off",
            max_length=MAX_SEARCH_LENGTH,
            on_change=OccupationState.find.debounce(SEARCH_DELAY),
            custom_attrs={"data-stays": ""},
        ),
        rx.el.p(OccupationState.status, role="status", class_name=f"{theme.SMALL} empty:hidden"),
        rx.cond(
            OccupationState.offers,
            rx.el.ul(
                rx.foreach(OccupationState.offers, lambda one: _offer(one, on_choose)),
                class_name="rounded-xl bg-(--tint) p-1 max-h-80 overflow-y-auto",
            ),
        ),
        rx.cond(code != "", _chosen(name, on_choose)),
        class_name=theme.TIGHT,
    )


def _offer(one: Option, on_choose: Choose) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            one.label,
            type="button",
            on_click=[on_choose(one.value), OccupationState.close],
            class_name=OFFER_ROW,
        )
    )


def _chosen(name: str, on_choose: Choose) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.el.span("Dipilih: ", class_name=theme.SMALL),
            rx.el.span(name, class_name="font-semibold"),
        ),
        quiet_button("Hapus Pilihan", icon="cross", on_click=on_choose("")),
        class_name="flex flex-wrap items-center justify-between rounded-xl bg-(--tint) pl-4",
    )
