"""Rules for the papers of an AK1 application: which are accepted, which of them are required."""

from ..documents.rules import AK1_PAPERS, Kind, NoSuchKind
from ..profiles.rules.facts import Education

ALWAYS_REQUIRED = (Kind.ID_CARD, Kind.FAMILY_CARD, Kind.PHOTO)


def kind_named(value: str) -> Kind:
    """The kind of paper that a form's value names; raises `NoSuchKind`."""
    if value not in AK1_PAPERS:
        raise NoSuchKind
    return Kind(value)


def required_papers(education: Education | None, *, has_skills: bool) -> list[Kind]:
    """The required papers: a diploma unless no school was finished, a certificate for skills.

    Before an education is chosen the diploma is not required, since that answer comes first.
    """
    papers: list[Kind] = list(ALWAYS_REQUIRED)
    if education not in (None, Education.NONE):
        papers.append(Kind.DIPLOMA)
    if has_skills:
        papers.append(Kind.SKILL_CERTIFICATE)
    return papers
