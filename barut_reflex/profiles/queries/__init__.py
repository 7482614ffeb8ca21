"""Questions about a person's facts, answered with small dataclasses."""

from .completeness import Completeness, Missing, completeness
from .entries import entries_of, get_entry
from .facts import (
    EducationForm,
    Option,
    PersonalForm,
    RegionLists,
    ShownFacts,
    as_form,
    education_form,
    facts_of,
    get_profile,
    missing_education,
    missing_personal,
    personal_form,
    region_lists,
    shown,
    warnings_of,
)
from .sections import EntryShown, SectionShown, sections_of

__all__ = [
    "Completeness",
    "EducationForm",
    "EntryShown",
    "Missing",
    "Option",
    "PersonalForm",
    "RegionLists",
    "SectionShown",
    "ShownFacts",
    "as_form",
    "completeness",
    "education_form",
    "entries_of",
    "facts_of",
    "get_entry",
    "get_profile",
    "missing_education",
    "missing_personal",
    "personal_form",
    "region_lists",
    "sections_of",
    "shown",
    "warnings_of",
]
