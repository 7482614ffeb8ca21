"""Data of the seven profile screens: stored values as typed, lists, open entry, suggestions."""

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
    """A stored paper for the field `ui.upload`; with an empty id there is none."""

    public_id: str = ""
    file_name: str = ""
    detail: str = ""


@dataclass
class BiodataScreen:
    """Step 2: its fields as they are typed, and the region lists of both addresses."""

    form: dict[str, str] = field(default_factory=dict)
    lists: RegionLists = field(default_factory=RegionLists)
    domicile_lists: RegionLists = field(default_factory=RegionLists)
    warnings: list[str] = field(default_factory=list)
    occupation: str = ""  # its name; the form has the code
    email: str = ""


@dataclass
class SchoolScreen:
    """Step 3: the last education as it is typed; `answer` is "none", "some" or not yet ""."""

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
    """A section's entries; `answer` is "none", "some", or empty for not answered."""

    answer: str = ""
    rows: list[EntryRow] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class Editor:
    """The entry that is open on the screen: its form, or the field for its proof.

    With an empty `mode` none is open.
    """

    section: str = ""
    mode: str = ""  # form, proof
    public_id: str = ""  # empty: a new one
    title: str = ""
    typed: dict[str, str] = field(default_factory=lambda: dict.fromkeys(ENTRY_COLUMNS, ""))
    proof: StoredPaper = field(default_factory=StoredPaper)


@dataclass
class SkillsScreen:
    """Step 7: the skills; `has_none` when the person answered that there are none."""

    skills: list[str] = field(default_factory=list)
    has_none: bool = False


def my_completeness(session: Session, by: Person) -> Completeness:
    """How complete my profile is."""
    return completeness(session, by.id)


def my_photo(session: Session, by: Person) -> StoredPaper:
    """My photo, which is also the AK1's."""
    return _stored(attachments.current_papers(session, by.id).get(Kind.PHOTO))


def biodata_screen(session: Session, by: Person) -> BiodataScreen:
    """The data of my step 2."""
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
    """The fields of my step 2 as they are typed.

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
    """My last education, which is also the AK1's, and the fields its level has."""
    profile = get_profile(session, by.id)
    answer = "none" if profile.education is Education.NONE else "some"
    fields = fields_of(profile.education)
    return SchoolScreen(
        form=typed_school(session, by=by),
        answer=answer if profile.education else "",
        has_major="major" in fields,
        has_year="graduation_year" in fields,
    )


def typed_school(session: Session, *, by: Person) -> dict[str, str]:
    """My last education as it is typed."""
    profile = get_profile(session, by.id)
    form = as_form(profile)
    return {name: form[name] for name in EDUCATION} | {n: getattr(profile, n) for n in SCHOOL}


def skills_screen(session: Session, by: Person) -> SkillsScreen:
    """My skills, which are also the AK1's."""
    profile = get_profile(session, by.id)
    nothing = Section.SKILLS in profile.nothing_in.split()
    return SkillsScreen(skill_list(profile.skills), has_none=nothing)


def entry_lists(session: Session, by: Person) -> dict[str, EntryList]:
    """All my entries by section, with warnings about overlapping periods."""
    nothing = get_profile(session, by.id).nothing_in.split()
    proofs = attachments.current_proofs(session, by.id)
    return {
        section.value: _list(entries_of(session, by.id, section), section in nothing, proofs)
        for section, rule in RULES.items()
        if rule.fields
    }


def editor_of(session: Session, by: Person, public_id: str, mode: str) -> Editor:
    """My entry, opened to change it (mode "form") or to upload its proof ("proof")."""
    entry = find_entry(session, public_id, by=by)
    proof = _stored(attachments.current_proofs(session, by.id).get(entry.public_id))
    is_proof = mode == "proof" and RULES[Section(entry.section)].proof
    title = shown_entry(entry).title
    mode = "proof" if is_proof else "form"
    return Editor(entry.section, mode, entry.public_id, title, typed_entry(entry), proof)


def reload_editor(session: Session, by: Person, public_id: str, mode: str) -> Editor:
    """My open entry as it is stored now; none is open when it was deleted meanwhile."""
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
    """What is open after an entry was saved: for a new one the field of its proof, else nothing."""
    opened = editor_of(session, by, public_id, "proof")
    return opened if is_new and opened.mode == "proof" else Editor()


def matching_occupations(text: str) -> list[Option]:
    """Occupations that match the typed text; the label names the group too."""
    return [Option(one.code, f"{one.name} · {one.group}") for one in occupations.search(text)]


def matching_skills_for_me(session: Session, by: Person, text: str) -> list[str]:
    """Listed skills that match the typed text and that I do not have yet."""
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
    """Warnings about jobs or schools at the same time; both may be right, so saving is allowed."""
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
