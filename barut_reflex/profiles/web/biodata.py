"""Screen `/profil/2`: a job seeker types personal data, domicile and the wanted occupation.

The personal data are the same as those of the AK1 application.
"""

import reflex as rx

from ...core.figures import grouped
from ...gate.access import access
from ...gate.autosave import AutosavedField, autosave, autosaved_choice, autosaved_field, saved_line
from ...gate.doors import act, look, say
from ...people.rules import Role
from ...ui import theme
from ...ui.forms import (
    checkbox_field,
    link_button,
    primary_button,
    text_area,
    text_field,
)
from ...ui.native import record_form
from ...ui.tables import section
from ..queries import steps
from ..queries.completeness import address_of
from ..queries.steps import BiodataScreen
from ..rules.biodata import BIODATA, MAX_ABOUT_LENGTH, Domicile
from ..service import facts
from .frame import ProgressState, step_frame
from .occupation import occupation_field
from .parts import FIELD_LABELS, address_fields, person_fields, phone_field, region_fields

BIODATA_LEAD = (
    "Isi sesuai KTP atau KK. Data yang pernah Anda tulis untuk kartu AK1 sudah ada di sini, dan "
    "sebaliknya; pengajuan yang sudah dikirim tidak ikut berubah."
)


class BiodataState(rx.State):
    """The fields of step 2, and the line that says when they were saved."""

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
        self.saved = await autosave(self, facts.save_biodata, {name: value})
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
    """Step 2 of the profile."""
    return step_frame(2, BiodataState.is_loaded, _form(), lead=BIODATA_LEAD)


def _form() -> rx.Component:
    return record_form(
        section("Data diri", *_person()),
        section("Alamat sesuai KTP", *address_fields(_props_of, BiodataState.screen.lists)),
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
        *person_fields(_props_of, BiodataState.screen.warnings),
        phone_field(_props_of),
        text_area(
            FIELD_LABELS["about"],
            hint="Latar belakang dan kelebihan Anda, paling banyak "
            f"{grouped(MAX_ABOUT_LENGTH)} huruf (opsional)",
            **_props_of("about"),
        ),
    ]


def _domicile() -> list[rx.Component]:
    kind = _typed("domicile")
    is_home, is_abroad = kind == Domicile.HOME.value, kind == Domicile.ABROAD.value
    return [
        autosaved_choice(
            FIELD_LABELS["domicile"],
            _props_of("domicile"),
            list(Domicile),
            hint="Tempat Anda tinggal sekarang",
        ),
        rx.cond(
            is_home | is_abroad,
            _text("domicile_address", hint="Nama jalan dan nomor rumah"),
        ),
        rx.cond(is_home, region_fields(_props_of, BiodataState.screen.domicile_lists, "domicile_")),
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


def _text(name: str, **props) -> rx.Component:
    return text_field(FIELD_LABELS[name], **_props_of(name), **props)


def _props_of(name: str) -> AutosavedField:
    return autosaved_field(name, _typed(name), BiodataState.leave(name))


def _typed(name: str) -> str:
    return BiodataState.screen.form[name]
