"""The list of regions: province, regency, district and village, and how they depend."""

import csv
import gzip
from importlib.util import find_spec, module_from_spec
from pathlib import Path

import pytest

from barut_reflex.core import regions
from barut_reflex.core.regions import NotNested, Region
from probes.factories import known

MELAYU = "62.05.05.1014"


def test_the_four_levels_lead_from_province_to_village():
    assert Region("62", "Kalimantan Tengah") in regions.provinces()
    assert Region("62.05", "Kabupaten Barito Utara") in regions.regencies("62")
    assert Region("62.05.05", "Teweh Tengah") in regions.districts("62.05")
    assert all(village.code.startswith("62.05.05.") for village in regions.villages("62.05.05"))


def test_the_whole_country_is_there():
    regencies = [r for p in regions.provinces() for r in regions.regencies(p.code)]
    districts = [d for r in regencies for d in regions.districts(r.code)]
    assert (len(regions.provinces()), len(regencies), len(districts)) == (38, 514, 7285)


def test_each_district_gives_exactly_its_villages():
    with gzip.open(regions.VILLAGES, "rt", encoding="utf-8", newline="") as file:
        rows = [Region(row["kode"], row["nama"]) for row in csv.DictReader(file)]
    assert len(rows) == 83762
    for code in ("11.01.01", "62.05.01", "12.07.28", "14.02.09", rows[-1].code[:8]):
        assert regions.villages(code) == [row for row in rows if row.code.startswith(code + ".")]


@pytest.mark.parametrize("code", ["", "62", "62.05", "99.99.99", "62.05.0", "62.05.05\n", "../.."])
def test_what_is_no_district_has_no_villages(code):
    assert regions.villages(code) == []


def test_a_name_with_a_comma_is_read_whole():
    assert regions.name_of("12.07.28.1007") == "Lubuk Pakam I,II"


@pytest.mark.parametrize("code", ["", "62.5", "62.05.05.9999", "٦٢", "62.05.05.1014;", "x" * 5000])
def test_an_unknown_code_finds_nothing(code):
    assert regions.find(code) is None
    assert regions.name_of(code) == ""


def path(*codes):
    return dict(zip(regions.LEVELS, codes, strict=True))


FULL = path("62", "62.05", "62.05.05", MELAYU)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"province": "63"}, path("63", "", "", "")),
        ({"province": "62"}, FULL),
        ({"province": ""}, path("", "", "", "")),
        ({"district": "62.05.01"}, path("62", "62.05", "62.05.01", "")),
        ({"village": ""}, path("62", "62.05", "62.05.05", "")),
        ({"district": "63.01.01"}, path("63", "63.01", "63.01.01", "")),
        (path("62", "62.05", "", ""), path("62", "62.05", "", "")),
        (FULL, FULL),
    ],
)
def test_a_choice_keeps_what_fits_and_drops_the_rest(chosen, expected):
    assert regions.chosen_path(FULL, chosen) == expected


def test_levels_that_contradict_each_other_are_refused():
    with pytest.raises(NotNested) as refused:
        regions.chosen_path({}, path("61", "62.05", "62.05.05", MELAYU))
    assert refused.value.level == "province"


def test_nothing_is_read_before_the_first_question(monkeypatch):
    spec = known(find_spec(regions.__name__))
    fresh = module_from_spec(spec)  # another copy, which has answered nobody yet
    known(spec.loader).exec_module(fresh)
    monkeypatch.setattr(fresh, "VILLAGES", Path("nowhere"))
    assert fresh.districts("62.05")
    with pytest.raises(FileNotFoundError):
        fresh.villages("62.05.05")
