"""Hashes and checks passwords with bcrypt (slow, so never in an act); makes one-time passwords."""

import base64
import hashlib
import hmac
import secrets
import string
import unicodedata

import bcrypt
from sqlmodel import Session

from ...core import slow_work
from ...core.settings import settings
from ...core.tokens import subkey
from .. import rules

_BCRYPT_LETTERS = "./" + string.ascii_letters + string.digits
UNAMBIGUOUS_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike in print


def hash_password(session: Session, password: str) -> str:
    """bcrypt of a keyed digest of `password`; slow on purpose. Password rules: `accounts`."""
    slow_work.release_connection(session)
    return _hashed(password)


@slow_work.slow
def _hashed(password: str) -> str:
    return bcrypt.hashpw(_digest(password), bcrypt.gensalt(settings.bcrypt_cost)).decode()


@slow_work.slow
def is_correct(password: str, password_hash: str) -> bool:
    """Whether `password` matches the hash; an empty hash takes the same time and never matches."""
    if len(password) > rules.MAX_PASSWORD_LENGTH:
        return False
    known = (password_hash or _unused_hash()).encode()
    return bcrypt.checkpw(_digest(password), known) and bool(password_hash)


def is_outdated(password_hash: str) -> bool:
    """Whether the hash has another bcrypt cost than the current setting."""
    return not password_hash.startswith(f"$2b${settings.bcrypt_cost:02}$")


def one_time_password() -> str:
    """A random password of 4 groups of 4 letters (79 bits), easy to read out at a counter."""
    groups = ["".join(secrets.choice(UNAMBIGUOUS_CHARACTERS) for _ in range(4)) for _ in range(4)]
    return "-".join(groups)


def _digest(password: str) -> bytes:
    """A keyed SHA-256 of the password, for bcrypt.

    bcrypt reads 72 bytes only; the digest covers every letter. The key makes hashes from a stolen
    database useless without the secret. NFC, as keyboards send accents in different forms.
    """
    spelt = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return base64.b64encode(hmac.new(subkey("password"), spelt, hashlib.sha256).digest())


def _unused_hash() -> str:
    """A random text in the format of a hash, made without bcrypt, so that no call is slower."""
    rest = "".join(secrets.choice(_BCRYPT_LETTERS) for _ in range(31))
    return bcrypt.gensalt(settings.bcrypt_cost).decode() + rest
