"""The papers of a case: thumbnails, one big picture, its keys. assets/desk.js moves the picture."""

import reflex as rx

from ...gate.words import OFFICE
from ...ui import theme
from ...ui.feedback import empty_state
from ...ui.forms import icon_button
from ...ui.keys import Shortcut, shortcuts
from ...ui.tables import section
from ..queries.case import Sheet

KEYS = (
    Shortcut(shown="N atau →", says="Berkas berikutnya", acts={"n": "next", "ArrowRight": "next"}),
    Shortcut(
        shown="P atau ←", says="Berkas sebelumnya", acts={"p": "previous", "ArrowLeft": "previous"}
    ),
    Shortcut(
        shown="+ dan -",
        says="Perbesar dan perkecil",
        acts={"+": "larger", "=": "larger", "-": "smaller"},  # = is + without the shift key
    ),
    Shortcut(shown="0", says="Ukuran semula", acts={"0": "reset"}),
    Shortcut(shown="R", says="Putar", acts={"r": "turn"}),
    Shortcut(shown="S", says="Setujui (ditanya dahulu)", acts={"s": "approve"}),
    Shortcut(
        shown="T",
        says="Ke Catatan Verifikasi; bila sudah terisi, Tolak Berkas",
        acts={"t": "refuse"},
    ),
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
        shortcuts(*KEYS),
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
