"""Cryptographic helpers: random tokens, SHA-256, HMAC and encryption with keys from one secret."""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet

from .settings import settings


def new_token() -> str:
    """256 random bits for a cookie or a mailed link; only its fingerprint is ever stored."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """SHA-256 of a random token, in hex: what a table may hold of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed(purpose: str, text: str) -> str:
    """HMAC-SHA256 in hex under a subkey of the office's secret, one subkey per purpose.

    For values that can be guessed (a code, a NIK, an address): not without the secret.
    """
    return hmac.digest(subkey(purpose), text.encode(), "sha256").hex()


def subkey(purpose: str) -> bytes:
    """A 32-byte key for `purpose` alone, derived from the secret."""
    return _subkey(settings.secret_key, purpose)


@lru_cache(maxsize=100)
def _subkey(secret: bytes, purpose: str) -> bytes:
    return hmac.digest(secret, purpose.encode(), "sha256")


def is_same_hash(one: str, other: str) -> bool:
    """Whether two hashes are equal, in constant time."""
    return hmac.compare_digest(one, other)


def encrypt(purpose: str, text: str) -> str:
    """`text` encrypted under the subkey of `purpose`, for values a table must store."""
    return _box(purpose).encrypt(text.encode()).decode()


def decrypt(purpose: str, encrypted: str) -> str:
    """The text that `encrypt` encrypted."""
    return _box(purpose).decrypt(encrypted.encode()).decode()


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(subkey(purpose)))
