"""Screen `/profil/1`: a job seeker takes or chooses a photo and crops it before it is uploaded.

The cropping itself is in assets/profile.js.
"""

import reflex as rx

from ...core.lanes import UPLOADS
from ...documents.rules import Kind
from ...gate.access import access
from ...gate.cookies import sign_in_of
from ...gate.doors import act, error_of, look, say, slow
from ...gate.office_info import OFFICE
from ...people.rules import Role
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import DIALOG_ACTIONS, dialog, primary_button, secondary_button
from ...ui.tables import section
from ...ui.upload import PICTURES, upload_field
from ..queries import steps
from ..queries.steps import StoredPaper
from ..service import papers
from .frame import ProgressState, step_frame, step_links

PHOTO_LEAD = (
    "Wajah pada foto harus jelas dan menghadap ke depan. Foto ini juga dipakai sebagai Pas Foto "
    "kartu AK1."
)


class PhotoState(rx.State):
    """The stored photo."""

    photo: StoredPaper = StoredPaper()
    is_loaded: bool = False

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        self.photo = await look(self, steps.my_photo)
        self.is_loaded = True
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    async def receive(self, form: dict[str, str]):
        tickets = form.get("tickets", "").split()
        checked = await slow(self, UPLOADS, papers.rebuild_photo, tickets, sign_in=sign_in_of(self))
        await act(self, papers.attach_photo, checked)
        self.photo = await look(self, steps.my_photo)
        await say(self, "Foto tersimpan.")
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    async def remove(self):
        await act(self, papers.detach_photo)
        self.photo = await look(self, steps.my_photo)
        await say(self, "Foto dihapus.")
        return ProgressState.load


def photo_page() -> rx.Component:
    """Step 1 of the profile."""
    return step_frame(
        1,
        PhotoState.is_loaded,
        section(
            "Foto Anda",
            upload_field(
                "Foto Profil",
                name=Kind.PHOTO.value,
                current=PhotoState.photo,
                limit=OFFICE.paper_limit,
                on_arrival=PhotoState.receive,
                on_remove=PhotoState.remove,
                error=error_of(Kind.PHOTO.value),
                hint="Ukuran 3×4, JPG atau PNG. Setelah dipilih, foto dapat dipotong.",
                accept=PICTURES,
                camera="user",
            ),
            notice(
                "Pengajuan yang sudah dikirim dan kartu yang sudah terbit tetap memakai foto "
                "yang lama."
            ),
        ),
        step_links(1),
        _cutter(),
        lead=PHOTO_LEAD,
    )


def _cutter() -> rx.Component:
    """The dialog to crop the photo; the script opens it and draws the picture on its canvas."""
    return dialog(
        "crop",
        "Potong foto",
        rx.el.p(
            "Geser sampai wajah mengisi bingkai. Pakai jari, tetikus, atau tombol panah.",
            class_name=theme.MUTED,
        ),
        rx.el.div(
            rx.el.canvas(
                width=360,
                height=480,
                role="img",
                aria_label="Foto di dalam bingkai wajah",
                class_name="crop-picture",
                custom_attrs={"data-crop": "picture"},
            ),
            class_name="flex justify-center",
        ),
        _slider("Perbesar", "zoom", 100, 400, 100),
        _slider("Geser mendatar", "across", -100, 100, 0),
        _slider("Geser tegak", "down", -100, 100, 0),
        rx.el.div(
            secondary_button("Batal", custom_attrs={"data-closes": ""}),
            secondary_button("Pakai Utuh", custom_attrs=_part("whole")),
            primary_button("Pakai Potongan Ini", type="button", custom_attrs=_part("cut")),
            class_name=DIALOG_ACTIONS,
        ),
    )


def _slider(label: str, name: str, low: int, high: int, first: int) -> rx.Component:
    box = f"crop-{name}"
    return rx.el.div(
        rx.el.label(label, html_for=box, class_name=theme.LABEL),
        rx.el.input(
            type="range",
            id=box,
            min=str(low),
            max=str(high),
            default_value=str(first),
            class_name="crop-slider",
            custom_attrs=_part(name),
        ),
        class_name="flex flex-col",
    )


def _part(name: str) -> dict[str, str]:
    return {"data-crop": name}
