"""Profiles' part of a person's data copy: the facts, and every section as shown; also the NIK."""

from sqlmodel import Session

from ..people.models import Person
from .queries import facts as facts_queries
from .queries import sections
from .queries.sections import SectionShown
from .rules import fact_rows
from .rules.facts import EDUCATION, PERSONAL, Facts


def facts(session: Session, person: Person) -> dict[str, object]:
    """The person's facts by their labels."""
    return in_words(facts_queries.facts_of(session, person.id))


def in_words(facts: Facts) -> dict[str, object]:
    """Facts by their labels; for the copies that applications and cards keep, too."""
    rows = fact_rows.rows_of(facts, *PERSONAL, *fact_rows.SCHOOLING)
    words: dict[str, object] = {row.label: row.value for row in rows}
    return words | {EDUCATION["skills"]: facts.skills}


def profile(session: Session, person: Person) -> list[dict[str, object]]:
    """Every section of the person's profile."""
    return [_section(one) for one in sections.sections_of(session, person.id)]


def nik_of(session: Session, person: Person) -> str:
    """The NIK in the person's profile; empty while there is none."""
    return facts_queries.get_profile(session, person.id).nik


def _section(section: SectionShown) -> dict[str, object]:
    return {
        "bagian": section.title,
        "tidak_ada": section.is_none_answer,
        "isi": [
            {"judul": one.title, "di": one.subtitle, "waktu": one.period, "keterangan": one.lines}
            for one in section.entries
        ],
    }
