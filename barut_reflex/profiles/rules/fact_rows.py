"""A person's facts as they are read, one row a fact: pages say which ones, and in what order."""

from dataclasses import dataclass
from datetime import date

from ...core import indonesian
from .facts import EDUCATION, PERSONAL, Facts

SCHOOLING = ("education", "major", "graduation_year")  # skills are a list, and no row
ROW_LABELS = (
    PERSONAL
    | {name: EDUCATION[name] for name in SCHOOLING}
    | {"birth": "Tempat, Tanggal Lahir", "rt_rw": "RT / RW"}
)


@dataclass
class FactRow:
    """One fact under its label; without a value it was not given."""

    label: str = ""
    value: str = ""


def rows_of(facts: Facts, *names: str) -> list[FactRow]:
    """The facts of these names, out of `LABELS`: long dates, phone with its 0."""
    texts = facts.model_dump() | {
        "birth_date": place_and_day("", birthday(facts)),
        "birth": birth(facts),
        "rt_rw": f"{facts.rt} / {facts.rw}" if facts.rt or facts.rw else "",
        "phone": indonesian.local_phone(facts.phone),
        "graduation_year": str(facts.graduation_year or ""),
    }
    return [FactRow(ROW_LABELS[name], texts[name]) for name in names]


def birthday(facts: Facts) -> date | None:
    return date.fromisoformat(facts.birth_date) if facts.birth_date else None


def birth(facts: Facts) -> str:
    """Place and day in one line."""
    return place_and_day(facts.birth_place, birthday(facts))


def place_and_day(place: str, day: date | None) -> str:
    return ", ".join(filter(None, (place, indonesian.long_date(day) if day else "")))
