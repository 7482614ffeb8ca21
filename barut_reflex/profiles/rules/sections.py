"""Sections of a profile: one table of what each asks of an entry, and the checks of an entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ...core import indonesian
from .checks import (
    CheckContext,
    CheckResult,
    Form,
    InvalidField,
    check_field,
    text_check,
    valid_or_raise,
)
from .partial_dates import first_day, last_day, parse_partial_date

MAX_ENTRIES = 20  # of one section
MAX_DESCRIPTION_LENGTH = 1000
DATE_HINT = "Boleh tahun saja: 2021, 06/2021, atau 15/06/2021"

END_AND_CURRENT = (
    "Kosongkan tanggal ini atau lepas centang “Saat ini saya bekerja”: keduanya tidak dapat "
    "berlaku bersama."
)
END_MISSING = "Tulis kapan pekerjaan ini berakhir, atau centang “Saat ini saya bekerja”."


class Section(StrEnum):
    """A part of the profile; its owner opens each to others, or keeps it closed."""

    ABOUT = "about"
    BIODATA = "biodata"
    CONTACT = "contact"
    EDUCATION = "education"
    EXPERIENCE = "experience"
    TRAINING = "training"
    CERTIFICATES = "certificates"
    SKILLS = "skills"
    LANGUAGES = "languages"
    ACHIEVEMENTS = "achievements"


@dataclass(frozen=True)
class EntryField:
    """One field of an entry; `name` is its column in the table `entry`."""

    name: str
    label: str
    is_required: bool = False
    kind: str = "text"  # text, lines, partial_date, choice, tick
    options: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class SectionRule:
    """A section's title and texts, the fields of its entries, and the step where they are typed."""

    title: str
    fields: tuple[EntryField, ...] = ()
    add: str = ""  # the button that adds an entry
    none: str = ""  # the answer of somebody who has no entry
    some: str = ""  # the answer of somebody who has some
    proof: str = ""  # label of the paper that proves an entry; empty: no proof is asked for
    may_end_later: bool = False  # the end may be after today, as a certificate's
    step: int = 0  # the one of the seven where the entries are typed


LOCATION_TYPES = ("Dalam Negeri", "Luar Negeri")
EMPLOYMENT = (
    "Penuh Waktu",
    "Paruh Waktu",
    "Kontrak",
    "Magang",
    "Lepas",
    "Harian atau Musiman",
    "Wirausaha",
)
SCHOOL_LEVELS = ("SD", "SMP", "SMA", "SMK", "D1", "D2", "D3", "D4", "S1", "S2", "S3", "Lainnya")
FLUENCY = ("Tingkat Dasar", "Tingkat Menengah", "Tingkat Mahir", "Bahasa Ibu")
ENTRY_COLUMNS = (
    *("title", "organisation", "kind", "field", "subfield", "score", "place", "location"),
    *("start", "end", "is_current", "description"),
)


def _text(name: str, label: str, **more: Any) -> EntryField:
    return EntryField(name, label, **more)


def _choice(name: str, label: str, options: tuple[str, ...], **more: Any) -> EntryField:
    return EntryField(name, label, kind="choice", options=options, **more)


def _date(name: str, label: str, **more: Any) -> EntryField:
    return EntryField(name, label, kind="partial_date", **{"hint": DATE_HINT, **more})


DESCRIPTION = EntryField("description", "Deskripsi", kind="lines", hint="(opsional)")
LOCATION_FIELDS = (
    _choice("place", "Tipe Lokasi", LOCATION_TYPES),
    _text("location", "Lokasi", hint="Kota"),
)

RULES: dict[Section, SectionRule] = {
    Section.ABOUT: SectionRule("Tentang", step=2),
    Section.BIODATA: SectionRule("Biodata", step=2),
    Section.CONTACT: SectionRule("Kontak dan Alamat", step=2),
    Section.EDUCATION: SectionRule(
        "Pendidikan",
        (
            _text("organisation", "Sekolah atau Perguruan Tinggi", is_required=True),
            _choice("kind", "Jenjang", SCHOOL_LEVELS, is_required=True),
            _text("title", "Program Studi", hint="(opsional)"),
            _text("score", "Nilai Akhir", hint="(opsional)"),
            _date("start", "Mulai Sekolah", is_required=True),
            _date("end", "Selesai Sekolah", hint=f"{DATE_HINT} (opsional)"),
        ),
        add="Tambah Pendidikan",
        none="Saya tidak memiliki riwayat pendidikan",
        some="Saya memiliki riwayat pendidikan",
        step=3,
    ),
    Section.EXPERIENCE: SectionRule(
        "Pengalaman Kerja",
        (
            _text("title", "Pekerjaan", is_required=True, hint="Jabatan Anda di sana"),
            _text("organisation", "Perusahaan", is_required=True),
            _choice("kind", "Tipe Pekerjaan", EMPLOYMENT, is_required=True),
            *LOCATION_FIELDS,
            _date("start", "Tanggal Mulai", is_required=True),
            EntryField("is_current", "Saat ini saya bekerja dalam pekerjaan ini", kind="tick"),
            _date("end", "Tanggal Berakhir", hint=f"{DATE_HINT}. Kosongkan bila masih bekerja"),
            DESCRIPTION,
        ),
        add="Tambah Pengalaman Kerja",
        none="Saya tidak memiliki riwayat kerja",
        some="Saya memiliki riwayat kerja",
        proof="Bukti Riwayat Pekerjaan",
        step=4,
    ),
    Section.TRAINING: SectionRule(
        "Pelatihan",
        (
            _text("organisation", "Lembaga Pelatihan", is_required=True),
            _text("title", "Program Pelatihan", is_required=True),
            _text("field", "Kejuruan", hint="(opsional)"),
            _text("subfield", "Sub Kejuruan", hint="(opsional)"),
            *LOCATION_FIELDS,
            _date("start", "Tanggal Mulai", is_required=True),
            _date("end", "Tanggal Selesai", hint=f"{DATE_HINT} (opsional)"),
            DESCRIPTION,
        ),
        add="Tambah Pelatihan",
        none="Saya tidak memiliki riwayat pelatihan",
        some="Saya memiliki riwayat pelatihan",
        proof="Sertifikat Pelatihan",
        step=5,
    ),
    Section.CERTIFICATES: SectionRule(
        "Sertifikasi",
        (
            _text("title", "Program Sertifikasi", is_required=True),
            _text("organisation", "Lembaga Sertifikasi", is_required=True),
            _text("score", "Nilai", hint="(opsional)"),
            _date("start", "Tanggal Dikeluarkan", is_required=True),
            _date("end", "Tanggal Berakhir", hint=f"{DATE_HINT} (opsional)"),
        ),
        add="Tambah Sertifikasi",
        none="Saya tidak memiliki riwayat sertifikasi",
        some="Saya memiliki riwayat sertifikasi",
        proof="Dokumen Sertifikasi",
        may_end_later=True,
        step=6,
    ),
    Section.SKILLS: SectionRule("Keahlian", none="Saya belum memiliki keahlian khusus", step=7),
    Section.LANGUAGES: SectionRule(
        "Bahasa",
        (
            _text("title", "Nama Bahasa", is_required=True, hint="Misalnya Bahasa Inggris"),
            _choice("kind", "Tingkat", FLUENCY, is_required=True),
        ),
        add="Tambah Bahasa",
        step=7,
    ),
    Section.ACHIEVEMENTS: SectionRule(
        "Pencapaian",
        (
            _text("title", "Nama Pencapaian", is_required=True, hint="Misalnya Juara 3 Lomba Las"),
            _text("organisation", "Penyelenggara", hint="(opsional)"),
            _date("start", "Waktu", is_required=True),
            DESCRIPTION,
        ),
        add="Tambah Pencapaian",
        proof="Bukti Pencapaian",
        step=7,
    ),
}
# In these sections "I have none" is an answer; without it or an entry the profile is incomplete.
SECTIONS_WITH_NONE_ANSWER = (
    Section.EXPERIENCE,
    Section.TRAINING,
    Section.CERTIFICATES,
    Section.SKILLS,
)


def check_entry(
    section: Section, form: Form, born: date | None, context: CheckContext
) -> CheckResult:
    """Check one entry of a section.

    A key that is no field of the section is ignored; a field missing from `form` counts as empty.
    `born` is the date of birth, before which nothing can begin.
    """
    rule, checked = RULES[section], CheckResult()
    for field in rule.fields:
        value = {field.name: form.get(field.name, "")}
        check_field(checked, field.name, value, lambda text, field=field: _value(field, text))
    _check_period(checked, rule, born, context)
    checked.errors = {
        f.name: checked.errors[f.name] for f in rule.fields if f.name in checked.errors
    }
    return checked


def overlap(one: Mapping[str, Any], other: Mapping[str, Any], on: date) -> bool:
    """Whether two periods overlap for certain.

    One that ends in 2020 and one that begins in 2020 need not overlap: the dates are partial.
    """
    return _surely_starts_before_end(one, other, on) and _surely_starts_before_end(other, one, on)


def _surely_starts_before_end(one: Mapping[str, Any], other: Mapping[str, Any], on: date) -> bool:
    """Whether `one` began before `other` ended, whatever days their partial dates mean."""
    if not one["start"] or not (other["end"] or other["is_current"]):
        return False
    ended = first_day(other["end"]) if other["end"] else on
    return last_day(one["start"]) < ended


def _value(field: EntryField, text: str) -> object:
    if field.kind == "tick":
        return bool(text)
    if not text:
        return valid_or_raise("", f"{field.label} belum diisi." if field.is_required else None)
    if field.kind == "choice":
        return valid_or_raise(
            text, None if text in field.options else "Pilih salah satu dari daftar."
        )
    if field.kind == "partial_date":
        return _partial_date(text)
    if field.kind == "lines":
        return valid_or_raise(
            text, indonesian.check_text(text, MAX_DESCRIPTION_LENGTH, is_multiline=True)
        )
    return text_check(20 if field.name == "score" else 100)(text)


def _partial_date(text: str) -> str:
    parsed = parse_partial_date(text)
    if parsed is None:
        raise InvalidField(
            "Tulis tahun, bulan/tahun, atau tanggal: 2021, 06/2021, atau 15/06/2021."
        )
    return parsed


def _check_period(
    checked: CheckResult, rule: SectionRule, born: date | None, context: CheckContext
) -> None:
    """Nothing before the birth, nothing in the future, no end before the start."""
    start, end = checked.values.get("start", ""), checked.values.get("end", "")
    if checked.values.get("is_current") and end:
        checked.errors["end"] = END_AND_CURRENT
    if checked.values.get("is_current") is False and start and not end:
        checked.errors.setdefault("end", END_MISSING)
    for name, day in (("start", start), ("end", end)):
        if day and (error := _date_error(day, name, rule, born, context.day)):
            checked.errors.setdefault(name, error)
    if start and end and last_day(end) < first_day(start):
        checked.errors.setdefault("end", "Waktu selesai ini sebelum waktu mulai. Periksa keduanya.")


def _date_error(day: str, name: str, rule: SectionRule, born: date | None, on: date) -> str | None:
    if last_day(day) < (born or date(1900, 1, 1)):
        return "Waktu ini sebelum tanggal lahir Anda. Periksa tahunnya."
    if first_day(day) > on and not (name == "end" and rule.may_end_later):
        return "Waktu ini belum tiba. Tulis yang sudah terjadi."
    if first_day(day).year > on.year + 100:
        return "Tahun ini terlalu jauh. Periksa angkanya."
    return None
