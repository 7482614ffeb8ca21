"""Profile fields that the AK1 lacks (about, domicile, occupation, school): labels and checks.

`check_biodata` also checks the personal data that step 2 shares with the AK1.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from ...core import indonesian, occupations, regions
from .checks import (
    CheckContext,
    CheckResult,
    Form,
    InvalidField,
    check_field,
    check_personal,
    check_region,
    choice_check,
    text_check,
    valid_or_raise,
)

MAX_ABOUT_LENGTH = 1000


class Domicile(StrEnum):
    """Where the person lives, compared with the address on the identity card."""

    SAME = "Sama dengan alamat KTP"
    HOME = "Dalam Negeri"
    ABROAD = "Luar Negeri"


# The fields in the order of the screen, with their labels there; after those of `PERSONAL`.
BIODATA = {
    "about": "Tentang Kamu",
    "domicile": "Tipe Lokasi Domisili",
    "domicile_address": "Alamat Domisili",
    "domicile_province": "Provinsi Domisili",
    "domicile_regency": "Kabupaten/Kota Domisili",
    "domicile_district": "Kecamatan Domisili",
    "domicile_village": "Kelurahan/Desa Domisili",
    "domicile_country": "Negara Domisili",
    "postcode": "Kode Pos",
    "wants_training": "Saya sedang mencari pelatihan",
    "occupation": "Pekerjaan yang Diinginkan",
}
# Fields of the last education that the AK1 does not have; other schools are entries.
SCHOOL = {"school": "Nama Sekolah atau Perguruan Tinggi", "grade": "Nilai Akhir atau IPK"}
_LEVELS = {f"domicile_{level}": level for level in regions.LEVELS}
_AT_HOME = ("domicile_address", *_LEVELS)
_ABROAD = ("domicile_address", "domicile_country")


def check_biodata(form: Form, stored: Mapping[str, str], context: CheckContext) -> CheckResult:
    """Check the fields of step 2 that are in `form`, those shared with the AK1 among them.

    `stored` has the kind of domicile and the region codes of both addresses as they are stored.
    Fields that the chosen kind of domicile does not ask for are cleared.
    """
    checked = check_personal(form, stored, context)
    for name in (*BIODATA, *SCHOOL):
        if name in form and name not in _LEVELS:
            check_field(checked, name, form, lambda text, name=name: _CHECKS[name](text))
    _check_domicile_region(checked, form, stored)
    for name in _unasked(checked.values.get("domicile", stored.get("domicile", ""))):
        checked.values[name] = ""
        checked.errors.pop(name, None)
    return checked


def domicile_gaps(values: Mapping[str, object]) -> list[str]:
    """Labels of the domicile fields still missing."""
    required = {"": ("domicile",), Domicile.HOME: _AT_HOME, Domicile.ABROAD: _ABROAD}
    names = required.get(values["domicile"], ())
    return [BIODATA[name] for name in names if not values[name]]


def _unasked(domicile: str) -> set[str]:
    """The address fields that this kind of domicile does not ask for."""
    fields = {Domicile.HOME: _AT_HOME, Domicile.ABROAD: _ABROAD}
    return {*_AT_HOME, *_ABROAD} - {*fields.get(Domicile(domicile), ())} if domicile else set()


def _check_domicile_region(checked: CheckResult, form: Form, stored: Mapping[str, str]) -> None:
    """Check the domicile's region as that of the other address, whose names have no prefix."""
    own = CheckResult()
    typed = {level: form[name] for name, level in _LEVELS.items() if name in form}
    path = {level: stored.get(name, "") for name, level in _LEVELS.items()}
    check_region(own, typed, path)
    for name, level in _LEVELS.items():
        if level in own.values:
            checked.values[name] = own.values[level]
        if level in own.errors:
            checked.errors[name] = own.errors[level]


def _about(text: str) -> str:
    return valid_or_raise(text, indonesian.check_text(text, MAX_ABOUT_LENGTH, is_multiline=True))


def _postcode(text: str) -> str:
    is_right = not text or re.fullmatch(r"[A-Za-z0-9 \-]{3,10}", text, re.ASCII)
    return valid_or_raise(text, None if is_right else "Tulis kode pos saja, misalnya 73811.")


def _occupation(code: str) -> str:
    if code and occupations.find(code) is None:
        raise InvalidField("Cari pekerjaannya, lalu pilih salah satu dari daftar.")
    return code


def _tick(text: str) -> bool:
    return bool(text)


_CHECKS = {
    "about": _about,
    "domicile": lambda text: choice_check(Domicile)(text) or "",
    "domicile_address": text_check(200),
    "domicile_country": text_check(60),
    "postcode": _postcode,
    "wants_training": _tick,
    "occupation": _occupation,
    "school": text_check(100),
    "grade": text_check(20),
}
