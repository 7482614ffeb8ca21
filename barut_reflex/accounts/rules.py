"""Rules of accounts: password strength, email addresses, lifetimes of codes, links, passwords."""

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from itertools import islice

import idna
from zxcvbn import matching, scoring

from ..people.rules import MAX_PASSWORD_LENGTH

MIN_PASSWORD_LENGTH = 8  # with all four kinds of character
PASSPHRASE_LENGTH = 15  # from here on any kind of character will do
# zxcvbn's score 3. 8 random characters just miss that score (10^8 + 1 guesses), but pass here.
MIN_GUESSES = 10**8
MAX_JUDGED_LENGTH = 40  # characters; zxcvbn's work grows with their cube
MAX_READINGS = 6  # of symbols as letters (@ as a …); zxcvbn tries each of them
MAX_OWN_WORDS = 16
MAX_OWN_WORD_LENGTH = 64
MAX_EMAIL_LENGTH = 254
CODE_LIFETIME = timedelta(minutes=3)  # of a one-time code by email
LINK_LIFETIME = timedelta(minutes=10)  # of a reset link
ONE_TIME_PASSWORD_LIFETIME = timedelta(hours=24)  # a password an administrator hands over
GMAIL = frozenset({"gmail.com", "googlemail.com"})
CHARACTER_KINDS = ("Huruf besar", "Huruf kecil", "Angka", "Simbol")
_WORDS = (
    "barut barito utara baritoutara barutkerja kerja kartu kuning ak1 aki disnaker disnakertrans "
    "disnakertranskop siapkerja pencaker pencari pengantar muara teweh muarateweh kalteng "
    "kalimantan tengah dayak melayu lanjas jambu indonesia merdeka pancasila garuda nusantara "
    "jakarta bismillah alhamdulillah insyaallah sayang cinta rahasia sandi katasandi password "
    "admin petugas dinas kantor lowongan loker sukses semangat bahagia keluarga januari februari "
    "maret april mei juni juli agustus september oktober november desember senin selasa rabu "
    "kamis jumat sabtu minggu"
)
LOCAL_WORDS = tuple(_WORDS.split())
# Replaces symbols that zxcvbn reads as letters by symbols it does not (digits stay).
_UNREAD = str.maketrans("@({[<!|$+%", "#)}]>?\\&=^")
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


# -- passwords --------------------------------------------------------------------------------


def password_kinds(text: str) -> dict[str, bool]:
    """Which of the four kinds of character that the office's AK1 manual demands occur in `text`."""
    return {
        "Huruf besar": any(character.isupper() for character in text),
        "Huruf kecil": any(character.islower() for character in text),
        "Angka": any(character.isdigit() for character in text),
        "Simbol": any(_is_symbol(character) for character in text),
    }


def _is_symbol(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def form_error(password: str) -> str | None:
    """What is wrong with the length and characters of a password; None if nothing."""
    if not password:
        return "Password belum diisi."
    if len(password) > MAX_PASSWORD_LENGTH:
        return f"Password paling panjang {MAX_PASSWORD_LENGTH} karakter."
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in password):
        return "Password memuat tanda kendali yang tidak terlihat. Ketik ulang."
    if len(password) < PASSPHRASE_LENGTH and (missing := _missing(password)):
        return (
            f"Password belum memuat {missing}. Lengkapi, "
            f"atau pakai kalimat minimal {PASSPHRASE_LENGTH} karakter."
        )
    return None


def guess_error(password: str, own_words: Iterable[str] = ()) -> str | None:
    """Refusal of an easily guessed password; None if it is good. Takes some 20 ms."""
    words = [*LOCAL_WORDS, *_limited(own_words)]
    if is_padded_word(password, words) or _guesses(password, words) < MIN_GUESSES:
        return "Password ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan."
    return None


def _missing(password: str) -> str:
    kinds = password_kinds(password)
    missing = [kind.lower() for kind in CHARACTER_KINDS if not kinds[kind]]
    if len(password) < MIN_PASSWORD_LENGTH:
        missing.insert(0, f"{MIN_PASSWORD_LENGTH} karakter")
    return " dan ".join(filter(None, [", ".join(missing[:-1]), *missing[-1:]]))


def _limited(own_words: Iterable[str]) -> list[str]:
    """The person's own words and their parts, cut in number and length, as a browser sent them."""
    parts = (part for word in own_words for part in _parts(word[:MAX_EMAIL_LENGTH]))
    return [part[:MAX_OWN_WORD_LENGTH] for part in islice(parts, MAX_OWN_WORDS)]


def _parts(word: str) -> list[str]:
    return [word, *(part for part in re.split(r"[^\w]+", word) if len(part) > 2)]


def is_padded_word(password: str, words: Iterable[str]) -> bool:
    """Whether it is known words with digits and symbols around them: Disnaker12345!

    zxcvbn takes such passwords for stronger than they are.
    """
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower())
    return bool(core) and _is_made_of(core, {word.lower() for word in words if word})


def _is_made_of(text: str, words: set[str]) -> bool:
    """Whether `text` is a sequence of `words`; `reached` are the offsets where one can end."""
    lengths, reached = {len(word) for word in words}, {0}
    for start in range(len(text)):
        if start in reached:
            reached |= {start + n for n in lengths if text[start : start + n] in words}
    return len(text) in reached


def _guesses(password: str, words: list[str]) -> float:
    """zxcvbn's estimate of guesses for the first `MAX_JUDGED_LENGTH` characters.

    Calls zxcvbn's parts, as its own entry function stores the words in a table that all threads
    share.
    """
    text = password[:MAX_JUDGED_LENGTH]
    if _readings(text) > MAX_READINGS:
        text = text.translate(_UNREAD)
    known = matching.RANKED_DICTIONARIES | {
        "user_inputs": matching.build_ranked_dict([word.lower() for word in words])
    }
    matches = matching.omnimatch(text, known)
    return scoring.most_guessable_match_sequence(text, matches)["guesses"]


def _readings(text: str) -> int:
    """In how many ways the symbols of `text` can be read as letters."""
    used = (sum(sign in text for sign in signs) for signs in matching.L33T_TABLE.values())
    return math.prod(filter(None, used))


# -- addresses --------------------------------------------------------------------------------


def lower_email(text: str) -> str:
    """An address as it is stored: lower case, the domain in ASCII (IDNA)."""
    local, at, domain = text.strip().lower().rpartition("@")
    return f"{local}{at}{_ascii_domain(domain)}"


def _ascii_domain(domain: str) -> str:
    if len(domain) > MAX_EMAIL_LENGTH:  # no valid address, and IDNA's work grows with length
        return domain
    try:
        return idna.encode(domain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return domain


def email_error(text: str) -> str | None:
    """What is wrong with a typed address; None if email can be sent to it."""
    if not text.strip():
        return "Email belum diisi."
    address = lower_email(text)
    if len(address) > MAX_EMAIL_LENGTH:
        return f"Email paling panjang {MAX_EMAIL_LENGTH} karakter."
    local, at, domain = address.rpartition("@")
    if not at or not local:
        return "Email harus berbentuk nama@contoh.com. Periksa tanda @."
    if strange := next((letter for letter in local if not "!" <= letter <= "~"), ""):
        return f"Tanda “{strange}” tidak dapat dipakai dalam email. Periksa lagi."
    if len(local) > 64 or not _LOCAL.fullmatch(local):
        return "Bagian sebelum tanda @ tidak dapat dipakai. Periksa titik dan spasi."
    if len(domain) > 253 or not _DOMAIN.fullmatch(domain):
        return "Bagian setelah tanda @ bukan alamat yang dikenal, misalnya gmail.com."
    return None


def canonical_mailbox(email: str) -> str:
    """One spelling for all addresses of a mailbox; limits are counted by it.

    Ignores case, IDNA, a `+tag` and the dots that Gmail ignores.
    """
    local, at, domain = lower_email(email).rpartition("@")
    local = local.split("+")[0] or local
    if domain in GMAIL:
        local, domain = local.replace(".", "") or local, "gmail.com"
    return f"{local}{at}{domain}"


# -- one-time codes ---------------------------------------------------------------------------


class Purpose(StrEnum):
    """What a one-time code is for."""

    SIGN_UP = "sign_up"
    RESET = "reset"
