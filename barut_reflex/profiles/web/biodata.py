"""Step 2: the AK1's personal data, and what the profile asks beside it."""

from typing import Any, cast

import reflex as rx

from ...core.figures import grouped
from ...core.regions import LEVELS
from ...gate.access import access
from ...gate.autosave import keep, saved_line
from ...gate.doors import act, error_of, look, say
from ...people.rules import Role
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import (
    checkbox_field,
    date_field,
    link_button,
    primary_button,
    select_field,
    text_area,
    text_field,
)
from ...ui.native import record_form
from ...ui.tables import section
from ..queries import steps
from ..queries.completeness import address_of
from ..queries.steps import BiodataScreen
from ..rules.biodata import BIODATA, LONGEST_ABOUT, Domicile
from ..rules.facts import PERSONAL, MaritalStatus, Religion, Sex
from ..service import facts
from .frame import ProgressState, step_frame
from .occupation import occupation_field

LABELS = PERSONAL | BIODATA
LEAD = (
    "Isi sesuai KTP atau KK. Data yang pernah Anda tulis untuk kartu AK1 sudah ada di sini, dan "
    "sebaliknya; pengajuan yang sudah dikirim tidak ikut berubah."
)


class BiodataState(rx.State):
    screen: BiodataScreen = BiodataScreen()
    saved: str = ""
    is_loaded: bool = False

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        self.screen = await look(self, steps.biodata_screen)
        self.saved, self.is_loaded = "", True
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    async def leave(self, name: str, value: str):
        self.saved = await keep(self, facts.save_biodata, {name: value})
        self.screen = await look(self, steps.biodata_screen)
        return ProgressState.load

    @rx.event
    @access(Role.JOB_SEEKER)
    async def tick(self, name: str, is_on: bool):
        return BiodataState.leave(name, "on" if is_on else "")

    @rx.event
    @access(Role.JOB_SEEKER)
    async def save(self, form: dict[str, str]):
        await act(self, facts.save_biodata, form)
        self.screen = await look(self, steps.biodata_screen)
        await say(self, "Biodata tersimpan.", stays=True)
        return rx.redirect(address_of(3))


def biodata_page() -> rx.Component:
    return step_frame(2, BiodataState.is_loaded, _form(), lead=LEAD)


def _form() -> rx.Component:
    return record_form(
        section("Data diri", *_person()),
        section("Alamat sesuai KTP", *_address()),
        section("Domisili", *_domicile()),
        section("Pekerjaan dan pelatihan", *_wanted()),
        rx.el.div(
            saved_line(BiodataState.saved),
            rx.el.div(
                link_button("Sebelumnya", address_of(1), kind="secondary", icon="previous"),
                primary_button("Selanjutnya"),
                class_name=f"{theme.ACTIONS} sm:justify-between",
            ),
        ),
        on_submit=BiodataState.save,
        no_validate=True,
        class_name=theme.STACK,
    )


def _person() -> list[rx.Component]:
    return [
        _text("nik", hint="16 angka, sesuai KTP atau KK", input_mode="numeric"),
        rx.foreach(BiodataState.screen.warnings, _warning),
        _text("name", hint="Sesuai KTP atau KK", auto_complete="name"),
        rx.el.div(
            _text("birth_place", hint="Sesuai KTP atau KK"),
            date_field(LABELS["birth_date"], **_kept("birth_date")),
            class_name=theme.TWO_COLUMNS,
        ),
        rx.el.div(
            _choice("sex", list(Sex)),
            _choice("marital_status", list(MaritalStatus)),
            _choice("religion", list(Religion)),
            class_name=theme.THREE_COLUMNS,
        ),
        _text("phone", hint="Nomor yang aktif", type="tel", auto_complete="tel"),
        text_area(
            LABELS["about"],
            hint="Latar belakang dan kelebihan Anda, paling banyak "
            f"{grouped(LONGEST_ABOUT)} huruf (opsional)",
            **_kept("about"),
        ),
    ]


def _address() -> list[rx.Component]:
    return [
        _text("address", hint="Nama jalan dan nomor rumah", auto_complete="street-address"),
        rx.el.div(
            _text("rt", hint="Angka saja", input_mode="numeric"),
            _text("rw", hint="Angka saja", input_mode="numeric"),
            class_name="grid gap-5 grid-cols-2",
        ),
        _regions("", BiodataState.screen.lists),
    ]


def _domicile() -> list[rx.Component]:
    kind = _typed("domicile")
    is_home, is_abroad = kind == Domicile.HOME.value, kind == Domicile.ABROAD.value
    return [
        _choice("domicile", list(Domicile), hint="Tempat Anda tinggal sekarang"),
        rx.cond(
            is_home | is_abroad,
            _text("domicile_address", hint="Nama jalan dan nomor rumah"),
        ),
        rx.cond(is_home, _regions("domicile_", BiodataState.screen.domicile_lists)),
        rx.cond(is_abroad, _text("domicile_country", hint="Misalnya Malaysia")),
        _text("postcode", hint="Misalnya 73811 (opsional)", auto_complete="postal-code"),
    ]


def _wanted() -> list[rx.Component]:
    return [
        occupation_field(
            BIODATA["occupation"],
            code=_typed("occupation"),
            name=BiodataState.screen.occupation,
            on_choose=lambda code: BiodataState.leave("occupation", code),
        ),
        checkbox_field(
            BIODATA["wants_training"],
            name="wants_training",
            default_checked=_typed("wants_training") == "on",
            on_change=BiodataState.tick("wants_training"),
        ),
    ]


def _regions(prefix: str, lists: Any) -> rx.Component:
    options = (lists.provinces, lists.regencies, lists.districts, lists.villages)
    return rx.el.div(
        *[_region(prefix + level, rows) for level, rows in zip(LEVELS, options, strict=True)],
        class_name=theme.TWO_COLUMNS,
    )


def _region(name: str, options: Any) -> rx.Component:
    return select_field(
        LABELS[name],
        name=name,
        options=options,
        error=error_of(name),
        default_value=_typed(name),
        on_change=BiodataState.leave(name),
    )


def _text(name: str, **props) -> rx.Component:
    return text_field(LABELS[name], **_kept(name), **props)


def _choice(name: str, options: list, **props) -> rx.Component:
    return select_field(
        LABELS[name],
        name=name,
        options=[str(option) for option in options],
        error=error_of(name),
        default_value=_typed(name),
        on_change=BiodataState.leave(name),
        **props,
    )


def _kept(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "error": error_of(name),
        "default_value": _typed(name),
        "on_blur": BiodataState.leave(name),
    }


def _typed(name: str) -> rx.Var[str]:
    return cast(Any, BiodataState.screen).form[name].to(str)


def _warning(text: rx.Var[str]) -> rx.Component:
    return notice(text, " Bila NIK sudah sama dengan KTP, lanjutkan saja.", tone="warning")
