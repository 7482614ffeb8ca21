"""The profile's part in the copy of one's own data: the facts, and every section as shown."""

from sqlmodel import Session

from ..people.models import Person
from .queries import facts as facts_queries
from .queries import sections
from .queries.sections import SectionShown
from .rules import fact_rows
from .rules.facts import EDUCATION, PERSONAL, Facts


def facts(session: Session, person: Person) -> dict[str, object]:
    return in_words(facts_queries.facts_of(session, person.id))


def in_words(facts: Facts) -> dict[str, object]:
    """Facts by their labels; also those that an application or a card keeps."""
    rows = fact_rows.rows_of(facts, *PERSONAL, *fact_rows.SCHOOLING)
    words: dict[str, object] = {row.label: row.value for row in rows}
    return words | {EDUCATION["skills"]: facts.skills}


def profile(session: Session, person: Person) -> list[dict[str, object]]:
    return [_section(one) for one in sections.sections_of(session, person.id)]


def nik_of(session: Session, person: Person) -> str:
    """The NIK that the person gave; empty while there is none."""
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
