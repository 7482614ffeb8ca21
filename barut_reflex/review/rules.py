"""Flags: warnings to an officer about an application: NIK, age, NIK used by others, valid card.

A flag blocks nothing; that a valid card bars an approval is checked in `service.py`.
"""

from collections.abc import Sequence
from datetime import date


def age_on(day: date, birth_date: date) -> int:
    """Full years on `day`."""
    has_not_had_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - has_not_had_birthday


def flags(
    *,
    nik_warnings: Sequence[str],
    age: int | None,
    min_age: int,
    same_nik: Sequence[str],
    valid_card: str,
) -> list[str]:
    """The warnings as sentences: NIK, age, a repeated NIK, another valid card (SPEC section 4)."""
    found = list(nik_warnings)
    if age is not None and age < min_age:
        found.append(f"Pemohon berumur {age} tahun, di bawah batas {min_age} tahun.")
    if same_nik:
        found.append(f"NIK ini juga dipakai oleh akun lain: {', '.join(same_nik)}.")
    if valid_card:
        found.append(
            f"Masih ada kartu AK1 yang berlaku untuk NIK ini: nomor {valid_card}. "
            "Pengajuan baru dapat disetujui bila kartu itu dicabut sekaligus."
        )
    return found
