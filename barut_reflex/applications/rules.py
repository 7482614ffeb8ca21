"""Which papers go with an application (SPEC section 4, Papers)."""

from ..documents.rules import AK1_PAPERS, Kind, NoSuchKind
from ..profiles.rules.facts import Education

ALWAYS_REQUIRED = (Kind.ID_CARD, Kind.FAMILY_CARD, Kind.PHOTO)


def kind_named(value: str) -> Kind:
    """The kind of paper behind a form's value; `NoSuchKind` for anything else."""
    if value not in AK1_PAPERS:
        raise NoSuchKind
    return Kind(value)


def required_papers(education: Education | None, *, has_skills: bool) -> list[Kind]:
    """Diploma unless no school was finished, certificate when a skill is typed.

    As long as no education is chosen the diploma is not asked for: that answer comes first.
    """
    papers: list[Kind] = list(ALWAYS_REQUIRED)
    if education not in (None, Education.NONE):
        papers.append(Kind.DIPLOMA)
    if has_skills:
        papers.append(Kind.SKILL_CERTIFICATE)
    return papers
