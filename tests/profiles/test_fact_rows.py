"""The rows of facts a person reads: labels, empty values and joined lines."""

from datetime import date

import pytest

from barut_reflex.profiles.rules.fact_rows import ROW_LABELS, FactRow, birth, place_and_day, rows_of
from barut_reflex.profiles.rules.facts import Facts

AHMAD = Facts(
    nik="6205050707000006",
    birth_place="Muara Teweh",
    birth_date="2000-07-07",
    rt="1",
    rw="2",
    phone="+6282312345678",
    graduation_year=2023,
)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("nik", FactRow("NIK", "6205050707000006")),
        ("birth_date", FactRow("Tanggal Lahir", "7 Juli 2000")),
        ("birth", FactRow("Tempat, Tanggal Lahir", "Muara Teweh, 7 Juli 2000")),
        ("rt_rw", FactRow("RT / RW", "1 / 2")),
        ("phone", FactRow("Nomor HP", "082312345678")),
        ("graduation_year", FactRow("Tahun Lulus", "2023")),
        ("religion", FactRow("Agama", "")),
    ],
)
def test_a_fact_is_read_under_its_label(name, row):
    assert rows_of(AHMAD, name) == [row]


def test_what_was_not_given_is_empty():
    assert [row.value for row in rows_of(Facts(), *ROW_LABELS)] == [""] * len(ROW_LABELS)


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (AHMAD, "Muara Teweh, 7 Juli 2000"),
        (Facts(birth_place="Muara Teweh"), "Muara Teweh"),
        (Facts(birth_date="2000-07-07"), "7 Juli 2000"),
        (Facts(), ""),
    ],
)
def test_place_and_day_of_birth_share_a_line(facts, line):
    assert birth(facts) == line


def test_a_profile_writes_the_same_line():
    assert place_and_day("Muara Teweh", date(2000, 7, 7)) == birth(AHMAD)
