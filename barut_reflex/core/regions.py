"""Administrative regions of Indonesia by Kemendagri code, from provinces down to villages.

The files are read at the first use. Villages stay one text in memory (2 MB), of which only the
lines of the requested district are parsed. Source and licence: `data/SOURCE.md`.
"""

import csv
import gzip
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parent / "data"
UPPER_LEVELS = DATA / "wilayah_prov_kabkota_kecamatan.csv"
VILLAGES = DATA / "wilayah_desa_nasional.csv.gz"
LEVELS = {"province": 2, "regency": 5, "district": 8, "village": 13}  # length of a code there
SHAPE = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?", re.ASCII)


class NotNested(ValueError):
    """Two levels of one path do not belong together; `level` is the upper of the two."""

    def __init__(self, level: str):
        super().__init__(level)
        self.level = level


class Region(NamedTuple):
    """One region; `code` has a dot between its levels, such as 62.05.01.1003."""

    code: str
    name: str


def provinces() -> list[Region]:
    """All provinces, by code."""
    return _children().get("", [])


def regencies(province: str) -> list[Region]:
    """Kabupaten and kota of a province; empty for an unknown code."""
    return _children().get(province, []) if province else []


def districts(regency: str) -> list[Region]:
    """Kecamatan of a regency; empty for an unknown code."""
    return _children().get(regency, []) if regency else []


def villages(district: str) -> list[Region]:
    """Kelurahan and desa of a district; empty for an unknown code."""
    is_district = len(district) == LEVELS["district"] and district in _names()
    return list(_villages_of(district)) if is_district else []


def find(code: str) -> Region | None:
    """The region with that code, on any level."""
    if not SHAPE.fullmatch(code):
        return None
    if code in _names():
        return Region(code, _names()[code])
    return next((village for village in villages(code[:8]) if village.code == code), None)


def name_of(code: str) -> str:
    """The region's name, empty when there is none with that code."""
    region = find(code)
    return region.name if region else ""


def chosen_path(stored: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The four levels after a choice: `given` counts, `stored` fills in what still fits.

    A level above what was chosen follows from its code; a level below that no longer lies in
    the new choice is emptied. `NotNested` when the given levels contradict each other.
    """
    deepest = next((given[level] for level in reversed(LEVELS) if given.get(level)), "")
    path: dict[str, str] = {}
    upper = None
    for level, length in LEVELS.items():
        above = deepest[:length] if len(deepest) >= length else ""
        if level in given and above not in ("", given[level]):
            raise NotNested(level)
        code = given.get(level, above or stored.get(level, ""))
        is_inside = upper is None or (upper and code.startswith(upper))
        path[level] = upper = code if is_inside else ""
    return path


@cache
def _names() -> dict[str, str]:
    with UPPER_LEVELS.open(encoding="utf-8", newline="") as file:
        return {row["kode"]: row["nama"] for row in csv.DictReader(file)}


@cache
def _children() -> dict[str, list[Region]]:
    children: dict[str, list[Region]] = {}
    for code, name in _names().items():
        children.setdefault(code.rpartition(".")[0], []).append(Region(code, name))
    return children


@cache
def _village_text() -> str:
    with gzip.open(VILLAGES, "rt", encoding="utf-8", newline="\n") as file:
        return file.read()


@lru_cache(maxsize=256)  # live pages ask for the same few districts again and again
def _villages_of(district: str) -> list[Region]:
    text, mark = _village_text(), f"\n{district}."
    first = text.find(mark)
    if first < 0:
        return []
    last = text.rfind(mark, first)  # sorted by code, so a district is one run of lines
    end = text.find("\n", last + 1)
    lines = text[first + 1 : end if end >= 0 else len(text)].splitlines()
    return [Region(code, name) for code, name in csv.reader(lines)]
