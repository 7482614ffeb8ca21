"""Passwords tried against the office's rules: common, local and very long ones (row 15)."""

from functools import cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from barut_reflex.accounts import rules
from barut_reflex.people.service import passwords
from probes import inside

ENDINGS = ("1!", "123!", "12345!", "1234!", "@123", "2024!", "2025!", "2026!", "123#", "01!")
LOCAL = "disnaker disnakertrans baritoutara barutkerja muarateweh pencaker kartukuning siapkerja"
LOCAL += " kalimantan kalteng dayak indonesia merdeka pancasila garuda bismillah rahasia petugas"
LOCAL += " sayang jakarta katasandi admin lowongan nusantara"


@cache
def common(many: int) -> list[str]:
    """The most used passwords in the shape the rule asks for, the likeliest first.

    Few leaked passwords have all four kinds, so each stands with the ways people make it fit:
    a capital in front, a number and a sign behind, or the word twice and thrice.
    """
    fitting: list[str] = []
    for word in FREQUENCY_LISTS["passwords"]:
        if not word.isascii() or not word.isalnum():
            continue
        fitting += [way for way in _ways(word) if _fits(way)]
        if len(fitting) >= many:
            break
    return fitting[:many]


def _ways(word: str) -> list[str]:
    capital = word.capitalize()
    return [word, f"{capital}1!", f"{capital}123!", word * 2, word * 3]


def _fits(password: str) -> bool:
    has_kinds = all(rules.password_kinds(password).values())
    is_long = len(password) >= rules.PASSPHRASE_LENGTH
    return is_long or (has_kinds and len(password) >= rules.MIN_PASSWORD_LENGTH)


@cache
def local() -> list[str]:
    """Words of this office and region, each with a capital and every one of `ENDINGS`."""
    made = [f"{word.capitalize()}{ending}" for word in LOCAL.split() for ending in ENDINGS]
    return [password for password in made if _fits(password)]


def is_taken(password: str) -> bool:
    return not (rules.form_error(password) or rules.guess_error(password, ()))


def long_ones_taken() -> bool:
    """Whether 64, 72, 73 and 128 characters are taken, whatever their kind."""
    line = "perahu kecil di atas sungai barito yang lebar membawa rotan ke pasar, lalu pulang "
    return all(is_taken((line * 2)[:length]) for length in (64, 72, 73, 128))


def cut_off() -> str:
    """At which length the last character no longer counts; empty when it always does."""
    for length in (64, 72, 73, 74, 100, 128):
        password = ("Kapuas-7!" * 15)[:length]
        kept = inside_hash(password)
        other = password[:-1] + ("x" if password[-1] != "x" else "y")
        if not passwords.is_correct(password, kept) or passwords.is_correct(other, kept):
            return f"at {length}"
    emoji = "🚤🌧️🌳🐟🍌🏠🚲📮🎣🌾🍍🥥🪵🛶⛰️" * 3
    return "at emoji" if passwords.is_correct(emoji[:-1] + "x", inside_hash(emoji)) else ""


def inside_hash(password: str) -> str:
    with inside.office():
        return inside.hash_password(password)
