"""Screen `/pengajuan/data-diri`: a job seeker types the personal data of the AK1 application."""

import reflex as rx

from ...core import routes
from ...gate.access import access
from ...gate.autosave import AutosavedField, autosave, autosaved_field, saved_line
from ...gate.doors import act, look, say
from ...gate.shell import seeker_page
from ...people.rules import Role
from ...profiles.queries.facts import PersonalForm, RegionLists
from ...profiles.web.parts import address_fields, person_fields, phone_field
from ...ui import theme
from ...ui.feedback import notice, steps
from ...ui.forms import link_button, primary_button
from ...ui.native import record_form
from ...ui.tables import section
from .. import queries, service

STEPS = ("Data diri", "Pendidikan dan berkas", "Periksa dan kirim")


class PersonalState(rx.State):
    """The personal data, and the line that says when it was saved."""

    form: PersonalForm = PersonalForm()
    lists: RegionLists = RegionLists()
    saved: str = ""
    is_loaded: bool = False
    is_shut: bool = False

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        screen = await look(self, queries.personal_screen)
        self.form, self.lists, self.is_shut = screen.form, screen.lists, screen.is_shut
        self.saved, self.is_loaded = "", True

    @rx.event
    @access(Role.JOB_SEEKER)
    async def leave(self, name: str, value: str):
        self.saved = await autosave(self, service.save_personal, {name: value})
        screen = await look(self, queries.personal_screen)
        self.form, self.lists = screen.form, screen.lists

    @rx.event
    @access(Role.JOB_SEEKER)
    async def save(self, form: dict[str, str]):
        await act(self, service.save_personal, form)
        self.form = (await look(self, queries.personal_screen)).form
        await say(self, "Data diri tersimpan.", stays=True)
        return rx.redirect(routes.SEEKER_HOME)


def personal_page() -> rx.Component:
    """The first step of an application."""
    return seeker_page(
        "Lengkapi Semua Data Diri Anda",
        rx.cond(
            PersonalState.is_loaded,
            rx.cond(PersonalState.is_shut, read_only_notice(), _form()),
            rx.el.p("Memuat data …", role="status", class_name=theme.MUTED),
        ),
        lead="Isi sesuai KTP atau KK. Setiap isian tersimpan saat Anda meninggalkannya.",
    )


def read_only_notice() -> rx.Component:
    """Says that the data can't be changed while the office has the application; links home."""
    return rx.el.div(
        notice(
            "Pengajuan Anda sedang di kantor, jadi data dan berkas tidak dapat diubah. "
            "Lihat status dan pilihan Anda di beranda."
        ),
        rx.el.div(link_button("Ke Beranda", routes.SEEKER_HOME)),
        class_name=theme.STACK,
    )


def _form() -> rx.Component:
    return record_form(
        steps(STEPS, current=1),
        section("Data Pribadi", *person_fields(_props_of, PersonalState.form.warnings)),
        section(
            "Alamat dan Kontak",
            *address_fields(_props_of, PersonalState.lists),
            phone_field(_props_of),
        ),
        rx.el.div(
            saved_line(PersonalState.saved),
            rx.el.div(
                link_button("Kembali", routes.SEEKER_HOME, kind="secondary"),
                primary_button("Simpan"),
                class_name=theme.ACTIONS,
            ),
        ),
        on_submit=PersonalState.save,
        no_validate=True,
        class_name=theme.STACK,
    )


def _props_of(name: str) -> AutosavedField:
    return autosaved_field(name, getattr(PersonalState.form, name), PersonalState.leave(name))
