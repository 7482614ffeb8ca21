"""Checks of a typed form: every field of the personal data and of the education."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ...core import indonesian, regions
from .facts import CHOICES, PERSONAL, Education, fields_of


@dataclass(frozen=True)
class CheckContext:
    """What the checks need besides the form: today's date and the office's minimum age in years."""

    day: date
    min_age: int


@dataclass
class CheckResult:
    """A form after its check: values to store, and a sentence for each field that is wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


class InvalidField(Exception):
    """A field breaks a rule; the text tells the person what to do."""


Form = Mapping[str, object]  # as it arrived from the browser; nothing in it is trusted
MAX_SKILLS, MAX_SKILL_LENGTH = 20, 80
EARLIEST_BIRTH = 1900  # year; of somebody who gave no date of birth
YEARS_TO_GRADUATE = 5  # from the year of birth to the first Tahun Lulus


def check_personal(form: Form, stored: Mapping[str, str], context: CheckContext) -> CheckResult:
    """Check the personal fields that are in `form`; other keys are ignored.

    `stored` has the address's region codes as they are stored, by level.
    """
    checked = CheckResult()
    for name in PERSONAL:
        if name in form and name not in regions.LEVELS:
            check_field(checked, name, form, lambda text, name=name: _personal(name, text, context))
    check_region(checked, form, stored)
    checked.errors = {name: checked.errors[name] for name in PERSONAL if name in checked.errors}
    return checked


def check_education(
    form: Form, stored: Education | None, birth_date: date | None, context: CheckContext
) -> CheckResult:
    """Check the education fields that are in `form`; those the level does not have are cleared.

    `stored` is the stored level, for a form without one.
    """
    checked = CheckResult()
    if "education" in form:
        check_field(checked, "education", form, choice_check(Education))
    belonging = fields_of(checked.values.get("education", stored))
    for name in ("major", "graduation_year", "skills"):
        if name not in belonging:
            checked.values[name] = None if name == "graduation_year" else ""
        elif name in form:
            check_field(
                checked,
                name,
                form,
                lambda text, name=name: _schooling(name, text, birth_date, context),
            )
    return checked


def check_field(checked: CheckResult, name: str, form: Form, rule: Callable[[str], object]) -> None:
    """Run the rule on one field of the form; adds its value or its error to `checked`."""
    try:
        checked.values[name] = rule(_text(form, name))
    except InvalidField as wrong:
        checked.errors[name] = str(wrong)


def _text(form: Form, name: str) -> str:
    value = form[name]
    if not isinstance(value, str):
        raise InvalidField("Isian ini tidak terbaca. Tulis ulang.")
    return indonesian.tidy(value)


def _personal(name: str, text: str, context: CheckContext) -> object:
    if name in CHOICES:
        return choice_check(CHOICES[name])(text)
    if name == "birth_date":
        return _birth_date(text, context) if text else None
    return PERSONAL_CHECKS[name](text) if text else ""


def _schooling(name: str, text: str, birth_date: date | None, context: CheckContext) -> object:
    if name == "graduation_year":
        return _graduation_year(text, birth_date, context) if text else None
    return _skills(text) if name == "skills" else text_check(100)(text)


def choice_check(options: type[StrEnum]) -> Callable[[str], StrEnum | None]:
    """A check that accepts one of these options, or nothing."""

    def choose(text: str) -> StrEnum | None:
        if text and text not in list(options):
            raise InvalidField("Pilih salah satu dari daftar.")
        return options(text) if text else None

    return choose


def _nik(text: str) -> str:
    digits = re.sub(r"[\s.\-]", "", text)
    return valid_or_raise(digits, indonesian.nik_error(digits))


def _name(text: str) -> str:
    return valid_or_raise(text, indonesian.check_name(text))


def text_check(most: int) -> Callable[[str], str]:
    """A check that accepts one line of text of at most so many characters."""

    def check(text: str) -> str:
        return valid_or_raise(text, indonesian.check_text(text, most))

    return check


def _neighbourhood(text: str) -> str:
    is_number = re.fullmatch(r"\d{1,3}", text, re.ASCII)
    return valid_or_raise(
        text, None if is_number else "Tulis 1 sampai 3 angka, misalnya 1 atau 012."
    )


def _phone(text: str) -> str:
    phone = indonesian.normal_phone(text)
    if phone is None:
        raise InvalidField("Tulis nomor HP yang aktif, 10 sampai 13 angka, misalnya 082312345678.")
    return phone


def _birth_date(text: str, context: CheckContext) -> date:
    born = indonesian.parse_date(text)
    if born is None:
        raise InvalidField("Tulis tanggal sebagai DD/MM/YYYY, misalnya 07/07/2000.")
    return valid_or_raise(
        born, indonesian.birth_date_error(born, on=context.day, min_age=context.min_age)
    )


def _graduation_year(text: str, birth_date: date | None, context: CheckContext) -> int:
    first = (birth_date.year if birth_date else EARLIEST_BIRTH) + YEARS_TO_GRADUATE
    if not re.fullmatch(r"\d{4}", text, re.ASCII):
        raise InvalidField("Tulis tahun lulus dengan 4 angka, misalnya 2023.")
    if not first <= int(text) <= context.day.year:
        raise InvalidField(f"Tahun lulus antara {first} dan {context.day.year}. Periksa ijazah.")
    return int(text)


def _skills(text: str) -> str:
    lines = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    return valid_or_raise(
        lines, indonesian.check_lines(lines, most=MAX_SKILLS, longest=MAX_SKILL_LENGTH)
    )


def check_region(checked: CheckResult, form: Form, stored: Mapping[str, str]) -> None:
    """Check the region codes in `form`, and that each level lies in the one above."""
    own = CheckResult()
    for level in regions.LEVELS:
        if level in form:
            check_field(own, level, form, lambda code, level=level: _region(level, code))
    checked.errors |= own.errors
    if own.errors or not own.values:
        return
    try:
        checked.values |= regions.chosen_path(stored, own.values)
    except regions.NotNested as error:
        checked.errors[error.level] = "Wilayah ini tidak cocok dengan yang di bawahnya. Pilih lagi."


def _region(level: str, code: str) -> str:
    if code and (len(code) != regions.LEVELS[level] or regions.find(code) is None):
        raise InvalidField("Pilih salah satu dari daftar.")
    return code


def valid_or_raise(value: Any, error: str | None) -> Any:
    """The value, or InvalidField when there is an error."""
    if error:
        raise InvalidField(error)
    return value


PERSONAL_CHECKS: dict[str, Callable[[str], str]] = {
    "nik": _nik,
    "name": _name,
    "birth_place": _name,
    "address": text_check(200),
    "rt": _neighbourhood,
    "rw": _neighbourhood,
    "phone": _phone,
}
