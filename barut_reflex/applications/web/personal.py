from typing import Any

import reflex as rx

from ...core import routes
from ...gate.access import access
from ...gate.autosave import keep, saved_line
from ...gate.doors import act, error_of, look, say
from ...gate.shell import seeker_page
from ...people.rules import Role
from ...profiles.queries.facts import PersonalForm, RegionLists
from ...profiles.rules.facts import PERSONAL, MaritalStatus, Religion, Sex
from ...ui import theme
from ...ui.feedback import notice, steps
from ...ui.forms import date_field, link_button, primary_button, select_field, text_field
from ...ui.native import record_form
from ...ui.tables import section
from .. import queries, service

STEPS = ("Data diri", "Pendidikan dan berkas", "Periksa dan kirim")


class PersonalState(rx.State):
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
        self.saved = await keep(self, service.save_personal, {name: value})
        self.form = (await look(self, queries.personal_screen)).form

    @rx.event
    @access(Role.JOB_SEEKER)
    async def choose_region(self, level: str, code: str):
        self.saved = await keep(self, service.save_personal, {level: code})
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
    return seeker_page(
        "Lengkapi Semua Data Diri Anda",
        rx.cond(
            PersonalState.is_loaded,
            rx.cond(PersonalState.is_shut, shut_notice(), _form()),
            rx.el.p("Memuat data …", role="status", class_name=theme.MUTED),
        ),
        lead="Isi sesuai KTP atau KK. Setiap isian tersimpan saat Anda meninggalkannya.",
    )


def shut_notice() -> rx.Component:
    """Why nothing can be changed here just now, and where to go."""
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
        section("Data Pribadi", *_person()),
        section("Alamat dan Kontak", *_address()),
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


def _person() -> list[rx.Component]:
    return [
        _text("nik", hint="16 angka, sesuai KTP atau KK", input_mode="numeric"),
        rx.foreach(PersonalState.form.warnings, _warning),
        _text("name", hint="Sesuai KTP atau KK", auto_complete="name"),
        rx.el.div(
            _text("birth_place", hint="Sesuai KTP atau KK"),
            date_field("Tanggal Lahir", **_kept("birth_date")),
            class_name=theme.TWO_COLUMNS,
        ),
        rx.el.div(
            _choice("sex", list(Sex)),
            _choice("marital_status", list(MaritalStatus)),
            _choice("religion", list(Religion)),
            class_name=theme.THREE_COLUMNS,
        ),
    ]


def _address() -> list[rx.Component]:
    return [
        _text("address", hint="Nama jalan dan nomor rumah", auto_complete="street-address"),
        rx.el.div(
            _text("rt", hint="Angka saja, misalnya 1", input_mode="numeric"),
            _text("rw", hint="Angka saja, misalnya 1", input_mode="numeric"),
            class_name="grid gap-5 grid-cols-2",
        ),
        rx.el.div(
            _region("province", PersonalState.lists.provinces),
            _region("regency", PersonalState.lists.regencies),
            _region("district", PersonalState.lists.districts),
            _region("village", PersonalState.lists.villages),
            class_name=theme.TWO_COLUMNS,
        ),
        _text(
            "phone",
            hint="Nomor yang aktif, misalnya 082312345678",
            type="tel",
            auto_complete="tel",
        ),
    ]


def _text(name: str, **props) -> rx.Component:
    return text_field(PERSONAL[name], **_kept(name), **props)


def _choice(name: str, options: list) -> rx.Component:
    props = _kept(name)
    props["on_change"] = props.pop("on_blur")
    return select_field(PERSONAL[name], options=[str(option) for option in options], **props)


def _region(level: str, options: Any) -> rx.Component:
    return select_field(
        PERSONAL[level],
        name=level,
        options=options,
        error=error_of(level),
        default_value=getattr(PersonalState.form, level),
        on_change=PersonalState.choose_region(level),
    )


def _kept(name: str) -> dict:
    return {
        "name": name,
        "error": error_of(name),
        "default_value": getattr(PersonalState.form, name),
        "on_blur": PersonalState.leave(name),
    }


def _warning(text: rx.Var[str]) -> rx.Component:
    return notice(
        text,
        " Bila NIK sudah sama dengan KTP, lanjutkan saja; petugas memeriksanya.",
        tone="warning",
    )
