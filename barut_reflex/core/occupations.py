"""Occupation classification KBJI 2014: lookup by code, and search by words.

Source: `data/SOURCE.md`. The files are read at the first use.
"""

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .figures import MAX_SEARCH_LENGTH
from .indonesian import searchable

DATA = Path(__file__).resolve().parent / "data"
UNITS = DATA / "kbji2014_4digit.csv"
GROUPS = DATA / "kbji2014_golongan_pokok.csv"
MIN_SEARCH_LENGTH = 2  # letters
# Everyday words for a job, and the words of the classification for it.
EVERYDAY_WORDS = {
    "admin": "tata usaha",
    "babysitter": "perawatan anak",
    "bengkel": "mekanik kendaraan",
    "bidan": "kebidanan",
    "cleaning": "kebersihan kantor",
    "desainer": "perancang",
    "driver": "pengemudi",
    "fotokopi": "penggandaan",
    "gudang": "pergudangan",
    "koki": "juru masak",
    "las": "pengelasan",
    "montir": "mekanik kendaraan",
    "ojek": "pengemudi sepeda motor",
    "pelayan": "pramusaji",
    "perawat": "keperawatan",
    "programer": "pemrogram",
    "programmer": "pemrogram",
    "salon": "kecantikan",
    "sales": "penjualan",
    "satpam": "keamanan",
    "security": "keamanan",
    "sopir": "pengemudi",
    "supir": "pengemudi",
    "tambang": "pertambangan",
    "tani": "pertanian",
    "waiter": "pramusaji",
}


class Occupation(NamedTuple):
    """One unit group; `code` has four digits."""

    code: str
    name: str
    group: str  # the major group in words


def find(code: str) -> Occupation | None:
    """The occupation with that code."""
    return _all().get(code)


def name_of(code: str) -> str:
    """The occupation's name, empty when there is none with that code."""
    found = find(code)
    return found.name if found else ""


def search(text: str, most: int = 12) -> list[Occupation]:
    """Occupations that fit all words of `text`, the best first; case and accents do not count."""
    wanted = searchable(text[:MAX_SEARCH_LENGTH]).strip()
    if len(wanted) < MIN_SEARCH_LENGTH:
        return []
    ranked = [
        (rank, name, code)
        for code, name in _folded().items()
        if (rank := _rank(wanted, code, name)) is not None
    ]
    return [_all()[code] for _, _, code in sorted(ranked)[:most]]


def _rank(wanted: str, code: str, name: str) -> int | None:
    """0 is best: the code, the name's own beginning, the words of the trade, all words."""
    if code.startswith(wanted):
        return 0
    if name.startswith(wanted):
        return 1
    trade = " ".join(EVERYDAY_WORDS.get(word, word) for word in wanted.split())
    if trade != wanted and _has_all(trade, name):
        return 2
    if _has_all(wanted, name):
        return 3
    return 4 if wanted in name else None


def _has_all(wanted: str, name: str) -> bool:
    words = re.split(r"\W+", name)
    return all(any(own.startswith(word) for own in words) for word in wanted.split())


@cache
def _all() -> dict[str, Occupation]:
    groups = dict(_rows(GROUPS))
    return {code: Occupation(code, name, groups[code[0]]) for code, name in _rows(UNITS)}


@cache
def _folded() -> dict[str, str]:
    return {code: searchable(one.name) for code, one in _all().items()}


def _rows(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["kode"], row["nama"]) for row in csv.DictReader(file)]
