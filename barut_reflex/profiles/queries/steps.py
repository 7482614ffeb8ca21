"""What the screens of the seven steps need, as it is typed."""

from dataclasses import dataclass, field
from itertools import combinations

from sqlmodel import Session

from ...core import clock, indonesian, occupations
from ...core.figures import size_text
from ...core.settings import settings
from ...documents.models import Document
from ...documents.rules import Kind
from ...documents.service import attachments
from ...people.models import Person
from ..models import Entry
from ..rules.biodata import BIODATA, SCHOOL
from ..rules.facts import EDUCATION, Education, fields_of
from ..rules.partial_dates import typed_partial_date
from ..rules.sections import ENTRY_COLUMNS, RULES, Section, overlap
from ..rules.skills import matching_skills, skill_list
from .completeness import Completeness, completeness
from .entries import NoSuchEntry, entries_of, find_entry
from .facts import (
    Option,
    RegionLists,
    as_form,
    get_profile,
    region_lists,
    typed_personal,
    warnings_of,
)
from .sections import shown_entry

OVERLAP_WARNING = (
    "Waktu “{one}” dan “{other}” bertumpang tindih. Biarkan bila memang bersamaan; bila tidak, "
    "perbaiki tanggalnya."
)


@dataclass
class StoredPaper:
    """A paper for `ui.upload`; with an empty id there is none."""

    public_id: str = ""
    file_name: str = ""
    detail: str = ""


@dataclass
class BiodataScreen:
    """Step 2 as it is typed, with the lists of both addresses."""

    form: dict[str, str] = field(default_factory=dict)
    lists: RegionLists = field(default_factory=RegionLists)
    domicile_lists: RegionLists = field(default_factory=RegionLists)
    warnings: list[str] = field(default_factory=list)
    occupation: str = ""  # in words
    email: str = ""


@dataclass
class SchoolScreen:
    """The last education of step 3 as it is typed; `answer` is "none" or "some"."""

    form: dict[str, str] = field(default_factory=dict)
    answer: str = ""
    has_major: bool = True
    has_year: bool = True


@dataclass
class EntryRow:
    """One entry in the list of its section."""

    public_id: str = ""
    title: str = ""
    subtitle: str = ""
    period: str = ""
    lines: list[str] = field(default_factory=list)
    proof: StoredPaper = field(default_factory=StoredPaper)


@dataclass
class EntryList:
    """A section on its step; `answer` is "none", "some", or empty for not answered."""

    answer: str = ""
    rows: list[EntryRow] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class Editor:
    """The one entry that is open: its form, or the field for its proof. Empty mode: none is."""

    section: str = ""
    mode: str = ""  # form, proof
    public_id: str = ""  # empty: a new one
    title: str = ""
    typed: dict[str, str] = field(default_factory=lambda: dict.fromkeys(ENTRY_COLUMNS, ""))
    proof: StoredPaper = field(default_factory=StoredPaper)


@dataclass
class SkillsScreen:
    """Step 7: the skills so far; `has_none` when the person said there are none."""

    skills: list[str] = field(default_factory=list)
    has_none: bool = False


def my_completeness(session: Session, by: Person) -> Completeness:
    """How far my profile is."""
    return completeness(session, by.id)


def my_photo(session: Session, by: Person) -> StoredPaper:
    """My photo, the same as the AK1's."""
    return _stored(attachments.current_papers(session, by.id).get(Kind.PHOTO))


def biodata_screen(session: Session, by: Person) -> BiodataScreen:
    """My step 2, with the lists of both addresses."""
    form = typed_biodata(session, by=by)
    return BiodataScreen(
        form=form,
        lists=region_lists(form["province"], form["regency"], form["district"]),
        domicile_lists=region_lists(
            form["domicile_province"], form["domicile_regency"], form["domicile_district"]
        ),
        warnings=warnings_of(session, by=by),
        occupation=occupations.name_of(form["occupation"]),
        email=by.email,
    )


def typed_biodata(session: Session, *, by: Person) -> dict[str, str]:
    """My step 2 as it is typed.

    Before the first save the domicile begins with the office's own regency.
    """
    profile = get_profile(session, by.id)
    form = as_form(profile) | {name: str(getattr(profile, name) or "") for name in BIODATA}
    form |= typed_personal(session, by=by)
    form["wants_training"] = "on" if profile.wants_training else ""
    if not form["domicile_province"]:
        province, regency = settings.region_code[:2], settings.region_code[2:]
        form |= {"domicile_province": province, "domicile_regency": f"{province}.{regency}"}
    return form


def school_screen(session: Session, by: Person) -> SchoolScreen:
    """My last education, the AK1's own, and what its level asks."""
    profile = get_profile(session, by.id)
    answer = "none" if profile.education is Education.NONE else "some"
    asked = fields_of(profile.education)
    return SchoolScreen(
        form=typed_school(session, by=by),
        answer=answer if profile.education else "",
        has_major="major" in asked,
        has_year="graduation_year" in asked,
    )


def typed_school(session: Session, *, by: Person) -> dict[str, str]:
    """My last education as it is typed."""
    profile = get_profile(session, by.id)
    kept = as_form(profile)
    return {name: kept[name] for name in EDUCATION} | {n: getattr(profile, n) for n in SCHOOL}


def skills_screen(session: Session, by: Person) -> SkillsScreen:
    """My skills, the AK1's own."""
    profile = get_profile(session, by.id)
    nothing = Section.SKILLS in profile.nothing_in.split()
    return SkillsScreen(skill_list(profile.skills), has_none=nothing)


def entry_lists(session: Session, by: Person) -> dict[str, EntryList]:
    """All my entries by section, with what may be a slip in them."""
    nothing = get_profile(session, by.id).nothing_in.split()
    proofs = attachments.current_proofs(session, by.id)
    return {
        section.value: _list(entries_of(session, by.id, section), section in nothing, proofs)
        for section, rule in RULES.items()
        if rule.fields
    }


def editor_of(session: Session, by: Person, public_id: str, mode: str) -> Editor:
    """My entry, opened to be changed ("form") or proved ("proof")."""
    entry = find_entry(session, public_id, by=by)
    proof = _stored(attachments.current_proofs(session, by.id).get(entry.public_id))
    is_proof = mode == "proof" and RULES[Section(entry.section)].proof
    title = shown_entry(entry).title
    mode = "proof" if is_proof else "form"
    return Editor(entry.section, mode, entry.public_id, title, typed_entry(entry), proof)


def reload_editor(session: Session, by: Person, public_id: str, mode: str) -> Editor:
    """My entry as it stands now, for the form that is open; none when it was removed meanwhile."""
    try:
        return editor_of(session, by, public_id, mode)
    except NoSuchEntry:
        return Editor()


def typed_entry(entry: Entry) -> dict[str, str]:
    """An entry as it is typed."""
    values = {name: str(getattr(entry, name)) for name in ENTRY_COLUMNS}
    values |= {name: typed_partial_date(getattr(entry, name)) for name in ("start", "end")}
    return values | {"is_current": "on" if entry.is_current else ""}


def editor_after_save(session: Session, by: Person, public_id: str, *, is_new: bool) -> Editor:
    """What is open once an entry was saved: for a new one the field of its proof, else nothing."""
    opened = editor_of(session, by, public_id, "proof")
    return opened if is_new and opened.mode == "proof" else Editor()


def matching_occupations(text: str) -> list[Option]:
    """Occupations that fit what is typed; the label names the group too."""
    return [Option(one.code, f"{one.name} · {one.group}") for one in occupations.search(text)]


def matching_skills_for_me(session: Session, by: Person, text: str) -> list[str]:
    """Listed skills that fit what is typed and that I do not have yet."""
    return matching_skills(text, skill_list(get_profile(session, by.id).skills))


def _list(rows: list[Entry], is_none: bool, proofs: dict[str, Document]) -> EntryList:
    shown = [_row(row, proofs.get(row.public_id)) for row in rows]
    answer = "some" if shown else ("none" if is_none else "")
    return EntryList(answer, shown, _overlaps(rows))


def _row(entry: Entry, proof: Document | None) -> EntryRow:
    words = shown_entry(entry)
    return EntryRow(
        entry.public_id, words.title, words.subtitle, words.period, words.lines, _stored(proof)
    )


def _overlaps(rows: list[Entry]) -> list[str]:
    """Two jobs at once, or two schools, may be true: a hint, never a block."""
    if not rows or rows[0].section not in (Section.EXPERIENCE, Section.EDUCATION):
        return []
    return [
        OVERLAP_WARNING.format(one=shown_entry(one).title, other=shown_entry(other).title)
        for one, other in combinations(rows, 2)
        if overlap(one.model_dump(), other.model_dump(), clock.today())
    ]


def _stored(document: Document | None) -> StoredPaper:
    if document is None:
        return StoredPaper()
    day = indonesian.long_date(document.at)
    detail = f"{size_text(document.size)}, {day}"
    return StoredPaper(document.public_id, document.original_name, detail)
