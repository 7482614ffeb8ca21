"""Queries for a person's facts: as a form, as `Facts` to show, NIK warnings, what is missing."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from ...core import clock, indonesian, regions
from ...core.settings import settings
from ...people.models import Person
from ..models import Profile
from ..rules.facts import EDUCATION, OPTIONAL, PERSONAL, Facts, fields_of


@dataclass
class Option:
    """One option of a choice on the screen."""

    value: str
    label: str


@dataclass
class PersonalForm:
    """The stored personal data as it is typed, and warnings about it."""

    nik: str = ""
    name: str = ""
    birth_place: str = ""
    birth_date: str = ""
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
    phone: str = ""
    warnings: list[str] = field(default_factory=list)  # about the NIK; saving is allowed


@dataclass
class EducationForm:
    """The stored education and skills as they are typed, and which fields the level has."""

    education: str = ""
    major: str = ""
    graduation_year: str = ""
    skills: str = ""
    has_major: bool = True
    has_year: bool = True


@dataclass
class RegionLists:
    """The options of each level of an address."""

    provinces: list[Option] = field(default_factory=list)
    regencies: list[Option] = field(default_factory=list)
    districts: list[Option] = field(default_factory=list)
    villages: list[Option] = field(default_factory=list)


def get_profile(session: Session, person_id: int) -> Profile:
    """The person's profile; an empty one, not yet stored, when there is none so far."""
    stored = session.get(Profile, person_id)
    return stored or Profile(person_id=person_id, updated=clock.now())


def profiles_of(session: Session, people: Collection[int]) -> dict[int, Profile]:
    """`get_profile` of each of these people, in one query."""
    stored = select(Profile).where(col(Profile.person_id).in_(people))
    known = {profile.person_id: profile for profile in session.exec(stored)}
    now = clock.now()
    return {
        number: known.get(number) or Profile(person_id=number, updated=now) for number in people
    }


def is_changed_since(session: Session, person_id: int, moment: datetime) -> bool:
    """Whether the person changed anything in the profile since that moment."""
    changed = select(Profile.person_id).where(
        Profile.person_id == person_id, col(Profile.updated) >= moment
    )
    return session.exec(changed).first() is not None


def personal_form(session: Session, *, by: Person) -> PersonalForm:
    """My personal data, with warnings where its NIK contradicts other fields."""
    return PersonalForm(**typed_personal(session, by=by), warnings=warnings_of(session, by=by))


def typed_personal(session: Session, *, by: Person) -> dict[str, str]:
    """My personal data as it is typed.

    Before the first save it begins with my account's name and the office's own regency.
    """
    profile = get_profile(session, by.id)
    typed = {name: value for name, value in as_form(profile).items() if name in PERSONAL}
    if not profile.name:
        typed["name"] = by.name
    province, regency = settings.region_code[:2], settings.region_code[2:]
    if not profile.regency and profile.province in ("", province):
        typed |= {"province": province, "regency": f"{province}.{regency}"}
    return typed


def education_form(session: Session, *, by: Person) -> EducationForm:
    """My education and skills."""
    profile = get_profile(session, by.id)
    typed = {name: value for name, value in as_form(profile).items() if name in EDUCATION}
    shown = fields_of(profile.education)
    return EducationForm(**typed, has_major="major" in shown, has_year="graduation_year" in shown)


def warnings_of(session: Session, *, by: Person) -> list[str]:
    """Where my NIK contradicts my birth date, sex or region; a hint, since it may be right."""
    profile = get_profile(session, by.id)
    return indonesian.nik_warnings(
        profile.nik,
        profile.birth_date,
        profile.sex,
        region_code=settings.region_code,
        regency=settings.regency,
    )


def region_lists(province: str, regency: str, district: str) -> RegionLists:
    """The options of an address whose upper levels have these codes; empty below an unknown one."""
    return RegionLists(
        provinces=_options(regions.provinces()),
        regencies=_options(regions.regencies(province)),
        districts=_options(regions.districts(regency)),
        villages=_options(regions.villages(district)),
    )


def missing_personal(profile: Profile) -> list[str]:
    """Labels of the personal fields still empty, in the order of the screen."""
    return [label for name, label in PERSONAL.items() if not getattr(profile, name)]


def missing_education(profile: Profile) -> list[str]:
    """Labels of the education fields still empty that this level of education requires."""
    needed = fields_of(profile.education) - OPTIONAL
    return [
        label for name, label in EDUCATION.items() if name in needed and not getattr(profile, name)
    ]


def as_form(profile: Profile) -> dict[str, str]:
    """The profile as it is typed: dates DD/MM/YYYY, phone with its 0."""
    form = {name: str(getattr(profile, name) or "") for name in PERSONAL | EDUCATION}
    form["birth_date"] = indonesian.typed_date(profile.birth_date)
    form["phone"] = indonesian.local_phone(profile.phone)
    return form


def facts_of(session: Session, person_id: int) -> Facts:
    """The person's facts with region names instead of codes, ready to show, print or copy."""
    return _facts(get_profile(session, person_id))


def facts_of_all(session: Session, people: Collection[int]) -> dict[int, Facts]:
    """`facts_of` each of these people, in one query."""
    return {number: _facts(profile) for number, profile in profiles_of(session, people).items()}


def _facts(profile: Profile) -> Facts:
    texts = {name: getattr(profile, name) or "" for name in PERSONAL | EDUCATION}
    named = {level: regions.name_of(getattr(profile, level)) for level in regions.LEVELS}
    other = {
        "birth_date": profile.birth_date.isoformat() if profile.birth_date else "",
        "village_code": profile.village,
        "graduation_year": profile.graduation_year,
        "skills": profile.skills.splitlines(),
    }
    return Facts.model_validate(texts | named | other)


def _options(found: list[regions.Region]) -> list[Option]:
    return [Option(region.code, region.name) for region in found]
