"""Screen `/pengajuan/berkas`: a job seeker types education, skills, and uploads papers."""

import reflex as rx

from ...core import routes
from ...core.lanes import UPLOADS
from ...documents.rules import AK1_PAPERS, LABELS, Kind
from ...gate.access import access
from ...gate.autosave import AutosavedField, autosave, autosaved_choice, autosaved_field, saved_line
from ...gate.cookies import sign_in_of
from ...gate.doors import act, error_of, look, say, slow
from ...gate.office_info import OFFICE
from ...gate.shell import seeker_page
from ...people.rules import Role
from ...profiles.rules.checks import MAX_SKILL_LENGTH, MAX_SKILLS
from ...profiles.rules.facts import EDUCATION, Education
from ...ui import theme
from ...ui.feedback import steps
from ...ui.forms import link_button, primary_button, text_area, text_field
from ...ui.native import record_form
from ...ui.tables import section
from ...ui.upload import PICTURES, upload_field
from .. import queries, service
from ..queries import PapersScreen
from ..rules import kind_named
from .personal import STEPS, read_only_notice

FORM = "schooling"
HINTS = {
    Kind.ID_CARD: "Foto atau pindaian KTP asli, semua sudut terlihat",
    Kind.FAMILY_CARD: "Semua halaman Kartu Keluarga",
    Kind.PHOTO: "Ukuran 3×4, wajah menghadap ke depan, JPG atau PNG",
    Kind.DIPLOMA: "Ijazah atau surat keterangan lulus pendidikan terakhir",
    Kind.SKILL_CERTIFICATE: "Untuk keterampilan yang Anda tulis di atas",
    Kind.EXPERIENCE_LETTER: "Bila pernah bekerja",
}


class PapersState(rx.State):
    """Education, skills and papers, and the line that says when they were saved."""

    screen: PapersScreen = PapersScreen()
    saved: str = ""
    is_loaded: bool = False

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        self.screen = await look(self, queries.papers_screen)
        self.saved, self.is_loaded = "", True

    @rx.event
    @access(Role.JOB_SEEKER)
    async def leave(self, name: str, value: str):
        self.saved = await autosave(self, service.save_education, {name: value})
        self.screen = await look(self, queries.papers_screen)

    @rx.event
    @access(Role.JOB_SEEKER)
    async def receive(self, form: dict[str, str]):
        kind, tickets = kind_named(form.get("kind", "")), form.get("tickets", "").split()
        checked = await slow(
            self, UPLOADS, service.rebuild_paper, kind, tickets, sign_in=sign_in_of(self)
        )
        await act(self, service.attach_paper, kind, checked)
        self.screen = await look(self, queries.papers_screen)
        await say(self, f"{LABELS[kind]} tersimpan.")

    @rx.event
    @access(Role.JOB_SEEKER)
    async def remove(self, kind: str):
        await act(self, service.detach_paper, kind_named(kind))
        self.screen = await look(self, queries.papers_screen)
        await say(self, "Berkas dihapus.")

    @rx.event
    @access(Role.JOB_SEEKER)
    async def save(self, form: dict[str, str]):
        await act(self, service.save_education, form)
        self.screen = await look(self, queries.papers_screen)
        await say(self, "Pendidikan, keterampilan, dan berkas tersimpan.", stays=True)
        return rx.redirect(routes.SEEKER_HOME)


def papers_page() -> rx.Component:
    """The second step of an application."""
    return seeker_page(
        "Pendidikan, Keterampilan, dan Berkas",
        rx.cond(
            PapersState.is_loaded,
            rx.cond(PapersState.screen.is_shut, read_only_notice(), _content()),
            rx.el.p("Memuat data …", role="status", class_name=theme.MUTED),
        ),
        lead="Setiap isian dan berkas langsung tersimpan di akun Anda.",
    )


def _content() -> rx.Component:
    return rx.el.div(
        steps(STEPS, current=2),
        section("Pendidikan & Keterampilan", _schooling()),
        section(
            "Berkas",
            rx.el.p(
                f"JPG, PNG, atau PDF, paling besar {OFFICE.paper_size}. Foto "
                "dari kamera HP diperkecil otomatis.",
                class_name=theme.MUTED,
            ),
            *[_paper(kind) for kind in AK1_PAPERS],
        ),
        rx.el.div(
            saved_line(PapersState.saved),
            rx.el.div(
                link_button("Kembali", routes.SEEKER_HOME, kind="secondary"),
                primary_button("Simpan", type="submit", form=FORM),
                class_name=theme.ACTIONS,
            ),
        ),
        class_name=theme.STACK,
    )


def _schooling() -> rx.Component:
    form = PapersState.screen.form
    return record_form(
        autosaved_choice(EDUCATION["education"], _props_of("education"), list(Education)),
        rx.cond(form.has_major, text_field(EDUCATION["major"], **_props_of("major"))),
        rx.cond(
            form.has_year,
            text_field(
                EDUCATION["graduation_year"],
                hint="Empat angka, misalnya 2023",
                input_mode="numeric",
                max_length=4,
                **_props_of("graduation_year"),
            ),
        ),
        text_area(
            EDUCATION["skills"],
            hint=f"Satu keterampilan tiap baris, paling banyak {MAX_SKILLS} baris masing-masing "
            f"{MAX_SKILL_LENGTH} huruf (opsional)",
            **_props_of("skills"),
        ),
        on_submit=PapersState.save,
        id=FORM,
        no_validate=True,
        class_name=theme.STACK,
    )


def _paper(kind: Kind) -> rx.Component:
    is_required = rx.Var.create(PapersState.screen.required).contains(kind.value)
    return upload_field(
        LABELS[kind],
        name=kind.value,
        current=PapersState.screen.papers[kind.value],
        limit=OFFICE.paper_limit,
        on_arrival=PapersState.receive,
        on_remove=PapersState.remove(kind.value),
        error=error_of(kind.value),
        hint=rx.cond(is_required, f"Wajib. {HINTS[kind]}", f"{HINTS[kind]} (opsional)"),
        multiple=kind is not Kind.PHOTO,
        **({"accept": PICTURES, "camera": "user"} if kind is Kind.PHOTO else {}),
    )


def _props_of(name: str) -> AutosavedField:
    return autosaved_field(name, getattr(PapersState.screen.form, name), PapersState.leave(name))
