"""Screen `/beranda`: a job seeker sees application and cards, sends, withdraws, renews QR codes."""

import reflex as rx

from ...applications import service as applications
from ...applications.queries import Overview
from ...applications.status import Stage
from ...cards.service import issuing
from ...core import routes
from ...core.figures import CHECKED_WITHIN
from ...gate.access import access
from ...gate.doors import act, live, look, say
from ...gate.office_info import OFFICE
from ...gate.shell import sections, seeker_page
from ...people.rules import Role
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import (
    confirm_dialog,
    danger_button,
    link_button,
    opens,
    primary_button,
    secondary_button,
)
from ...ui.native import link
from ...ui.tables import section
from .. import queries
from ..queries import Home
from .overview import data_section, history_section, status_section

CHECKLIST = (
    "KTP dan Kartu Keluarga asli, untuk difoto",
    "Pas foto 3×4",
    "Ijazah atau surat keterangan lulus pendidikan terakhir, bila tamat sekolah",
    "Sertifikat, bila punya keterampilan",
)


class HomeState(rx.State):
    """Application and cards of the signed-in person, kept up to date while the page is open."""

    home: Home = Home()
    is_loaded: bool = False

    @rx.event(background=True)
    @access(Role.JOB_SEEKER)
    async def watch(self):
        async for home in live(self, queries.my_home):
            async with self:
                self.home, self.is_loaded = home, True

    @rx.event(temporal=True)
    @access(Role.JOB_SEEKER)
    async def submit(self):
        await act(self, applications.submit)
        self.home = await look(self, queries.my_home)
        await say(self, "Pengajuan terkirim. Hasil verifikasi dikirim ke email Anda.")

    @rx.event(temporal=True)
    @access(Role.JOB_SEEKER)
    async def withdraw(self):
        await act(self, applications.withdraw)
        self.home = await look(self, queries.my_home)
        await say(self, "Pengajuan dibatalkan dan kembali menjadi draft.")

    @rx.event(temporal=True)
    @access(Role.JOB_SEEKER)
    async def renew_code(self, card_id: str):
        await act(self, issuing.renew_code, card_id)
        self.home = await look(self, queries.my_home)
        await say(self, "Kode QR diperbarui. Kode pada cetakan lama tidak berlaku lagi.")


def home_page() -> rx.Component:
    return seeker_page(
        "Beranda",
        rx.cond(
            HomeState.is_loaded,
            rx.el.div(
                rx.cond(_may_apply(), _start(), _next_step()),
                rx.cond(_has_application(), status_section(_overview())),
                _profile(),
                history_section(HomeState.home.history),
                rx.cond(_has_application(), data_section(_overview())),
                *sections(routes.SEEKER_HOME),
                class_name=theme.STACK,
            ),
            rx.el.p("Memuat data …", role="status", class_name=theme.MUTED),
        ),
    )


def _profile() -> rx.Component:
    """Link to the seven steps of the profile."""
    return section(
        "Profil kerja",
        rx.el.p(
            "Pengalaman, pelatihan, sertifikat, dan keahlian Anda dalam tujuh langkah. Yang sudah "
            "diisi untuk kartu AK1 tidak perlu ditulis lagi.",
            class_name=theme.TEXT,
        ),
        rx.el.div(link_button("Lengkapi Profil", routes.PROFILE, kind="secondary", icon="user")),
    )


def _overview() -> Overview:
    return HomeState.home.overview


def _has_application() -> rx.Var:
    return rx.Var.create(_overview().stage) != Stage.NONE.value


def _may_apply() -> rx.Var:
    return ~_has_application() | rx.Var.create(_overview().is_closed)


def _start() -> rx.Component:
    return _step(
        "Buat pengajuan kartu AK1",
        rx.el.div(
            rx.el.p("Siapkan dulu:", class_name=theme.TEXT),
            rx.el.ul(*[rx.el.li(item) for item in CHECKLIST], class_name="list-disc pl-5"),
            rx.el.p("Isian tersimpan sendiri, jadi boleh dilanjutkan kapan saja."),
            class_name=theme.TIGHT,
        ),
        link_button("Tambah Pengajuan Baru", routes.PERSONAL, icon="plus"),
    )


def _next_step() -> rx.Component | rx.Var:
    """What to do next, by stage, with the buttons of SPEC section 3 and no others."""
    cases = [(stage.value, draw()) for stage, draw in NEXT_STEPS.items()]
    return rx.match(_overview().stage, *cases, rx.fragment())


def _begun() -> rx.Component:
    return _step(
        "Lanjutkan dengan pendidikan dan berkas",
        _missing("Yang masih kurang sebelum dapat dikirim:"),
        *_edit_links("Tambah Berkas Pengajuan"),
    )


def _incomplete() -> rx.Component:
    return _step(
        "Lengkapi pengajuan Anda",
        _missing("Yang masih kurang sebelum dapat dikirim:"),
        *_edit_links("Kembali & Edit"),
    )


def _edit_links(papers_label: str) -> list[rx.Component]:
    """Links to personal data and papers; the first of them with something missing is primary."""
    lacks_personal = _overview().lacks_personal
    personal_style = rx.cond(lacks_personal, theme.PRIMARY, theme.SECONDARY)
    papers_style = rx.cond(lacks_personal, theme.SECONDARY, theme.PRIMARY)
    return [
        link("Edit Data Diri", href=routes.PERSONAL, class_name=personal_style),
        link(papers_label, href=routes.PAPERS, class_name=papers_style),
    ]


def _complete() -> rx.Component:
    return _step(
        "Periksa, lalu kirim",
        "Semua sudah lengkap. Periksa data di bawah, lalu kirim ke kantor. Tanpa dikirim, "
        "pengajuan tidak sampai ke petugas.",
        _edit_personal(),
        _edit_papers(),
        primary_button("Setujui & Kirim", type="button", on_click=HomeState.submit, icon="send"),
    )


def _returned() -> rx.Component:
    return _step(
        "Perbaiki, lalu kirim ulang",
        rx.el.div(
            rx.el.p("Catatan verifikasi dari petugas:", class_name=theme.TEXT),
            notice(_overview().note, tone="danger"),
            _missing("Yang masih kurang:"),
            class_name=theme.TIGHT,
        ),
        _edit_personal(),
        _edit_papers(),
        primary_button("Kirim Ulang", type="button", on_click=HomeState.submit, icon="send"),
    )


def _waiting() -> rx.Component:
    dialog = confirm_dialog(
        "withdraw",
        title="Batalkan pengajuan ini?",
        body="Pengajuan kembali menjadi draft dan tidak diperiksa petugas sampai Anda kirim lagi.",
        confirm_label="Ya, Batalkan",
        on_confirm=HomeState.withdraw,
        danger=True,
    )
    return _step(
        "Menunggu verifikasi petugas",
        f"Pemeriksaan paling lama {CHECKED_WITHIN} jam. Halaman ini berubah sendiri begitu ada "
        "keputusan, dan Anda mendapat email.",
        danger_button("Batalkan Pengajuan", **opens("withdraw")),
        dialog,
    )


def _approved() -> rx.Component:
    card = rx.Var.create(HomeState.home.history)[0]
    dialog = confirm_dialog(
        "renew",
        title="Perbarui kode QR?",
        body="Kode QR pada kartu yang sudah dicetak tidak berlaku lagi dan perlu dicetak ulang.",
        confirm_label="Ya, Perbarui",
        on_confirm=HomeState.renew_code(card.public_id),
        danger=True,
    )
    return _step(
        "Sudah Diverifikasi — Tidak Ada Aksi",
        f"Kartu dicetak di kantor: {OFFICE.name} {OFFICE.regency}, {OFFICE.address} "
        f"({OFFICE.hours}). Bawa KTP asli.",
        secondary_button("Perbarui Kode QR", icon="refresh", **opens("renew")),
        link_button("Lihat Kartu Digital", routes.MY_CARD, icon="card"),
        dialog,
    )


NEXT_STEPS = {  # while there is an application
    Stage.PERSONAL_ONLY: _begun,
    Stage.INCOMPLETE: _incomplete,
    Stage.COMPLETE: _complete,
    Stage.SUBMITTED: _waiting,
    Stage.RETURNED: _returned,
    Stage.APPROVED: _approved,
}


def _step(title: str, text: rx.Component | str, *actions: rx.Component) -> rx.Component:
    body = text if isinstance(text, rx.Component) else rx.el.p(text, class_name=theme.TEXT)
    return section(title, body, rx.el.div(*actions, class_name=theme.ACTIONS))


def _edit_personal() -> rx.Component:
    return link_button("Edit Data Diri", routes.PERSONAL, kind="secondary")


def _edit_papers() -> rx.Component:
    return link_button("Kembali & Edit", routes.PAPERS, kind="secondary")


def _missing(lead: str) -> rx.Component:
    missing = _overview().missing
    items = rx.foreach(missing, lambda label: rx.el.li(label))
    return rx.cond(
        missing,
        rx.el.div(
            rx.el.p(lead, class_name=theme.TEXT),
            rx.el.ul(items, class_name="list-disc pl-5 sm:columns-2"),
            class_name=theme.TIGHT,
        ),
    )
