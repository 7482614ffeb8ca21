"""Formats numbers, durations and sizes for Indonesian sentences; limits that several desks share.

A limit is written once, as a constant beside its rule; sentences format that constant.
"""

import math
from datetime import timedelta

MEGABYTE = 1024 * 1024
MAX_SEARCH_LENGTH = 100  # letters, in search fields and in queries
CHECKED_WITHIN = "1x24"  # hours: what the office promises to everyone who applies
ANSWERED_WITHIN = "3x24"  # hours: what the law on personal data (UU PDP) gives an office
_UNITS = {
    "hari": timedelta(days=1),
    "jam": timedelta(hours=1),
    "menit": timedelta(minutes=1),
    "detik": timedelta(seconds=1),
}
_WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan")


def duration(time: timedelta) -> str:
    """`3 menit`; of one hour or day the smaller units: `60 menit`, `24 jam`."""
    return "{} {}".format(*_whole(time, least=2))


def duration_in_words(time: timedelta) -> str:
    """`lima menit`, `satu jam`."""
    number, unit = _whole(time, least=1)
    return f"{in_words(number)} {unit}"


def _whole(time: timedelta, least: int) -> tuple[int, str]:
    """Number and unit: the largest unit that divides `time` and fits in at least `least` times."""
    fits = (u for u, one in _UNITS.items() if time >= least * one and not time % one)
    unit = next(fits, "detik")
    return time // _UNITS[unit], unit


def in_words(number: int) -> str:
    """`lima`; above eight in digits."""
    return _WORDS[number] if number < len(_WORDS) else grouped(number)


def grouped(number: int) -> str:
    """`10.000`."""
    return f"{number:,}".replace(",", ".")


def size_text(size: int) -> str:
    """Bytes as people read them, rounded up: `5,1 MB`, `340 KB`."""
    if size < MEGABYTE:
        return f"{math.ceil(size / 1024)} KB"
    return f"{math.ceil(size / MEGABYTE * 10) / 10:g} MB".replace(".", ",")
