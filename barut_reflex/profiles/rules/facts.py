"""The person's facts: the closed lists of SPEC section 4 and the copy an application keeps."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from ...core import indonesian, regions

# The fields in the order of the screens, with their labels there.
PERSONAL = {
    "nik": "NIK",
    "name": "Nama Lengkap",
    "birth_place": "Tempat Lahir",
    "birth_date": "Tanggal Lahir",
    "sex": "Jenis Kelamin",
    "marital_status": "Status Pernikahan",
    "religion": "Agama",
    "address": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "province": "Provinsi",
    "regency": "Kabupaten/Kota",
    "district": "Kecamatan",
    "village": "Kelurahan/Desa",
    "phone": "Nomor HP",
}
EDUCATION = {
    "education": "Pendidikan Terakhir",
    "major": "Jurusan",
    "graduation_year": "Tahun Lulus",
    "skills": "Keterampilan",
}
OPTIONAL = frozenset({"skills"})


class Sex(StrEnum):
    MALE = "Laki-laki"
    FEMALE = "Perempuan"


class MaritalStatus(StrEnum):
    SINGLE = "Belum Kawin"
    MARRIED = "Kawin"
    DIVORCED = "Cerai Hidup"
    WIDOWED = "Cerai Mati"


class Religion(StrEnum):
    """The seven of the civil registry (domain-facts section 4)."""

    ISLAM = "Islam"
    PROTESTANT = "Kristen"
    CATHOLIC = "Katolik"
    HINDU = "Hindu"
    BUDDHIST = "Buddha"
    CONFUCIAN = "Khonghucu"
    BELIEF = "Kepercayaan terhadap Tuhan YME"


class Education(StrEnum):
    NONE = "Tidak/Belum Tamat SD"
    SD = "SD"
    SMP = "SMP"
    SMA = "SMA"
    SMK = "SMK"
    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"


WITHOUT_MAJOR = frozenset({Education.NONE, Education.SD, Education.SMP})


def fields_of(education: Education | None) -> frozenset[str]:
    """The fields that belong to an education: major from SMA up, no year when none was finished."""
    hidden = set()
    if education in WITHOUT_MAJOR:
        hidden.add("major")
    if education is Education.NONE:
        hidden.add("graduation_year")
    return frozenset(EDUCATION) - hidden


class Facts(BaseModel):
    """A person's facts as one value: names instead of codes, ready to be shown and printed.

    This is what a sent application keeps, so a later change of the profile never alters it.
    """

    nik: str = ""
    name: str = ""
    birth_place: str = ""
    birth_date: str = ""  # ISO, 2000-07-07
    sex: str = ""
    marital_status: str = ""
    religion: str = ""
    address: str = ""
    rt: str = ""
    rw: str = ""
    province: str = ""
    regency: str = ""
    district: str = ""
    village: str = ""
    village_code: str = ""
    phone: str = ""
    education: str = ""
    major: str = ""
    graduation_year: int | None = None
    skills: list[str] = []


@dataclass(frozen=True)
class Today:
    """What the checks have to know of the day and the office."""

    day: date
    min_age: int


@dataclass
class Checked:
    """A form after its check: what may be kept, and a sentence for each field that may not."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


class Wrong(Exception):
    """A field breaks a rule; the text tells what to do."""


Form = Mapping[str, object]  # as it arrived: nothing in it is trusted
MOST_SKILLS, LONGEST_SKILL = 20, 80
EARLIEST_BIRTH = 1900
YEARS_TO_GRADUATE = 5  # from the year of birth to the first Tahun Lulus


def check_personal(form: Form, kept: Mapping[str, str], at: Today) -> Checked:
    """Check the personal fields that `form` has; other keys are ignored. `kept`: region codes."""
    checked = Checked()
    for name in PERSONAL:
        if name in form and name not in regions.LEVELS:
            check_field(checked, name, form, lambda text, name=name: _personal(name, text, at))
    check_region(checked, form, kept)
    checked.errors = {name: checked.errors[name] for name in PERSONAL if name in checked.errors}
    return checked


def check_education(
    form: Form, kept: Education | None, birth_date: date | None, at: Today
) -> Checked:
    """Check the education fields that `form` has; what does not belong to the level is cleared.

    `kept` is the level already on file, for a form without one.
    """
    checked = Checked()
    if "education" in form:
        check_field(checked, "education", form, choice_of(Education))
    belonging = fields_of(checked.values.get("education", kept))
    for name in ("major", "graduation_year", "skills"):
        if name not in belonging:
            checked.values[name] = None if name == "graduation_year" else ""
        elif name in form:
            check_field(
                checked, name, form, lambda text, name=name: _schooling(name, text, birth_date, at)
            )
    return checked


def check_field(checked: Checked, name: str, form: Form, rule: Callable[[str], object]) -> None:
    try:
        checked.values[name] = rule(_text(form, name))
    except Wrong as wrong:
        checked.errors[name] = str(wrong)


def _text(form: Form, name: str) -> str:
    given = form[name]
    if not isinstance(given, str):
        raise Wrong("Isian ini tidak terbaca. Tulis ulang.")
    return indonesian.tidy(given)


def _personal(name: str, text: str, at: Today) -> object:
    if name in CHOICES:
        return choice_of(CHOICES[name])(text)
    if name == "birth_date":
        return _birth_date(text, at) if text else None
    return PERSONAL_CHECKS[name](text) if text else ""


def _schooling(name: str, text: str, birth_date: date | None, at: Today) -> object:
    if name == "graduation_year":
        return _graduation_year(text, birth_date, at) if text else None
    return _skills(text) if name == "skills" else text_of(100)(text)


def choice_of(options: type[StrEnum]) -> Callable[[str], StrEnum | None]:
    def choose(text: str) -> StrEnum | None:
        if text and text not in list(options):
            raise Wrong("Pilih salah satu dari daftar.")
        return options(text) if text else None

    return choose


def _nik(text: str) -> str:
    digits = re.sub(r"[\s.\-]", "", text)
    return fitting(digits, indonesian.nik_error(digits))


def _name(text: str) -> str:
    return fitting(text, indonesian.check_name(text))


def text_of(most: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        return fitting(text, indonesian.check_text(text, most))

    return check


def _neighbourhood(text: str) -> str:
    is_number = re.fullmatch(r"\d{1,3}", text, re.ASCII)
    return fitting(text, None if is_number else "Tulis 1 sampai 3 angka, misalnya 1 atau 012.")


def _phone(text: str) -> str:
    phone = indonesian.normal_phone(text)
    if phone is None:
        raise Wrong("Tulis nomor HP yang aktif, 10 sampai 13 angka, misalnya 082312345678.")
    return phone


def _birth_date(text: str, at: Today) -> date:
    born = indonesian.parse_date(text)
    if born is None:
        raise Wrong("Tulis tanggal sebagai DD/MM/YYYY, misalnya 07/07/2000.")
    return fitting(born, indonesian.birth_date_error(born, on=at.day, min_age=at.min_age))


def _graduation_year(text: str, birth_date: date | None, at: Today) -> int:
    first = (birth_date.year if birth_date else EARLIEST_BIRTH) + YEARS_TO_GRADUATE
    if not re.fullmatch(r"\d{4}", text, re.ASCII):
        raise Wrong("Tulis tahun lulus dengan 4 angka, misalnya 2023.")
    if not first <= int(text) <= at.day.year:
        raise Wrong(f"Tahun lulus antara {first} dan {at.day.year}. Periksa ijazah.")
    return int(text)


def _skills(text: str) -> str:
    lines = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    return fitting(lines, indonesian.check_lines(lines, most=MOST_SKILLS, longest=LONGEST_SKILL))


def check_region(checked: Checked, form: Form, kept: Mapping[str, str]) -> None:
    given = Checked()
    for level in regions.LEVELS:
        if level in form:
            check_field(given, level, form, lambda code, level=level: _region(level, code))
    checked.errors |= given.errors
    if given.errors or not given.values:
        return
    try:
        checked.values |= regions.chosen_path(kept, given.values)
    except regions.NotNested as error:
        checked.errors[error.level] = "Wilayah ini tidak cocok dengan yang di bawahnya. Pilih lagi."


def _region(level: str, code: str) -> str:
    if code and (len(code) != regions.LEVELS[level] or regions.find(code) is None):
        raise Wrong("Pilih salah satu dari daftar.")
    return code


def fitting(value: Any, error: str | None) -> Any:
    if error:
        raise Wrong(error)
    return value


CHOICES = {"sex": Sex, "marital_status": MaritalStatus, "religion": Religion}
PERSONAL_CHECKS: dict[str, Callable[[str], str]] = {
    "nik": _nik,
    "name": _name,
    "birth_place": _name,
    "address": text_of(200),
    "rt": _neighbourhood,
    "rw": _neighbourhood,
    "phone": _phone,
}
