"""A whole profile in words, section by section: for check pages, the data copy and the office."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from ...core import indonesian, occupations, regions
from ...people.models import Person
from ..models import Entry, Profile
from ..rules.biodata import Domicile
from ..rules.fact_rows import place_and_day
from ..rules.partial_dates import period_of
from ..rules.sections import RULES, Section
from ..rules.skills import skill_list
from .entries import entries_of_all
from .facts import profiles_of


@dataclass
class EntryShown:
    """One entry of a section, in words."""

    title: str = ""
    subtitle: str = ""
    period: str = ""  # "Juni 2021 - Sekarang"
    lines: list[str] = field(default_factory=list)


@dataclass
class SectionShown:
    """One section of a profile in words; without entries it is empty."""

    key: Section = Section.ABOUT
    title: str = ""
    entries: list[EntryShown] = field(default_factory=list)
    is_none_answer: bool = False  # the person said: I have none


def sections_of(session: Session, person_id: int) -> list[SectionShown]:
    """Every section in the order of the page, empty ones too; none has the NIK or the religion.

    The caller decides who may see which section.
    """
    return sections_of_all(session, [person_id])[person_id]


def sections_of_all(session: Session, people: Collection[int]) -> dict[int, list[SectionShown]]:
    """`sections_of` for several people, in a fixed number of queries."""
    profiles = profiles_of(session, people)
    accounts = select(Person.id, Person.email).where(col(Person.id).in_(people))
    emails = dict(session.exec(accounts).all())
    rows = entries_of_all(session, people)
    return {
        number: _sections(profile, rows[number], emails.get(number, ""))
        for number, profile in profiles.items()
    }


def _sections(profile: Profile, rows: list[Entry], email: str) -> list[SectionShown]:
    from_profile: dict[Section, Callable[[], list[EntryShown]]] = {
        Section.ABOUT: lambda: _about(profile),
        Section.BIODATA: lambda: _biodata(profile),
        Section.CONTACT: lambda: _contact(profile, email),
        Section.EDUCATION: lambda: [*_last_education(profile), *_of(rows, Section.EDUCATION)],
        Section.SKILLS: lambda: [EntryShown(title=one) for one in skill_list(profile.skills)],
    }
    nothing = set(profile.nothing_in.split())
    return [
        SectionShown(
            key=section,
            title=RULES[section].title,
            entries=(
                shown := from_profile.get(section, lambda section=section: _of(rows, section))()
            ),
            is_none_answer=section in nothing and not shown,
        )
        for section in Section
    ]


def shown_entry(entry: Entry) -> EntryShown:
    """One entry in words."""
    section = Section(entry.section)
    place = ", ".join(part for part in (entry.location, entry.place) if part)
    lines = [*_details(entry), place, *entry.description.split("\n")]
    title, subtitle = _headings(entry, section)
    return EntryShown(
        title=title,
        subtitle=subtitle,
        period=period_of(entry.start, entry.end, is_current=entry.is_current),
        lines=[line for line in lines if line.strip()],
    )


def domicile_of(profile: Profile) -> str:
    """Where the person lives, in one line; empty when unknown."""
    if not profile.domicile:
        return ""
    if profile.domicile == Domicile.SAME:
        return _line(profile.address, _names(profile), profile.postcode)
    if profile.domicile == Domicile.ABROAD:
        return _line(profile.domicile_address, [profile.domicile_country], profile.postcode)
    return _line(profile.domicile_address, _names(profile, "domicile_"), profile.postcode)


def _of(rows: list[Entry], section: Section) -> list[EntryShown]:
    return [shown_entry(row) for row in rows if row.section == section]


def _headings(entry: Entry, section: Section) -> tuple[str, str]:
    """The title of an entry, and the line below it: where, or from whom."""
    if section is Section.EDUCATION:
        parts = (entry.kind, entry.title, f"nilai {entry.score}" if entry.score else "")
        return entry.organisation, " · ".join(part for part in parts if part)
    if section is Section.LANGUAGES:
        return entry.title, entry.kind
    score = f"nilai {entry.score}" if entry.score else ""
    return entry.title, " · ".join(part for part in (entry.organisation, score) if part)


def _details(entry: Entry) -> list[str]:
    if entry.section == Section.EXPERIENCE:
        return [entry.kind]
    return [" · ".join(part for part in (entry.field, entry.subfield) if part)]


def _about(profile: Profile) -> list[EntryShown]:
    wanted = occupations.name_of(profile.occupation)
    lines = [line for line in profile.about.split("\n") if line.strip()]
    looking = [f"Mencari pekerjaan: {wanted}"] if wanted else []
    training = ["Sedang mencari pelatihan"] if profile.wants_training else []
    paragraphs = [*lines, *looking, *training]
    return [EntryShown(lines=paragraphs)] if paragraphs else []


def _biodata(profile: Profile) -> list[EntryShown]:
    facts = {
        "Tempat, tanggal lahir": place_and_day(profile.birth_place, profile.birth_date),
        "Jenis kelamin": profile.sex or "",
        "Status": profile.marital_status or "",
    }
    return [EntryShown(title=name, lines=[value]) for name, value in facts.items() if value]


def _contact(profile: Profile, email: str) -> list[EntryShown]:
    facts = {
        "Nomor telepon": indonesian.local_phone(profile.phone),
        "Email": email,
        "Alamat": _line(profile.address, _names(profile), "") if profile.address else "",
        "Alamat domisili": domicile_of(profile),
    }
    return [EntryShown(title=name, lines=[value]) for name, value in facts.items() if value]


def _last_education(profile: Profile) -> list[EntryShown]:
    if not profile.education:
        return []
    grade = f"nilai {profile.grade}" if profile.grade else ""
    level = str(profile.education)
    parts = (level if profile.school else "", profile.major, grade)
    return [
        EntryShown(
            title=profile.school or level,
            subtitle=" · ".join(part for part in parts if part),
            period=f"Lulus {profile.graduation_year}" if profile.graduation_year else "",
        )
    ]


def _names(profile: Profile, prefix: str = "") -> list[str]:
    codes = [getattr(profile, f"{prefix}{level}") for level in reversed(regions.LEVELS)]
    return [regions.name_of(code) for code in codes]


def _line(street: str, names: list[str], postcode: str) -> str:
    return ", ".join(part for part in (street, *names, postcode) if part)
