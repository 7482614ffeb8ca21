"""The papers of a case: thumbnails and one big picture. Turning is done by assets/desk.js."""

import reflex as rx

from ...gate.office_info import OFFICE
from ...ui import theme
from ...ui.feedback import empty_state
from ...ui.forms import icon_button
from ...ui.tables import section
from ..queries.case import Sheet

KEYS = (
    ("N atau →", "Berkas berikutnya"),
    ("P atau ←", "Berkas sebelumnya"),
    ("+ dan -", "Perbesar dan perkecil"),
    ("0", "Ukuran semula"),
    ("R", "Putar"),
    ("S", "Setujui (ditanya dahulu)"),
    ("T", "Ke Catatan Verifikasi; bila sudah terisi, Tolak Berkas"),
)


def viewer(sheets: list[Sheet]) -> rx.Component:
    """All pages of all papers, one after the other."""
    gone = (  # nothing is sent without papers, so there were some
        f"Berkas sudah dihapus sesuai masa simpan: {OFFICE.retention_days} hari "
        "setelah kartu berakhir. Data pengajuan dan riwayatnya tetap tersimpan."
    )
    return section(
        "Lampiran Berkas",
        rx.cond(
            sheets,
            rx.el.div(_thumbnails(sheets), _tools(), _picture(sheets), class_name=theme.TIGHT),
            empty_state("Tidak ada berkas", gone),
        ),
        _keys(),
    )


def _thumbnails(sheets: list[Sheet]) -> rx.Component:
    return rx.el.ul(
        rx.foreach(sheets, _thumbnail),
        aria_label="Daftar berkas",
        class_name="flex gap-2 overflow-x-auto p-1",
    )


def _thumbnail(sheet: Sheet) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.img(
                src=sheet.thumbnail, alt="", loading="lazy", class_name="h-16 w-20 object-cover"
            ),
            rx.el.span(sheet.label, class_name="px-1 text-xs font-medium leading-tight"),
            type="button",
            aria_pressed="false",
            custom_attrs={"data-sheet": sheet.address, "data-label": sheet.label},
            class_name=(
                "press flex h-28 w-24 flex-col items-center gap-1 overflow-hidden rounded-lg p-1 "
                "cursor-pointer hover:bg-(--tint) aria-pressed:bg-(--brand-soft) "
                "aria-pressed:ring-2 aria-pressed:ring-(--brand)"
            ),
        ),
        key=sheet.address,
        class_name="shrink-0",
    )


def _tools() -> rx.Component:
    tools = (
        ("Berkas Sebelumnya", "previous", "previous"),
        ("Berkas Berikutnya", "next", "next"),
        ("Perkecil", "minus", "smaller"),
        ("Perbesar", "plus", "larger"),
        ("Putar", "rotate", "turn"),
        ("Ukuran Semula", "refresh", "reset"),
    )
    return rx.el.div(
        *[
            icon_button(label, shape, custom_attrs={"data-viewer": act})
            for label, shape, act in tools
        ],
        role="toolbar",
        aria_label="Alat lihat berkas",
        class_name="flex flex-wrap gap-1",
    )


def _picture(sheets: list[Sheet]) -> rx.Component:
    """The box scrolls, the frame takes the size of the turned picture."""
    first = sheets[0]
    return rx.el.div(
        rx.el.p(
            first.label, id="berkas-nama", aria_live="polite", class_name=f"{theme.HEADING} pb-2"
        ),
        rx.el.div(
            rx.el.div(
                rx.el.img(src=first.address, alt=first.label, id="berkas-gambar"),
                id="berkas-bingkai",
                class_name="relative m-auto shrink-0",
            ),
            id="berkas-kotak",
            tab_index=0,
            role="region",
            aria_label="Gambar berkas",
            class_name=(
                "flex h-[60vh] overflow-auto rounded-xl bg-(--tint) cursor-grab "
                "touch-pan-x touch-pan-y"
            ),
        ),
    )


def _keys() -> rx.Component:
    """Single keys can be switched off (WCAG 2.1.4) and rest while somebody types."""
    return rx.el.details(
        rx.el.summary("Tombol pintas", class_name=theme.QUIET),
        rx.el.div(
            rx.el.input(
                type="checkbox", id="desk-keys", default_checked=True, class_name=theme.CHECKBOX
            ),
            rx.el.label("Pakai tombol pintas di halaman ini", html_for="desk-keys"),
            class_name="flex items-start gap-3 min-h-11 py-2",
        ),
        rx.el.dl(
            *[
                rx.el.div(
                    rx.el.dt(key, class_name="w-24 shrink-0 font-semibold"),
                    rx.el.dd(act, class_name=theme.MUTED),
                    class_name="flex gap-3",
                )
                for key, act in KEYS
            ],
            class_name=theme.TIGHT,
        ),
    )
