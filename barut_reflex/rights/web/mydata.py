"""Screen `/data-saya`: a job seeker downloads their data and reads how to correct or delete it."""

import reflex as rx

from ...core import routes
from ...core.figures import ANSWERED_WITHIN
from ...gate.access import access
from ...gate.cookies import flow_of
from ...gate.doors import refusal, write_as_guest
from ...gate.flash import take_flash
from ...gate.office_info import OFFICE
from ...gate.shell import seeker_page
from ...people.rules import Role
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import link_button, primary_button
from ...ui.native import native_form
from ...ui.tables import section
from ..service import COPIES_PER_DAY

CORRECT = (
    "Data diri, pendidikan, dan berkas dapat Anda ubah sendiri selama pengajuan belum dikirim atau "
    "sesudah dikembalikan. Data pada kartu yang sudah terbit diperbaiki petugas: tulis ke kami, "
    f"lampirkan bukti. Kami menjawab paling lama {ANSWERED_WITHIN} jam."
)


class MyDataState(rx.State):
    """Only the refusal of a download; the data itself goes through a route, never through here."""

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        if flash := await write_as_guest(self, take_flash, flow_of(self)):
            return refusal(flash.message)


def my_data_page() -> rx.Component:
    return seeker_page(
        "Data Saya",
        section(
            "Salinan data",
            rx.el.p(
                "Satu berkas ZIP berisi semua yang kami simpan tentang Anda: isian, pengajuan, "
                "kartu, siapa yang memindai kartu, catatan tindakan, dan berkas yang Anda unggah.",
                class_name=theme.TEXT,
            ),
            notice(
                rx.el.p(
                    "Simpan di tempat aman, jangan di komputer umum. Paling banyak "
                    f"{COPIES_PER_DAY[0]} kali sehari; setiap unduhan dicatat."
                ),
                tone="warning",
            ),
            native_form(
                primary_button("Unduh Data Saya", type="submit", icon="download"),
                action=routes.MY_DATA,
                method="post",
            ),
        ),
        section(
            "Memperbaiki data",
            rx.el.p(CORRECT, class_name=theme.TEXT),
            rx.el.div(link_button("Ke Beranda", routes.SEEKER_HOME, kind="secondary")),
        ),
        _delete(),
        lead="Data ini milik Anda. Anda berhak melihat, memperbaiki, dan meminta penghapusannya.",
    )


def _delete() -> rx.Component:
    return section(
        "Menghapus data",
        rx.el.p(
            f"Berkas Anda dihapus otomatis {OFFICE.retention_days} hari setelah kartu berakhir "
            "(habis masa berlaku, diterima kerja, atau dicabut). Ingin akun atau data dihapus "
            "lebih cepat? Tulis ke kami. Catatan kartu yang terbit tetap disimpan menurut jadwal "
            "retensi arsip.",
            class_name=theme.TEXT,
        ),
        rx.el.p(
            f"Alamat kami: {OFFICE.email}, atau datang ke {OFFICE.name}, {OFFICE.address}, dengan "
            "KTP asli.",
            class_name=theme.MUTED,
        ),
    )
