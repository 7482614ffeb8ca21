"""Form fields of the personal data, shared by step 2 of the profile and the AK1's first screen."""

from collections.abc import Callable

import reflex as rx

from ...core.regions import LEVELS
from ...gate.autosave import AutosavedField, autosaved_choice
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import date_field, text_field
from ..queries.facts import RegionLists
from ..rules.biodata import BIODATA
from ..rules.facts import CHOICES, PERSONAL

FIELD_LABELS = PERSONAL | BIODATA


def person_fields(
    props_of: Callable[[str], AutosavedField], warnings: list[str]
) -> list[rx.Component]:
    """NIK, name, birth, sex and so on. `props_of` gives a field's props by its name."""
    return [
        _text(props_of("nik"), hint="16 angka, sesuai KTP atau KK", input_mode="numeric"),
        rx.foreach(warnings, _warning),
        _text(props_of("name"), hint="Sesuai KTP atau KK", auto_complete="name"),
        rx.el.div(
            _text(props_of("birth_place"), hint="Sesuai KTP atau KK"),
            date_field(FIELD_LABELS["birth_date"], **props_of("birth_date")),
            class_name=theme.TWO_COLUMNS,
        ),
        rx.el.div(
            *[
                autosaved_choice(FIELD_LABELS[name], props_of(name), list(CHOICES[name]))
                for name in CHOICES
            ],
            class_name=theme.THREE_COLUMNS,
        ),
    ]


def address_fields(
    props_of: Callable[[str], AutosavedField], lists: RegionLists
) -> list[rx.Component]:
    """The address on the identity card."""
    return [
        _text(
            props_of("address"),
            hint="Nama jalan dan nomor rumah",
            auto_complete="street-address",
        ),
        rx.el.div(
            _text(props_of("rt"), hint="Angka saja, misalnya 1", input_mode="numeric"),
            _text(props_of("rw"), hint="Angka saja, misalnya 1", input_mode="numeric"),
            class_name="grid gap-5 grid-cols-2",
        ),
        region_fields(props_of, lists),
    ]


def phone_field(props_of: Callable[[str], AutosavedField]) -> rx.Component:
    """The phone number."""
    hint = "Nomor yang aktif, misalnya 082312345678"
    return _text(props_of("phone"), hint=hint, type="tel", auto_complete="tel")


def region_fields(
    props_of: Callable[[str], AutosavedField], lists: RegionLists, prefix: str = ""
) -> rx.Component:
    """Choices of the four levels of an address; each list depends on the level above."""
    options = (lists.provinces, lists.regencies, lists.districts, lists.villages)
    return rx.el.div(
        *[
            autosaved_choice(FIELD_LABELS[prefix + level], props_of(prefix + level), rows)
            for level, rows in zip(LEVELS, options, strict=True)
        ],
        class_name=theme.TWO_COLUMNS,
    )


def _text(field: AutosavedField, **props) -> rx.Component:
    return text_field(FIELD_LABELS[field["name"]], **field, **props)


def _warning(text: str) -> rx.Component:
    return notice(text, " Bila NIK sudah sama dengan KTP, lanjutkan saja.", tone="warning")
