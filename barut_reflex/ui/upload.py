"""Upload field for a document: choose, photograph or drop files; shows, replaces, removes them.

`assets/upload.js` sends the bytes to `/berkas/<kind>` and then submits the field's form with the
tickets it got. So `on_arrival` is a State handler that takes `form: dict[str, str]` with `kind` and
`tickets` (separated by spaces, in the order of the pages).
The script writes only into elements that React never renders again.
"""

import reflex as rx

from ..core import routes
from . import theme
from .forms import refusal_line
from .icons import icon
from .native import anchor, event_form
from .types import Handler, StoredFile, Text

PICTURES = "image/jpeg,image/png"
PAPERS = f"{PICTURES},application/pdf"
_ZONE = (
    "relative flex min-h-14 items-center gap-3 rounded-xl border-2 border-dashed border-(--edge) "
    "px-4 py-3 text-[0.9375rem] font-semibold text-(--brand) hover:bg-(--tint) "
    "data-over:bg-(--brand-soft) has-focus-visible:outline-3 has-focus-visible:outline-offset-2 "
    "has-focus-visible:outline-(--focus)"
)
_FRAME = "flex flex-col gap-3 rounded-2xl bg-(--surface) p-4 ring-1 ring-inset ring-(--line)"
_CHOOSER = "absolute inset-0 size-full cursor-pointer opacity-0"
_CAMERA = f"{theme.QUIET} hidden [@media(pointer:coarse)]:inline-flex"
_THUMBNAIL = "size-20 rounded-xl object-cover ring-1 ring-inset ring-(--line) bg-(--tint)"
_EMPTY = "flex size-20 shrink-0 items-center justify-center rounded-xl bg-(--tint) text-(--muted)"


def upload_field(
    label: str,
    *,
    name: str,
    current: StoredFile,
    limit: rx.Var[int],
    on_arrival: Handler,
    on_remove: Handler,
    error: Text = "",
    hint: Text = "",
    accept: str = PAPERS,
    multiple: bool = False,
    camera: str = "environment",
) -> rx.Component:
    """One document; `name` is the value of its kind, `limit` is in bytes.

    `multiple` lets several pictures become the pages of one PDF. `camera` is the side a phone
    offers first: "environment" for papers, "user" for a portrait.
    """
    return rx.el.div(
        _heading(label, name, hint, current),
        _zone(current, _chooser(name, error, accept, multiple)),
        _form(name, on_arrival),
        _sending(label),
        *_answers(name, error),
        _actions(label, current, on_remove, camera),
        class_name=_FRAME,
        custom_attrs={
            "data-paper": name,
            "data-stored": current.public_id,
            "data-limit": limit,
        },
    )


def _heading(label: str, name: str, hint: Text, current: StoredFile) -> rx.Component:
    return rx.el.div(
        _preview(label, current),
        rx.el.div(
            rx.el.label(label, html_for=name, class_name=theme.LABEL),
            rx.el.p(hint, id=f"{name}-hint", class_name=f"{theme.HINT} empty:hidden"),
            _stored(current),
            class_name="flex min-w-0 grow flex-col gap-1",
        ),
        class_name="flex items-start gap-4",
    )


def _answers(name: str, error: Text) -> list[rx.Component]:
    """Lines for the progress, the refusal of the State, and the errors of the script."""
    status = f"{theme.SMALL} empty:hidden"
    return [
        rx.el.p(role="status", class_name=status, custom_attrs=_part("status")),
        refusal_line(name, error),
        rx.el.p(
            id=f"{name}-trouble",
            role="alert",
            class_name=theme.REFUSAL,
            custom_attrs=_part("trouble"),
        ),
    ]


def _preview(label: str, current: StoredFile) -> rx.Component:
    address = f"{routes.PAPER}/{current.public_id}"
    thumbnail = f"{address}?halaman=1&ukuran=kecil"
    shown = anchor(
        rx.el.img(src=thumbnail, alt="", loading="lazy", class_name=_THUMBNAIL),
        href=address,
        target="_blank",
        rel="noopener",
        aria_label=f"Lihat berkas {label}",
        class_name="shrink-0 rounded-xl",
    )
    nothing = rx.el.div(icon("file", "size-8"), class_name=_EMPTY)
    return rx.cond(current.public_id, shown, nothing)


def _stored(current: StoredFile) -> rx.Component:
    return rx.cond(
        current.public_id,
        rx.el.p(
            icon("check", "size-4 text-(--success) mt-0.5"),
            rx.el.span(
                rx.el.span("Tersimpan", class_name="font-semibold text-(--success)"),
                rx.cond(current.detail, rx.el.span(" · ", current.detail)),
                rx.el.span(current.file_name, class_name="block break-all"),
                class_name="min-w-0 tabular-nums",
            ),
            class_name=f"{theme.SMALL} flex items-start gap-1.5",
        ),
    )


def _chooser(name: str, error: Text, accept: str, multiple: bool) -> rx.Component:
    """The file input itself, always rendered."""
    return rx.el.input(
        type="file",
        id=name,
        accept=accept,
        multiple=multiple,
        aria_invalid=rx.cond(error, "true", "false"),
        aria_describedby=f"{name}-hint {name}-error {name}-trouble",
        class_name=_CHOOSER,
    )


def _zone(current: StoredFile, chooser: rx.Component) -> rx.Component:
    """The area to press or drop on; the invisible file input covers it."""
    return rx.el.div(
        chooser,
        icon("upload"),
        rx.el.span(
            rx.cond(current.public_id, "Ganti berkas", "Pilih berkas"),
            rx.el.span(
                " atau seret ke sini",
                class_name="font-normal text-(--muted) [@media(pointer:coarse)]:hidden",
            ),
            aria_hidden="true",
        ),
        class_name=_ZONE,
        custom_attrs=_part("zone"),
    )


def _form(name: str, on_arrival: Handler) -> rx.Component:
    """The form for the State handler; the file input is outside, so no bytes are in it."""
    return event_form(
        rx.el.input(type="hidden", name="kind", default_value=name),
        rx.el.input(type="hidden", name="tickets", custom_attrs=_part("tickets")),
        on_submit=on_arrival,
        hidden=True,
        custom_attrs=_part("form"),
    )


def _sending(label: str) -> rx.Component:
    """Progress bar and cancel button, shown by the script during the upload."""
    return rx.el.div(
        rx.el.progress(
            max=100,
            aria_label=f"Pengiriman {label}",
            class_name="progress grow",
            custom_attrs=_part("bar"),
        ),
        rx.el.button(
            "Batalkan",
            rx.el.span(f" pengiriman {label}", class_name="sr-only"),
            type="button",
            class_name=theme.QUIET,
            custom_attrs=_part("cancel"),
        ),
        class_name="flex items-center gap-3",
        hidden=True,
        custom_attrs=_part("sending"),
    )


def _actions(label: str, current: StoredFile, on_remove: Handler, camera: str) -> rx.Component:
    return rx.el.div(
        rx.el.button(
            icon("camera"),
            "Ambil Foto",
            rx.el.span(f" {label}", class_name="sr-only"),
            type="button",
            class_name=_CAMERA,
            custom_attrs=_part("camera") | {"data-side": camera},
        ),
        rx.cond(
            current.public_id,
            rx.el.button(
                icon("trash"),
                "Hapus",
                rx.el.span(f" berkas {label}", class_name="sr-only"),
                type="button",
                on_click=on_remove,
                class_name=theme.QUIET,
            ),
        ),
        class_name="-mt-1 flex flex-wrap gap-2 empty:hidden",
    )


def _part(name: str) -> dict[str, str]:
    return {"data-part": name}
