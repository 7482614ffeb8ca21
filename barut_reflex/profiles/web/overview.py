"""Screen `/profil`: a job seeker sees how complete the profile is and what is missing."""

import reflex as rx

from ...gate.shell import seeker_page
from ...ui import theme
from ...ui.feedback import notice, progress
from ...ui.forms import link_button
from ...ui.icons import icon
from ...ui.native import link
from ...ui.tables import section
from ..queries.completeness import STEPS, Missing, address_of
from .frame import ProgressState

_ROW = (
    "press flex min-h-12 items-center gap-3 rounded-xl bg-(--tint) px-4 py-2.5 font-medium "
    "text-(--ink) hover:bg-(--brand-soft)"
)


def profile_page() -> rx.Component:
    """The overview of the profile."""
    return seeker_page(
        "Profil Saya",
        rx.cond(
            ProgressState.is_loaded,
            rx.el.div(_progress(), _steps(), class_name=theme.STACK),
            rx.el.p("Memuat data …", role="status", class_name=theme.MUTED),
        ),
        lead="Tujuh langkah, masing-masing tersimpan sendiri. Lanjutkan kapan saja.",
    )


def _progress() -> rx.Component:
    done = ProgressState.done
    return section(
        "Kelengkapan profil",
        rx.el.div(
            progress("Kelengkapan profil", value=done.percent),
            rx.el.p(f"{done.percent}%", class_name=f"{theme.HEADING} tabular-nums"),
            class_name="flex items-center gap-3",
        ),
        rx.cond(
            done.is_complete,
            notice("Profil Anda lengkap. Ubah kapan saja bila ada yang baru.", tone="success"),
            _missing(),
        ),
    )


def _missing() -> rx.Component:
    rows = ProgressState.done.missing
    return rx.el.div(
        rx.el.p("Yang masih kurang:", class_name=theme.TEXT),
        rx.el.ul(rx.foreach(rows, _gap), class_name="grid gap-2 sm:grid-cols-2"),
        rx.el.div(link_button("Lengkapi Profil", rows[0].address), class_name="pt-2"),
        class_name=theme.STACK,
    )


def _gap(gap: Missing) -> rx.Component:
    return rx.el.li(
        link(
            rx.el.span(gap.label, class_name="grow"),
            rx.el.span(f"Langkah {gap.step}", class_name=f"{theme.SMALL} whitespace-nowrap"),
            icon("next", "size-4"),
            href=gap.address,
            class_name=_ROW,
        )
    )


def _steps() -> rx.Component:
    return section(
        "Semua langkah",
        rx.el.ol(
            *[_step(number, label) for number, label in enumerate(STEPS, 1)],
            class_name="flex flex-col gap-2",
        ),
    )


def _step(number: int, label: str) -> rx.Component:
    is_done = ProgressState.done.done[number - 1]
    state = rx.cond(is_done, "Lengkap", "Belum lengkap")
    tone = rx.cond(is_done, "text-(--success)", "text-(--muted)")
    return rx.el.li(
        link(
            rx.el.span(f"{number}. {label}", class_name="grow"),
            rx.cond(is_done, icon("check", "size-4 text-(--success)")),
            rx.el.span(state, class_name=["text-sm whitespace-nowrap", tone]),
            icon("next", "size-4"),
            href=address_of(number),
            class_name=_ROW,
        )
    )
