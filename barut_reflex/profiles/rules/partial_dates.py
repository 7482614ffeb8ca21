"""Partial dates: a year, a month or a day, as people remember when they began or ended something.

Stored as ISO text of that length: "2016", "2021-06", "2021-06-15".
"""

import calendar
import re
from datetime import date

from babel.dates import format_date

from ...core import indonesian


def parse_partial_date(text: str) -> str | None:
    """The partial date in a text such as 2021, 06/2021 or 15/06/2021; None for any other text."""
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return text if int(text) else None
    if found := re.fullmatch(r"(\d{1,2})[/.\- ](\d{4})", text, re.ASCII):
        month, year = int(found[1]), int(found[2])
        return f"{year:04}-{month:02}" if 1 <= month <= 12 and year else None
    day = indonesian.parse_date(text)
    return day.isoformat() if day else None


def first_day(text: str) -> date:
    """The earliest day the partial date may mean."""
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """The latest day the partial date may mean."""
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def typed_partial_date(text: str) -> str:
    """The partial date as it is typed: 2021, 06/2021, 15/06/2021."""
    return "/".join(reversed(text.split("-")))


def long_partial_date(text: str) -> str:
    """The partial date in words: 2021, Juni 2021, 15 Juni 2021."""
    if not text:
        return ""
    year, month, day = _parts(text)
    if day:
        return indonesian.long_date(date(year, month, day))
    if month:
        return format_date(date(year, month, 1), "MMMM y", locale=indonesian.LOCALE)
    return str(year)


def period_of(start: str, end: str, *, is_current: bool = False) -> str:
    """A period in words: "Juni 2021 - Sekarang"."""
    until = "Sekarang" if is_current else long_partial_date(end)
    return " - ".join(part for part in (long_partial_date(start), until) if part)


def _parts(text: str) -> tuple[int, int, int]:
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    return year, month, day
