"""Signing keys of QR codes: PEM files in `var/keys`; the newest signs, all of them verify."""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from ..core.errors import Refusal
from ..core.settings import UnsafeSetting, settings

CURVE_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
SIGNATURE_BYTES = 64
MAX_KEY_ID = 255  # one byte in the code

Keys = dict[int, tuple[ec.EllipticCurvePublicKey, ec.EllipticCurvePrivateKey | None]]


class NoKey(Refusal):
    message = "Kunci QR belum dibuat, jadi kartu belum dapat terbit. Hubungi pengelola sistem."


class NoSuchKey(Refusal):
    message = "Kunci QR dengan nomor itu tidak ada. Lihat: kunci-qr daftar"


class StillSigning(Refusal):
    message = "Kunci ini yang menandatangani sekarang. Buat kunci baru lebih dahulu: kunci-qr"


class KeysUsedUp(Refusal):
    message = f"Nomor kunci QR sudah sampai {MAX_KEY_ID}. Hubungi pengembang sistem."


def signing_key() -> tuple[int, ec.EllipticCurvePrivateKey]:
    """Id and private key of the newest key that has a private half."""
    for key_id, (_, private) in sorted(all_keys().items(), reverse=True):
        if private is not None:
            return key_id, private
    raise NoKey


def signature(key: ec.EllipticCurvePrivateKey, content: bytes) -> bytes:
    """ES256 over `content`: r and s, 32 bytes each."""
    r, s = decode_dss_signature(key.sign(content, ec.ECDSA(hashes.SHA256())))
    low_s = min(
        s, CURVE_ORDER - s
    )  # each ECDSA signature has a twin with -s; only the low one is accepted
    return r.to_bytes(32, "big") + low_s.to_bytes(32, "big")


def all_keys() -> Keys:
    """All keys by id: public half, and private half or None for a retired key."""
    folder = settings.var / "keys"
    known = _read_keys(folder, keys_version())
    if known or not settings.is_demo:
        return known
    ensure_key()
    return _read_keys(folder, keys_version())


def keys_version() -> int:
    """A number that changes when a key file is added or removed; caches of checks depend on it."""
    try:
        return (settings.var / "keys").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def published_keys() -> dict[str, list[dict[str, str]]]:
    """The public keys as a JSON Web Key Set, for verification without our server."""
    return {"keys": [_jwk(key_id, key) for key_id, (key, _) in sorted(all_keys().items())]}


def make_key() -> int:
    """A new signing key in `var/keys`; older ones stay to check older cards. Gives its id."""
    folder = _folder()
    key_id = max((int(path.stem) for path in folder.glob("*.pem")), default=0) + 1
    if key_id > MAX_KEY_ID:
        raise KeysUsedUp
    content = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with _draft(folder, key_id, content) as draft, suppress(FileExistsError):
        os.link(
            draft, folder / f"{key_id}.pem"
        )  # atomic, and never overwrites: of two processes the first one wins
    return key_id


def retire_key(key_id: int) -> None:
    """Delete the private half: the key still verifies codes and never signs again."""
    path = replaced_key_path(key_id)
    public, _ = _read_key(path.read_bytes())
    content = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    with _draft(path.parent, key_id, content) as draft:
        draft.replace(path)


def remove_key(key_id: int) -> None:
    """Delete a stolen key: codes it signed are invalid from now on."""
    replaced_key_path(key_id).unlink()


def ensure_key() -> None:
    """At the start: create the demo's key; elsewhere raise UnsafeSetting if there is none."""
    if any(_folder().glob("*.pem")):
        return
    if not settings.is_demo:
        raise UnsafeSetting("Belum ada kunci QR. Jalankan: python -m barut_reflex kunci-qr")
    make_key()


def replaced_key_path(key_id: int) -> Path:
    """The file of a key that does not sign any more; raises StillSigning or NoSuchKey.

    The newest key is never removed, so that its id is not used again.
    """
    path = _folder() / f"{key_id}.pem"
    if not path.exists():
        raise NoSuchKey
    if key_id == signing_key()[0] or key_id == max(all_keys()):
        raise StillSigning
    return path


def _folder() -> Path:
    folder = settings.var / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def _draft(folder: Path, key_id: int, content: bytes) -> Iterator[Path]:
    """A temporary file with `content`, to be linked or renamed; deleted afterwards."""
    draft = folder / f".{key_id}.{os.getpid()}"
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)


@lru_cache(maxsize=4)
def _read_keys(folder: Path, _changed: int) -> Keys:
    """All keys of the folder, cached until the folder changes."""
    return {int(path.stem): _read_key(path.read_bytes()) for path in folder.glob("*.pem")}


def _read_key(pem: bytes) -> tuple[ec.EllipticCurvePublicKey, ec.EllipticCurvePrivateKey | None]:
    """A retired key may be kept as its public half alone."""
    if b"PUBLIC KEY" in pem:
        public = serialization.load_pem_public_key(pem)
        if not isinstance(public, ec.EllipticCurvePublicKey):
            raise UnsafeSetting("Kunci QR harus kunci P-256.")
        return public, None
    private = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise UnsafeSetting("Kunci QR harus kunci P-256.")
    return private.public_key(), private


def _jwk(key_id: int, key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    point = key.public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "alg": "ES256",
        "use": "sig",
        "kid": str(key_id),
        "x": _url_safe(point.x),
        "y": _url_safe(point.y),
    }


def _url_safe(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")
