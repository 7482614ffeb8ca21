"""Rules of accounts without database and clock: passwords, addresses, mailboxes."""

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

SHORTEST_PASSWORD = 8  # with all four kinds
LONG_PASSWORD = 15  # of any kind
# zxcvbn's score 3, and the 8 random characters it leaves a hair below (10^8 + 1 guesses)
ENOUGH_GUESSES = 10**8
ZXCVBN_READS = 40  # letters; its work grows with their cube, and a good beginning is enough
MOST_READINGS = 6  # of signs as letters; zxcvbn tries each, and there may be thousands
OWN_WORDS = 16
LONGEST_OWN_WORD = 64
LONGEST_EMAIL = 254
CODE_LASTS = timedelta(minutes=3)  # one that came by mail
LINK_LASTS = timedelta(minutes=10)  # to a new password
ONE_TIME_LASTS = timedelta(hours=24)  # a password that an administrator hands over
GMAIL = frozenset({"gmail.com", "googlemail.com"})
KINDS = ("Huruf besar", "Huruf kecil", "Angka", "Simbol")
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
# Signs that zxcvbn reads as letters, and as many that it does not (digits stay as they are).
_UNREAD = str.maketrans("@({[<!|$+%", "#)}]>?\\&=^")
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


# -- passwords --------------------------------------------------------------------------------


def password_kinds(text: str) -> dict[str, bool]:
    """Which of the manual's four kinds of character stand in `text`."""
    return {
        "Huruf besar": any(character.isupper() for character in text),
        "Huruf kecil": any(character.islower() for character in text),
        "Angka": any(character.isdigit() for character in text),
        "Simbol": any(_is_symbol(character) for character in text),
    }


def _is_symbol(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def form_error(password: str) -> str | None:
    """What is wrong with its length and kinds of character, which every browser can tell too."""
    if not password:
        return "Password belum diisi."
    if len(password) > MAX_PASSWORD_LENGTH:
        return f"Password paling panjang {MAX_PASSWORD_LENGTH} karakter."
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in password):
        return "Password memuat tanda kendali yang tidak terlihat. Ketik ulang."
    if len(password) < LONG_PASSWORD and (missing := _missing(password)):
        return (
            f"Password belum memuat {missing}. Lengkapi, "
            f"atau pakai kalimat minimal {LONG_PASSWORD} karakter."
        )
    return None


def guess_error(password: str, own_words: Iterable[str] = ()) -> str | None:
    """Whether a password without `form_error` is easily guessed; some 20 ms of work."""
    words = [*LOCAL_WORDS, *_few(own_words)]
    if is_padded_word(password, words) or _guesses(password, words) < ENOUGH_GUESSES:
        return "Password ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan."
    return None


def _missing(password: str) -> str:
    kinds = password_kinds(password)
    missing = [kind.lower() for kind in KINDS if not kinds[kind]]
    if len(password) < SHORTEST_PASSWORD:
        missing.insert(0, f"{SHORTEST_PASSWORD} karakter")
    return " dan ".join(filter(None, [", ".join(missing[:-1]), *missing[-1:]]))


def _few(own_words: Iterable[str]) -> list[str]:
    """The own words and their parts, few and short: they come from the sender."""
    parts = (part for word in own_words for part in _parts(word[:LONGEST_EMAIL]))
    return [part[:LONGEST_OWN_WORD] for part in islice(parts, OWN_WORDS)]


def _parts(word: str) -> list[str]:
    return [word, *(part for part in re.split(r"[^\w]+", word) if len(part) > 2)]


def is_padded_word(password: str, words: Iterable[str]) -> bool:
    """Whether it is known words with digits and signs around them: Disnaker12345!

    zxcvbn overrates those.
    """
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password.lower())
    return bool(core) and _is_made_of(core, {word.lower() for word in words if word})


def _is_made_of(text: str, words: set[str]) -> bool:
    """Whether `text` is nothing but words, by the places that words can reach from the left."""
    lengths, reached = {len(word) for word in words}, {0}
    for place in range(len(text)):
        if place in reached:
            reached |= {place + n for n in lengths if text[place : place + n] in words}
    return len(text) in reached


def _guesses(password: str, words: list[str]) -> float:
    """How many guesses zxcvbn thinks the beginning of `password` needs.

    Its parts are called one by one: as a whole it keeps the words in a table all threads share.
    """
    text = password[:ZXCVBN_READS]
    if _readings(text) > MOST_READINGS:
        text = text.translate(_UNREAD)
    known = matching.RANKED_DICTIONARIES | {
        "user_inputs": matching.build_ranked_dict([word.lower() for word in words])
    }
    matches = matching.omnimatch(text, known)
    return scoring.most_guessable_match_sequence(text, matches)["guesses"]


def _readings(text: str) -> int:
    """In how many ways the signs of `text` could stand for letters."""
    used = (sum(sign in text for sign in signs) for signs in matching.L33T_TABLE.values())
    return math.prod(filter(None, used))


# -- addresses --------------------------------------------------------------------------------


def lower_email(text: str) -> str:
    """An address as accounts keep it: small letters, the domain in ASCII (IDNA)."""
    local, at, domain = text.strip().lower().rpartition("@")
    return f"{local}{at}{_ascii_domain(domain)}"


def _ascii_domain(domain: str) -> str:
    if len(domain) > LONGEST_EMAIL:  # no address; its marks would be sorted for long
        return domain
    try:
        return idna.encode(domain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return domain


def email_error(text: str) -> str | None:
    """What is wrong with a typed address; None when mail can be sent to it."""
    if not text.strip():
        return "Email belum diisi."
    address = lower_email(text)
    if len(address) > LONGEST_EMAIL:
        return f"Email paling panjang {LONGEST_EMAIL} karakter."
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
    """The mailbox behind an address, however it is spelt: the key of limits.

    Case, IDNA, a `+tag` and the dots Gmail ignores make no new mailbox.
    """
    local, at, domain = lower_email(email).rpartition("@")
    local = local.split("+")[0] or local
    if domain in GMAIL:
        local, domain = local.replace(".", "") or local, "gmail.com"
    return f"{local}{at}{domain}"


# -- devices ----------------------------------------------------------------------------------


class Purpose(StrEnum):
    """What a one-time code opens."""

    SIGN_UP = "sign_up"
    RESET = "reset"
