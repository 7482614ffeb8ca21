"""Completeness of a profile: how many percent of the seven steps are done, and what is missing."""

from dataclasses import dataclass, field

from sqlmodel import Session

from ...core import routes
from ...documents.rules import Kind
from ...documents.service import attachments
from ..models import Profile
from ..rules.biodata import BIODATA, SCHOOL, domicile_gaps
from ..rules.facts import PERSONAL, Education
from ..rules.sections import RULES, SECTIONS_WITH_NONE_ANSWER, Section
from .entries import entries_of
from .facts import get_profile, missing_education, missing_personal

STEPS = (
    "Foto Profil",
    "Biodata",
    "Pendidikan",
    "Pengalaman Kerja",
    "Pelatihan",
    "Sertifikasi",
    "Keahlian",
)
REQUIRED_IN_BIODATA = len(PERSONAL) + 2  # answers: with the domicile and the wanted occupation
_FIELD_BY_LABEL = {label: name for name, label in (PERSONAL | BIODATA | SCHOOL).items()}
_FIELD_BY_LABEL |= {
    BIODATA["occupation"]: "find_occupation",
    "Pendidikan Terakhir": "education",
    "Jurusan": "major",
    "Tahun Lulus": "graduation_year",
}


@dataclass
class Missing:
    """A field or section without an answer: its step, its label, and a link to it."""

    step: int
    label: str
    address: str


@dataclass
class Completeness:
    """Which of the seven steps are done, in percent and one by one, and what is missing."""

    percent: int = 0
    is_complete: bool = False
    missing: list[Missing] = field(default_factory=list)
    done: list[bool] = field(default_factory=lambda: [False] * len(STEPS))


def completeness(session: Session, person_id: int) -> Completeness:
    """Count each of the seven steps alike; 100 percent only when nothing is missing."""
    gaps = _gaps(session, person_id)
    shares = [0.0 if gap else 1.0 for gap in gaps.values()]
    shares[1] = max(0, REQUIRED_IN_BIODATA - len(gaps[2])) / REQUIRED_IN_BIODATA
    missing = [
        Missing(step, label, address_of(step, _FIELD_BY_LABEL.get(label, "")))
        for step, labels in gaps.items()
        for label in labels
    ]
    return Completeness(
        percent=int(100 * sum(shares) / len(STEPS)),
        is_complete=not missing,
        missing=missing,
        done=[not labels for labels in gaps.values()],
    )


def address_of(step: int, field: str = "") -> str:
    """The address of a step's page, or of one field on it."""
    page = f"{routes.PROFILE}/{step}/"
    return f"{page}#{field}" if field else page


def _gaps(session: Session, person_id: int) -> dict[int, list[str]]:
    """Labels of what is missing, by step."""
    profile = get_profile(session, person_id)
    photo = attachments.current_papers(session, person_id).get(Kind.PHOTO)
    answered = {
        *profile.nothing_in.split(),
        *(row.section for row in entries_of(session, person_id)),
    }
    if profile.skills:
        answered.add(Section.SKILLS)
    gaps = {1: [] if photo else ["Foto profil"], 2: _biodata(profile), 3: _schooling(profile)}
    for section in SECTIONS_WITH_NONE_ANSWER:
        rule = RULES[section]
        gaps[rule.step] = [] if section in answered else [rule.title]
    return gaps


def _biodata(profile: Profile) -> list[str]:
    wanted = [] if profile.occupation else [BIODATA["occupation"]]
    return [*missing_personal(profile), *domicile_gaps(profile.model_dump())[:1], *wanted]


def _schooling(profile: Profile) -> list[str]:
    has_school = profile.school or profile.education in (None, Education.NONE)
    return [*missing_education(profile), *([] if has_school else [SCHOOL["school"]])]
