"""The entries of my profile, my skills, and the answer "I have none"."""

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

SAME_ENTRY_FIELDS = ("title", "organisation", "kind", "start")  # two entries with all these are one


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
    """Keep one entry of my profile, a new one when `public_id` is empty.

    All or nothing. Raises `Invalid` with a sentence for each wrong field, `DuplicateEntry`, or
    `TooManyEntries`.
    A field that is not in `form` was not changed there, and counts as it stands here. An entry
    takes back the answer that there is none.
    """
    asked = _with_entries(section)
    profile = lock_profile(session, by)
    known = lock_entry(session, public_id, by=by) if public_id else None
    if known and known.section != asked:
        raise NoSuchSection
    whole = (typed_entry(known) if known else {}) | dict(form)
    checked = check_entry(asked, whole, profile.birth_date, check_context())
    if checked.errors:
        raise Invalid(checked.errors)
    entry = known or _new_entry(session, asked, by)
    for name in ENTRY_COLUMNS:
        setattr(entry, name, checked.values.get(name, False if name == "is_current" else ""))
    _refuse_duplicate(session, entry)
    entry.updated = clock.now()
    session.add(entry)
    _set_answer(profile, asked, is_none=False)
    _save_profile(session, profile, "save_entry", by, f"{asked} {entry.public_id}")
    return entry


def remove_entry(session: Session, by: Person, public_id: str) -> None:
    """Take one entry of my profile away, and the paper that proves it."""
    entry = lock_entry(session, public_id, by=by)
    attachments.detach(session, by, Kind.PROOF, proves=entry.public_id)
    session.delete(entry)
    profile = lock_profile(session, by)
    _save_profile(session, profile, "remove_entry", by, f"{entry.section} {entry.public_id}")


def answer(session: Session, by: Person, section: str, *, is_none: bool) -> None:
    """Say that I have nothing to tell in a section, or take that back.

    `EntriesRemain` while entries say otherwise: nothing is thrown away by a tick.
    """
    asked = _section(section)
    if asked not in SECTIONS_WITH_NONE_ANSWER:
        raise NoSuchSection
    profile = lock_profile(session, by)
    has_some = (
        bool(profile.skills) if asked is Section.SKILLS else bool(entries_of(session, by.id, asked))
    )
    if is_none and has_some:
        raise EntriesRemain(field=asked)
    if _set_answer(profile, asked, is_none=is_none):
        _save_profile(
            session, profile, "answer_section", by, f"{asked} {'none' if is_none else 'some'}"
        )


def answer_school(session: Session, by: Person, *, is_none: bool) -> None:
    """Say that I finished no school, which the AK1 asks as a level of its own, or take it back."""
    if is_none and entries_of(session, by.id, Section.EDUCATION):
        raise EntriesRemain
    was_none = get_profile(session, by.id).education is Education.NONE
    if is_none or was_none:
        level = Education.NONE if is_none else ""
        save_school(session, by, {"education": str(level)}, partial=True)


def add_skill(session: Session, by: Person, text: str) -> None:
    """Add one skill, or several on lines of their own; one already there is not doubled."""
    have = skill_list(get_profile(session, by.id).skills)
    skills = with_skill(have, text)
    if skills == have and not text.strip():
        raise SkillUnknown
    _save_skills(session, skills, by)
    _set_answer(lock_profile(session, by), Section.SKILLS, is_none=False)


def remove_skill(session: Session, by: Person, skill: str) -> None:
    """Take one skill away; pressed twice, the second press changes nothing."""
    have = skill_list(get_profile(session, by.id).skills)
    _save_skills(session, [one for one in have if one != skill], by)


def _save_skills(session: Session, skills: list[str], by: Person) -> None:
    """The AK1's own list and rule; a refusal stands at the field of the profile."""
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
    """Whether the answer changed."""
    kept = [key for key in profile.nothing_in.split() if key != section]
    given = " ".join([*kept, section] if is_none else kept)
    changed, profile.nothing_in = given != profile.nothing_in, given
    return changed


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
    asked = _section(section)
    if not RULES[asked].fields:
        raise NoSuchSection
    return asked
