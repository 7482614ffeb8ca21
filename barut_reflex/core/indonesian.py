"""Formats and checks for Indonesia: dates, NIK, staff and phone numbers, names, typed text.

Also `searchable`, which folds a text for searching.
"""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date

from . import clock, regions
from .texts import composed, cut

LOCALE = "id"
MAX_AGE = 110  # years; an older birth date is taken for a typing error
NAME_PUNCTUATION = frozenset(" '’-.,")
WORDS_OF_SEX = {"Laki-laki": "laki-laki", "Perempuan": "perempuan"}
SCRIPTS = {
    "ARABIC": "Arab",
    "CYRILLIC": "Kiril",
    "GREEK": "Yunani",
    "HEBREW": "Ibrani",
    "CJK": "Han",
    "HIRAGANA": "Jepang",
    "KATAKANA": "Jepang",
    "HANGUL": "Korea",
    "THAI": "Thai",
    "DEVANAGARI": "Dewanagari",
    "JAVANESE": "Jawa",
    "BALINESE": "Bali",
}
INVISIBLE_MARK = "\u034f"  # combining grapheme joiner: a mark that is not visible
MAX_MARKS_ON_A_LETTER = 3
SEARCH_FOLDS = str.maketrans({"’": "'", "‘": "'", "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i"})


# -- dates ------------------------------------------------------------------------------------


def long_date(moment: date | datetime) -> str:
    """`20 April 2026`; a moment is shown on its day in WIB."""
    return _format_date(_day(moment), "d MMMM y")


def short_date(moment: date | datetime) -> str:
    """`22 Apr 2026`."""
    return _format_date(_day(moment), "d MMM y")


@lru_cache(maxsize=4096)
def _format_date(day: date, form: str) -> str:
    """Cached, because a list formats the same few days over and over."""
    return format_date(day, form, locale=LOCALE)


def long_time(moment: datetime) -> str:
    """`20 April 2026 10.42`, in WIB."""
    return f"{long_date(moment)} {clock_time(moment)}"


def dated(moment: datetime | None) -> str:
    """`20 April 2026 10.42 WIB`; empty for none."""
    return f"{long_time(moment)} WIB" if moment else ""


def clock_time(moment: datetime) -> str:
    """`10.42`, in WIB."""
    return clock.local(moment).strftime("%H.%M")


def typed_date(day: date | None) -> str:
    """`07/07/2000`, the way a date is typed; empty for none."""
    return day.strftime("%d/%m/%Y") if day else ""


def parse_date(text: str) -> date | None:
    """The day meant by DD/MM/YYYY, DD-MM-YYYY, DD.MM.YYYY or DDMMYYYY; None when there is none.

    A phone's numeric keypad may have no slash, hence the last form.
    """
    typed = re.fullmatch(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4})", text.strip(), re.ASCII)
    plain = re.fullmatch(r"(\d\d)()(\d\d)(\d{4})", text.strip(), re.ASCII)
    if not (found := typed or plain):
        return None
    try:
        return date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        return None


def birth_date_error(born: date, *, on: date, min_age: int) -> str | None:
    """What is wrong with a birth date, None if nothing: impossible, or younger than `min_age`."""
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if not 0 <= age <= MAX_AGE:
        return "Tanggal lahir ini tidak mungkin. Periksa tahunnya."
    if age < min_age:
        return f"Layanan ini untuk usia {min_age} tahun ke atas. Periksa tahun lahir."
    return None


def _day(moment: date | datetime) -> date:
    return clock.office_day(moment) if isinstance(moment, datetime) else moment


# -- numbers of people and phones -------------------------------------------------------------


def nik_error(nik: str) -> str | None:
    """What makes a NIK impossible: not 16 digits, all equal, serial 0000; None if nothing."""
    if not re.fullmatch(r"\d{16}", nik, re.ASCII):
        digits = sum(character in "0123456789" for character in nik)
        only = "" if digits == len(nik) else " dan hanya angka"
        return f"NIK harus 16 angka{only}, Anda menulis {digits} angka. Salin dari KTP atau KK."
    if len(set(nik)) == 1 or nik.endswith("0000"):
        return "NIK ini tidak mungkin benar. Salin 16 angka dari KTP atau KK."
    return None


def nik_warnings(
    nik: str, birth_date: date | None, sex: str | None, *, region_code: str, regency: str
) -> list[str]:
    """Hints where a NIK differs from birth date, sex or the office's region; never an error.

    Such a NIK can be lawful: a birth date corrected later leaves it unchanged (PP 40/2019), and a
    region code may be of a region that no longer exists. Digits 7 to 12 are the birth date, the
    day plus 40 for women.
    """
    if nik_error(nik):
        return []
    day, month, year = int(nik[6:8]), int(nik[8:10]), nik[10:12]
    warnings = _region_warnings(nik, region_code, regency)
    day_of_birth = day - 40 if day > 40 else day
    if not (1 <= day_of_birth <= 31 and 1 <= month <= 12):
        return [*warnings, "Angka ke-7 sampai ke-12 NIK bukan tanggal lahir yang mungkin."]
    if birth_date and (day_of_birth, month, year) != (
        birth_date.day,
        birth_date.month,
        f"{birth_date.year % 100:02}",
    ):
        warnings.append("Tanggal lahir di NIK berbeda dengan tanggal lahir yang ditulis.")
    sex_in_nik = "Perempuan" if day > 40 else "Laki-laki"
    if sex and sex != sex_in_nik:
        warnings.append(f"Menurut NIK, jenis kelaminnya {WORDS_OF_SEX[sex_in_nik]}.")
    return warnings


def _region_warnings(nik: str, region_code: str, regency: str) -> list[str]:
    if nik.startswith(region_code):
        district = f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}"
        if regions.find(district):
            return []
        return [f"Kode wilayah {district} di awal NIK tidak ada dalam daftar kecamatan."]
    return [f"NIK ini pertama kali dicatat di luar {regency}."]


def masked_nik(nik: str) -> str:
    """`6205**********06`, for lists."""
    return f"{nik[:4]}{'*' * 10}{nik[-2:]}" if len(nik) == 16 else nik


def normal_phone(text: str) -> str | None:
    """A mobile number as E.164 (`+6282312345678`); None when it is none."""
    bare = re.sub(r"[\s().\-]", "", text)
    found = re.fullmatch(r"(?:\+62|62|0)(8[1235789]\d{7,10})", bare, re.ASCII)
    return f"+62{found[1]}" if found else None


def local_phone(phone: str) -> str:
    """`082312345678`, the way people write it."""
    return f"0{phone[3:]}" if phone.startswith("+62") else phone


def staff_number_error(kind: str, text: str) -> str | None:
    """What is wrong with a NIP (kind PNS) or NIPPPK (kind PPPK); None if nothing."""
    label = "NIP" if kind == "PNS" else "NIPPPK"
    number = re.sub(r"\s", "", text)
    if not re.fullmatch(r"\d{18}", number, re.ASCII):
        return f"{label} harus 18 angka. Periksa lagi di SK atau kartu pegawai."
    if parse_date(f"{number[6:8]}{number[4:6]}{number[:4]}") is None:
        return f"Delapan angka pertama {label} harus tanggal lahir (TTTTBBHH)."
    if kind == "PNS" and not 1 <= int(number[12:14]) <= 12:
        return "Angka ke-13 dan ke-14 NIP harus bulan pengangkatan, 01 sampai 12."
    if number[14] not in "12":
        return f"Angka ke-15 {label} harus 1 (laki-laki) atau 2 (perempuan)."
    return None


# -- names and text ---------------------------------------------------------------------------


def tidy(text: str) -> str:
    """Typed text as it is stored: NFC, plain spaces and line ends, trimmed."""
    plain = composed(text).replace("\u00a0", " ")
    return plain.replace("\r\n", "\n").replace("\r", "\n").strip()


def searchable(text: str) -> str:
    """Text folded for searching: lower case, no accents, one kind of apostrophe."""
    text = cut(text)
    if text.isascii():  # no accents to remove
        return text.casefold()
    # Letter by letter, since normalising a whole text sorts its marks, which takes the square of
    # their number; here they are dropped anyway.
    decomposed = "".join(unicodedata.normalize("NFKD", letter) for letter in text.casefold())
    plain = decomposed.translate(SEARCH_FOLDS)
    return "".join(character for character in plain if not unicodedata.combining(character))


def check_name(text: str, max: int = 100) -> str | None:
    """Latin letters with any mark, space and `' ’ - . ,`; None when good, else what to do."""
    return _first_error(text, max, _is_of_a_name, "nama") or _lonely_punctuation(text)


def check_text(text: str, max: int, *, is_multiline: bool = False) -> str | None:
    """As `check_name`, with digits and printable punctuation; None when good, else what to do."""
    lines = text.replace("\n", " ") if is_multiline else text
    return _first_error(lines, max, _is_of_a_text, "isian ini")


def check_lines(text: str, *, most: int, longest: int) -> str | None:
    """A list with one entry a line; None when good, else the line and what to do."""
    lines = text.split("\n")
    if len(lines) > most:
        return f"Paling banyak {most} baris, yang ditulis {len(lines)}. Kurangi."
    errors = (check_text(line, longest) for line in lines)
    return next((f"Baris {n}: {error}" for n, error in enumerate(errors, start=1) if error), None)


def _first_error(text: str, max: int, is_allowed, where: str) -> str | None:
    text = composed(text)
    if len(text) > max:
        return f"Paling banyak {max} huruf, yang ditulis {len(text)}. Singkatkan."
    marks = MAX_MARKS_ON_A_LETTER  # a mark may stand on a letter only
    for character in text:
        if _is_mark(character):
            marks += 1
            if marks <= MAX_MARKS_ON_A_LETTER:
                continue
        elif is_allowed(character):
            marks = 0 if _is_latin(character) else MAX_MARKS_ON_A_LETTER
            continue
        return f"{_named(character)} tidak dapat dipakai dalam {where}. Hapus atau ganti."
    return None


def _lonely_punctuation(text: str) -> str | None:
    if text and not any(_is_latin(character) for character in text):
        return "Nama harus berisi huruf. Tulis seperti di KTP."
    return None


def _is_of_a_name(character: str) -> bool:
    return _is_latin(character) or character in NAME_PUNCTUATION


def _is_of_a_text(character: str) -> bool:
    if _is_latin(character) or character == " " or character in "0123456789":
        return True
    is_western = character < "\u0250" or "\u2010" <= character < "\u2190"
    return is_western and unicodedata.category(character)[0] in "PS"


def _is_latin(character: str) -> bool:
    is_letter = unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lo")
    return is_letter and unicodedata.name(character, "").startswith("LATIN ")


def _is_mark(character: str) -> bool:
    return "\u0300" <= character <= "\u036f" and character != INVISIBLE_MARK


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return f"Tanda kendali {code}"
    if unicodedata.bidirectional(character) in _DIRECTIONS or character in "\u200e\u200f\u061c":
        return f"Tanda arah tulisan {code}"
    if category[0] in "CZ" or character == INVISIBLE_MARK:
        return f"Tanda tak terlihat {code}"
    if category[0] == "M":
        return f"Tanda baca rangkap {code}"
    script = SCRIPTS.get(unicodedata.name(character, "").split(" ")[0].split("-")[0])
    if category[0] == "L":
        return f"Huruf {script + ' ' if script else ''}“{character}” ({code})"
    if category[0] == "N":
        return f"Angka “{character}”" + ("" if character < "\u0080" else f" ({code})")
    return f"Tanda “{character}”" + ("" if character < "\u0080" else f" ({code})")


_DIRECTIONS = frozenset({"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"})
