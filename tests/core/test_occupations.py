"""The list of occupations: its groups and its search."""

import pytest

from barut_reflex.core import occupations
from probes.factories import known


def names(text):
    return [found.name for found in occupations.search(text)]


def test_every_unit_group_belongs_to_a_major_group():
    assert sum(1 for code in range(10_000) if occupations.find(f"{code:04}")) == 427
    assert known(occupations.find("5120")).group == "Tenaga Usaha Jasa dan Tenaga Penjualan"
    assert occupations.find("0000") is None and occupations.name_of("x") == ""


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("PSIKOLOG", "Psikolog"),
        ("guru sek", "Guru Sekolah Dasar"),
        ("sekolah dasar guru", "Guru Sekolah Dasar"),
        ("2512", "Pengembang Perangkat Lunak"),
        ("sopir bus", "Pengemudi Bus dan Trem"),
        ("perawat", "Asisten Profesional Keperawatan"),
        ("ápotéker", "Apoteker"),
    ],
)
def test_the_best_match_stands_first(typed, first):
    assert first in names(typed)[:3]


@pytest.mark.parametrize("typed", ["", " ", "p", "zzzz", "%", "<b>", "'; --", "a" * 20_000])
def test_what_fits_nothing_finds_nothing(typed):
    assert names(typed) == []


def test_only_a_handful_is_offered():
    assert len(occupations.search("pe")) == 12
