"""Changes of a profile's entries and skills, and of the answer "I have none" to a section."""

from collections.abc import Mapping

from sqlmodel import Session

from ...core import audit, clock
from ...core.errors import Invalid, Refusal
from ...documents.rules import Kind
from ...documents.service import attachments
from ...people.models import Person
from ..models import Entry, Profile
from ..queries.entries import entries_of, lock_entry
from ..queries.facts import get_profile
from ..queries.steps import typed_entry
from ..rules.facts import Education
from ..rules.sections import (
    ENTRY_COLUMNS,
    MAX_ENTRIES,
    RULES,
    SECTIONS_WITH_NONE_ANSWER,
    Section,
    check_entry,
)
from ..rules.skills import skill_list, with_skill
from .facts import check_context, lock_profile, save_education, save_school

SAME_ENTRY_FIELDS = (
    "title",
    "organisation",
    "kind",
    "start",
)  # an entry equal in all is a duplicate


class NoSuchSection(Refusal):
    message = "Bagian ini tidak dikenal. Muat ulang halaman."


class TooManyEntries(Refusal):
    message = (
        f"Paling banyak {MAX_ENTRIES} isian tiap bagian. Hapus yang tidak perlu, lalu tambah lagi."
    )


class DuplicateEntry(Refusal):
    message = "Isian yang sama sudah ada dalam daftar. Ubah yang itu, atau bedakan yang ini."


class EntriesRemain(Refusal):
    message = (
        "Masih ada isian di bagian ini. Hapus dulu semuanya bila memang tidak memiliki riwayat."
    )


class SkillUnknown(Refusal):
    message = "Tulis atau pilih keahlian dahulu, lalu tekan Tambah."
    field = "skill"


def save_entry(
    session: Session, by: Person, section: str, public_id: str, form: Mapping[str, object]
) -> Entry:
    """Save one entry of my profile, a new one when `public_id` is empty.

    All or nothing. Raises `Invalid` with a sentence for each wrong field, `DuplicateEntry`, or
    `TooManyEntries`.
    A field that is missing from `form` was not changed on the screen: its stored value counts.
    Saving an entry takes back the answer "I have none".
    """
    chosen = _with_entries(section)
    profile = lock_profile(session, by)
    known = lock_entry(session, public_id, by=by) if public_id else None
    if known and known.section != chosen:
        raise NoSuchSection
    whole = (typed_entry(known) if known else {}) | dict(form)
    checked = check_entry(chosen, whole, profile.birth_date, check_context())
    if checked.errors:
        raise Invalid(checked.errors)
    entry = known or _new_entry(session, chosen, by)
    for name in ENTRY_COLUMNS:
        setattr(entry, name, checked.values.get(name, False if name == "is_current" else ""))
    _refuse_duplicate(session, entry)
    entry.updated = clock.now()
    session.add(entry)
    _set_answer(profile, chosen, is_none=False)
    _save_profile(session, profile, "save_entry", by, f"{chosen} {entry.public_id}")
    return entry


def remove_entry(session: Session, by: Person, public_id: str) -> None:
    """Delete one entry of my profile, and the paper that proves it."""
    entry = lock_entry(session, public_id, by=by)
    attachments.detach(session, by, Kind.PROOF, proves=entry.public_id)
    session.delete(entry)
    profile = lock_profile(session, by)
    _save_profile(session, profile, "remove_entry", by, f"{entry.section} {entry.public_id}")


def answer(session: Session, by: Person, section: str, *, is_none: bool) -> None:
    """Answer that I have nothing for a section, or take that back.

    Raises `EntriesRemain` while it has entries: ticking a box must not delete anything.
    """
    chosen = _section(section)
    if chosen not in SECTIONS_WITH_NONE_ANSWER:
        raise NoSuchSection
    profile = lock_profile(session, by)
    has_some = (
        bool(profile.skills)
        if chosen is Section.SKILLS
        else bool(entries_of(session, by.id, chosen))
    )
    if is_none and has_some:
        raise EntriesRemain(field=chosen)
    if _set_answer(profile, chosen, is_none=is_none):
        _save_profile(
            session,
            profile,
            "answer_section",
            by,
            f"{chosen} {'none' if is_none else 'some'}",
        )


def answer_school(session: Session, by: Person, *, is_none: bool) -> None:
    """Answer that I finished no school, or take it back; stored as the level `Education.NONE`."""
    if is_none and entries_of(session, by.id, Section.EDUCATION):
        raise EntriesRemain
    was_none = get_profile(session, by.id).education is Education.NONE
    if is_none or was_none:
        level = Education.NONE if is_none else ""
        save_school(session, by, {"education": str(level)}, partial=True)


def add_skill(session: Session, by: Person, text: str) -> None:
    """Add one skill, or several on lines of their own; duplicates are dropped."""
    have = skill_list(get_profile(session, by.id).skills)
    skills = with_skill(have, text)
    if skills == have and not text.strip():
        raise SkillUnknown
    _save_skills(session, skills, by)
    _set_answer(lock_profile(session, by), Section.SKILLS, is_none=False)


def remove_skill(session: Session, by: Person, skill: str) -> None:
    """Remove one skill; does nothing when it is gone already (a button pressed twice)."""
    have = skill_list(get_profile(session, by.id).skills)
    _save_skills(session, [one for one in have if one != skill], by)


def _save_skills(session: Session, skills: list[str], by: Person) -> None:
    """Save the skills by the rule of the AK1's form; an error is shown at the profile's field."""
    try:
        save_education(session, by, {"skills": "\n".join(skills)}, partial=True)
    except Invalid as wrong:
        raise Invalid({"skill": next(iter(wrong.errors.values()))}) from wrong


def _new_entry(session: Session, section: Section, by: Person) -> Entry:
    if len(entries_of(session, by.id, section)) >= MAX_ENTRIES:
        raise TooManyEntries
    return Entry(person_id=by.id, section=section, updated=clock.now())


def _refuse_duplicate(session: Session, entry: Entry) -> None:
    own = [getattr(entry, name) for name in SAME_ENTRY_FIELDS]
    with session.no_autoflush:
        others = entries_of(session, entry.person_id, Section(entry.section))
    for other in others:
        if other.public_id != entry.public_id and own == [
            getattr(other, n) for n in SAME_ENTRY_FIELDS
        ]:
            raise DuplicateEntry(field=RULES[Section(entry.section)].fields[0].name)


def _set_answer(profile: Profile, section: Section, *, is_none: bool) -> bool:
    """Set the answer "I have none" of a section; whether it changed."""
    others = [key for key in profile.nothing_in.split() if key != section]
    answers = " ".join([*others, section] if is_none else others)
    is_changed, profile.nothing_in = answers != profile.nothing_in, answers
    return is_changed


def _save_profile(session: Session, profile: Profile, act: str, by: Person, detail: str) -> None:
    profile.updated = clock.now()
    session.add(profile)
    session.flush()
    audit.record(session, act, by=by, subject=by.public_id, nik=profile.nik, detail=detail)


def _section(section: str) -> Section:
    if section not in list(Section):
        raise NoSuchSection
    return Section(section)


def _with_entries(section: str) -> Section:
    chosen = _section(section)
    if not RULES[chosen].fields:
        raise NoSuchSection
    return chosen
