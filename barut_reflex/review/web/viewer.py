"""Viewer of the papers of an application: thumbnails, one large picture, its tools and keys.

What the tools do is in `assets/desk.js`.
"""

import reflex as rx

from ...gate.office_info import OFFICE
from ...ui import theme
from ...ui.feedback import empty_state
from ...ui.forms import icon_button
from ...ui.keys import Shortcut, shortcuts
from ...ui.tables import section
from ..queries.case import PaperPage

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


def viewer(pages: list[PaperPage]) -> rx.Component:
    """The viewer of all pages of all papers."""
    gone = (  # no application is sent without papers, so there were some
        f"Berkas sudah dihapus sesuai masa simpan: {OFFICE.retention_days} hari "
        "setelah kartu berakhir. Data pengajuan dan riwayatnya tetap tersimpan."
    )
    return section(
        "Lampiran Berkas",
        rx.cond(
            pages,
            rx.el.div(_thumbnails(pages), _tools(), _picture(pages), class_name=theme.TIGHT),
            empty_state("Tidak ada berkas", gone),
        ),
        shortcuts(*KEYS),
    )


def _thumbnails(pages: list[PaperPage]) -> rx.Component:
    return rx.el.ul(
        rx.foreach(pages, _thumbnail),
        aria_label="Daftar berkas",
        class_name="flex gap-2 overflow-x-auto p-1",
    )


def _thumbnail(page: PaperPage) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.img(
                src=page.thumbnail, alt="", loading="lazy", class_name="h-16 w-20 object-cover"
            ),
            rx.el.span(page.label, class_name="px-1 text-xs font-medium leading-tight"),
            type="button",
            aria_pressed="false",
            custom_attrs={"data-sheet": page.address, "data-label": page.label},
            class_name=(
                "press flex h-28 w-24 flex-col items-center gap-1 overflow-hidden rounded-lg p-1 "
                "cursor-pointer hover:bg-(--tint) aria-pressed:bg-(--brand-soft) "
                "aria-pressed:ring-2 aria-pressed:ring-(--brand)"
            ),
        ),
        key=page.address,
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


def _picture(pages: list[PaperPage]) -> rx.Component:
    """The large picture: a box that scrolls, and in it a frame as large as the rotated picture."""
    first = pages[0]
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
