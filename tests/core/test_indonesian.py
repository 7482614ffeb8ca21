"""Indonesian dates, numbers, names and texts: how they are read and written."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barut_reflex.core import indonesian as indo

BIDI = ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f"]
INVISIBLE = ["\u200b", "\u200d", "\ufeff", "\u034f", "\u00ad", "\u2028", "\ue000"]
CONTROL = ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\t"]
OTHER_SCRIPTS = ["Ж", "α", "م", "א", "中", "あ", "ꦲ", "ａ", "１", "٣"]
PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~–—‘’“”…·•€§°№"


# -- dates


def test_dates_are_written_the_indonesian_way_on_the_day_in_wib():
    assert indo.long_date(date(2026, 4, 20)) == "20 April 2026"
    assert indo.short_date(date(2026, 4, 22)) == "22 Apr 2026"
    assert indo.long_date(date(2026, 8, 1)) == "1 Agustus 2026"
    assert indo.long_date(datetime(2026, 4, 19, 17, 0, tzinfo=UTC)) == "20 April 2026"
    assert indo.long_date(datetime(2026, 4, 19, 16, 59, 59)) == "19 April 2026"
    assert indo.long_time(datetime(2026, 4, 20, 3, 42, tzinfo=UTC)) == "20 April 2026 10.42"
    assert indo.clock_time(datetime(2026, 4, 20, 3, 42)) == "10.42"


@pytest.mark.parametrize(
    "text", ["07/07/2000", "7/7/2000", "07-07-2000", "07.07.2000", "07072000", " 07/07/2000 "]
)
def test_a_date_is_read_as_people_type_it(text):
    assert indo.parse_date(text) == date(2000, 7, 7)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/2000",
        "29/02/2001",
        "00/01/2000",
        "01/13/2000",
        "2000-07-07",
        "07/07/00",
        "07/07-2000",
        "٠٧/٠٧/٢٠٠٠",
        "07/07/2000x",
        "7072000",
        "01/01/0000",
    ],
)
def test_what_is_no_date_is_none(text):
    assert indo.parse_date(text) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_typed_date_reads_back(day):
    assert indo.parse_date(indo.typed_date(day)) == day


def test_the_age_is_counted_in_full_years():
    on, born = date(2026, 4, 20), date(2011, 4, 20)
    assert indo.birth_date_error(born, on=on, min_age=15) is None
    assert "15 tahun" in (indo.birth_date_error(date(2011, 4, 21), on=on, min_age=15) or "")
    assert indo.birth_date_error(date(2026, 4, 21), on=on, min_age=0)
    assert indo.birth_date_error(date(1850, 1, 1), on=on, min_age=15)
    assert indo.birth_date_error(date(2012, 2, 29), on=date(2027, 2, 28), min_age=15)


# -- numbers


@pytest.mark.parametrize("nik", ["6205050707000006", "6207011234567890", "6205054707000001"])
def test_a_nik_of_16_digits_stands(nik):
    assert indo.nik_error(nik) is None


@pytest.mark.parametrize(
    "nik",
    [
        "",
        "620505070700000",
        "62050507070000061",
        "620505070700000a",
        "1111111111111111",
        "6205050707000000",
        "٦٢٠٥٠٥٠٧٠٧٠٠٠٠٠٦",
        "6205 0507 0700 0006",
    ],
)
def test_anything_else_is_no_nik(nik):
    assert indo.nik_error(nik)


HOME = {"region_code": "6205", "regency": "Kabupaten Barito Utara"}


def test_a_nik_that_fits_gives_no_warning():
    born = date(2000, 7, 7)
    assert indo.nik_warnings("6205050707000006", born, "Laki-laki", **HOME) == []
    assert indo.nik_warnings("6205054707000001", born, "Perempuan", **HOME) == []
    assert indo.nik_warnings("6205050707000006", None, None, **HOME) == []


@pytest.mark.parametrize(
    ("nik", "sex", "says"),
    [
        ("6205050807000006", "Laki-laki", "berbeda dengan tanggal lahir"),
        ("6205050707000006", "Perempuan", "laki-laki"),
        ("6205054707000006", "Laki-laki", "perempuan"),
        ("6207011234567890", "Laki-laki", "bukan tanggal lahir"),
        ("6207010707000006", "Laki-laki", "di luar Kabupaten Barito Utara"),
        ("6205990707000006", "Laki-laki", "tidak ada dalam daftar"),
    ],
)
def test_a_nik_that_does_not_fit_is_only_a_warning(nik, sex, says):
    assert any(says in warning for warning in indo.nik_warnings(nik, date(2000, 7, 7), sex, **HOME))
    assert indo.nik_error(nik) is None


def test_a_broken_nik_has_an_error_and_no_warnings():
    assert indo.nik_warnings("12", date(2000, 7, 7), "Laki-laki", **HOME) == []


def test_a_nik_is_masked_for_lists():
    assert indo.masked_nik("6205050707000006") == "6205**********06"


@pytest.mark.parametrize(
    "text",
    ["082312345678", "0823-1234-5678", "+62 823 1234 5678", "62823 12345678", "(0823)12345678"],
)
def test_a_phone_becomes_e164(text):
    assert indo.normal_phone(text) == "+6282312345678"
    assert indo.local_phone("+6282312345678") == "082312345678"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0519123456",
        "08231234",
        "08231234567890",
        "082312345678a",
        "+1 823 1234 5678",
        "0841234567",
        "٠٨٢٣١٢٣٤٥٦٧٨",
    ],
)
def test_what_is_no_mobile_number_is_none(text):
    assert indo.normal_phone(text) is None


def test_the_staff_numbers_of_the_sources_stand():
    assert indo.staff_number_error("PNS", "198501012010011001") is None
    assert indo.staff_number_error("PNS", "19850101 201001 1 001") is None
    assert indo.staff_number_error("PPPK", "199009132025242014") is None


@pytest.mark.parametrize(
    ("kind", "number", "says"),
    [
        ("PNS", "19850101201001100", "18 angka"),
        ("PNS", "199009132025242014", "01 sampai 12"),
        ("PNS", "198513012010011001", "tanggal lahir"),
        ("PPPK", "199009132025243014", "angka ke-15"),
        ("PPPK", "abc", "NIPPPK"),
    ],
)
def test_a_staff_number_that_breaks_a_rule_is_told(kind, number, says):
    assert says.lower() in (indo.staff_number_error(kind, number) or "").lower()


# -- names and text


@pytest.mark.parametrize(
    "name", ["Ahmad", "Siti Nur’aini, S.Kom.", "M. D'Arcy-Noor", "Ñandú ệ Øde", "Å\u0323ke", "Ng"]
)
def test_a_name_takes_latin_letters_with_any_mark(name):
    assert indo.check_name(indo.tidy(name)) is None


@pytest.mark.parametrize("bad", [*BIDI, *INVISIBLE, *CONTROL, *OTHER_SCRIPTS, "7", "<", "&", "😀"])
def test_everything_else_is_refused_in_a_name_and_named(bad):
    error = indo.check_name(f"Ah{bad}mad")
    assert error is not None
    assert bad in error or f"U+{ord(bad):04X}" in error


@pytest.mark.parametrize("bad", [*BIDI, *INVISIBLE, *CONTROL, *OTHER_SCRIPTS, "😀"])
def test_hidden_signs_and_other_scripts_are_refused_in_texts_too(bad):
    error = indo.check_text(f"Jalan {bad} 1", 200)
    assert error is not None
    assert bad in error or f"U+{ord(bad):04X}" in error


def test_a_hidden_sign_is_named_but_not_repeated():
    assert "\u202e" not in (indo.check_text("a\u202eb", 200) or "")


def test_a_text_takes_digits_and_all_printable_punctuation():
    assert indo.check_text(f"Jl. Merdeka 7/A {PUNCTUATION}", 200) is None
    assert indo.check_text("<script>alert('&')</script> {{7*7}}", 200) is None


def test_lines_are_for_texts_of_several_lines_only():
    assert indo.check_text("a\nb", 200, is_multiline=True) is None
    assert indo.check_text("a\nb", 200)
    assert indo.check_text("a\rb", 200, is_multiline=True)


def test_lengths_are_counted_in_letters():
    assert indo.check_name("é" * 100) is None
    assert indo.check_name(indo.tidy("e\u0301" * 100)) is None
    assert "101" in (indo.check_name("a" * 101) or "")
    assert "201" in (indo.check_text("a" * 201, 200) or "")


def test_a_name_needs_a_letter_and_a_mark_needs_one_too():
    assert indo.check_name("-.-")
    assert indo.check_name("\u0301Ahmad")
    assert indo.check_name("A" + "\u0317" * 8)


def test_lists_name_the_line():
    assert indo.check_lines("las\nmenjahit", most=20, longest=80) is None
    assert (indo.check_lines("las\nЖ", most=20, longest=80) or "").startswith("Baris 2")
    assert indo.check_lines("\n".join("a" * 21), most=20, longest=80)


def test_search_ignores_case_accents_and_the_kind_of_apostrophe():
    assert indo.searchable("SITI Nur’aini Ñandú Đ") == "siti nur'aini nandu d"


@given(st.text(max_size=60))
def test_what_passes_shows_every_character(text):
    tidy = indo.tidy(text)
    if indo.check_text(tidy, 200) is None:
        assert all(character.isprintable() for character in tidy)
