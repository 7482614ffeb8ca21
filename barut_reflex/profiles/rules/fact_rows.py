"""A person's facts as rows of label and value, for pages, cards and the data copy.

The caller names the rows and so sets their order.
"""

from dataclasses import dataclass
from datetime import date

from ...core import indonesian
from .facts import EDUCATION, PERSONAL, Facts

SCHOOLING = ("education", "major", "graduation_year")  # without the skills: a list, not one value
ROW_LABELS = (
    PERSONAL
    | {name: EDUCATION[name] for name in SCHOOLING}
    | {"birth": "Tempat, Tanggal Lahir", "rt_rw": "RT / RW"}
)


@dataclass
class FactRow:
    """One fact under its label; an empty value means that there is none."""

    label: str = ""
    value: str = ""


def rows_of(facts: Facts, *names: str) -> list[FactRow]:
    """Rows of these names, which are keys of `ROW_LABELS`; dates are long, phones local."""
    texts = facts.model_dump() | {
        "birth_date": place_and_day("", birthday(facts)),
        "birth": birth(facts),
        "rt_rw": f"{facts.rt} / {facts.rw}" if facts.rt or facts.rw else "",
        "phone": indonesian.local_phone(facts.phone),
        "graduation_year": str(facts.graduation_year or ""),
    }
    return [FactRow(ROW_LABELS[name], texts[name]) for name in names]


def birthday(facts: Facts) -> date | None:
    """The date of birth, if there is one."""
    return date.fromisoformat(facts.birth_date) if facts.birth_date else None


def birth(facts: Facts) -> str:
    """Place and date of birth in one line."""
    return place_and_day(facts.birth_place, birthday(facts))


def place_and_day(place: str, day: date | None) -> str:
    """A birth place and a date in one line; either may be missing."""
    return ", ".join(filter(None, (place, indonesian.long_date(day) if day else "")))
