"""The signed text behind the QR: packed, signed with ES256, written in base32. `docs/qr.md`."""

import base64
import binascii
import os
import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

import qrcode
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from qrcode.constants import ERROR_CORRECT_M

from ...core.errors import Refusal
from ...core.settings import UnsafeSetting, settings

VERSION = 1
HEAD = struct.Struct(">BBB10sQHHB")  # version, kind, key, id, number, issued, until, name bytes
NAME_BYTES = 40
SIGNATURE_BYTES = 64
DAY_ZERO = date(2020, 1, 1)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
QUIET_ZONE = 4  # modules

Matrix = list[list[bool]]


class PayloadKind(IntEnum):
    AK1 = 1
    SIAPKERJA_ID = 2  # carries no number


class NotOurs(ValueError):
    """Not a code of this office: broken, edited, signed by another key, or badly written."""


class NoKey(Refusal):
    message = "Kunci QR belum dibuat, jadi kartu belum dapat terbit. Hubungi pengelola sistem."


@dataclass(frozen=True)
class Payload:
    """What the QR itself says, readable without a signal."""

    code_id: str  # 10 random bytes, hex
    number: str  # 18 digits, or empty
    name: str  # cut at 40 bytes
    issued: date
    valid_until: date
    kind: PayloadKind = PayloadKind.AK1
    key_id: int = 0  # set on signing


def new_code_id() -> str:
    return os.urandom(10).hex()


def encode(payload: Payload) -> str:
    """The base32 text for `payload`, signed with the newest key of the office."""
    key_id, key = _signing_key()
    packed = _pack(payload, key_id)
    r, s = decode_dss_signature(key.sign(packed, ec.ECDSA(hashes.SHA256())))
    low_s = min(s, ORDER - s)  # one signature has two spellings; only this one is ours
    signature = r.to_bytes(32, "big") + low_s.to_bytes(32, "big")
    return base64.b32encode(packed + signature).decode().rstrip("=")


def decode(code: str) -> Payload:
    """What `code` says, upper or lower case.

    Raises `NotOurs` unless the signature is ours and this is the only spelling of these bytes.
    """
    raw = _bytes_of(code)
    packed, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    payload = _unpack(packed)
    _check(packed, signature, payload.key_id)
    return payload


def canonical(code: str) -> str:
    """The spelling under which a code is stored."""
    return code.upper()


def address_of(code: str) -> str:
    """The text of the QR. All capitals, so that it stays in the compact alphanumeric mode."""
    return f"{settings.address.upper()}/V/{code}"


def matrix_of(text: str) -> Matrix:
    """The QR's modules without quiet zone, at error level M."""
    picture = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    picture.add_data(text, optimize=0)
    picture.make()
    return picture.get_matrix()


def svg_of(matrix: Matrix) -> str:
    """The QR as a picture for a screen: black on white in both colour modes."""
    side = len(matrix) + 2 * QUIET_ZONE
    runs = "".join(
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{width}v1h-{width}z"
        for y, row in enumerate(matrix)
        for x, width in runs_of(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path d="{runs}" fill="#000"/></svg>'
    )


def runs_of(row: list[bool]) -> list[tuple[int, int]]:
    """Start and width of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    for x, is_dark in enumerate(row):
        if is_dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_dark:
            runs.append((x, 1))
    return runs


def published_keys() -> dict[str, list[dict[str, str]]]:
    """The public keys as a JSON Web Key Set, for whoever checks without asking us."""
    return {"keys": [_jwk(key_id, key) for key_id, (key, _) in sorted(_keys().items())]}


def make_key() -> int:
    """A new signing key in `var/keys`; older ones stay to check older cards. Gives its id."""
    folder = _folder()
    key_id = max((int(path.stem) for path in folder.glob("*.pem")), default=0) + 1
    content = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    draft = folder / f".{key_id}.{os.getpid()}"
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, folder / f"{key_id}.pem")  # whole or not at all; the first one wins
    finally:
        draft.unlink(missing_ok=True)
    return key_id


def ensure_key() -> None:
    """For the start: the demo makes its key itself, a real office on the command line."""
    if any(_folder().glob("*.pem")):
        return
    if not settings.is_demo:
        raise UnsafeSetting("Belum ada kunci QR. Jalankan: python -m barut_reflex kunci-qr")
    make_key()


def _pack(payload: Payload, key_id: int) -> bytes:
    name = _cut(payload.name)
    head = HEAD.pack(
        VERSION,
        payload.kind,
        key_id,
        bytes.fromhex(payload.code_id),
        int(payload.number or 0),
        (payload.issued - DAY_ZERO).days,
        (payload.valid_until - DAY_ZERO).days,
        len(name),
    )
    return head + name


def _cut(name: str) -> bytes:
    """The first 40 bytes of the name, never half a letter."""
    return name.encode()[:NAME_BYTES].decode(errors="ignore").encode()


def _unpack(packed: bytes) -> Payload:
    try:
        version, kind, key_id, code_id, number, issued, until, length = HEAD.unpack_from(packed)
        name = packed[HEAD.size :].decode()
        if version != VERSION or len(packed) != HEAD.size + length:
            raise NotOurs
        return Payload(
            code_id=code_id.hex(),
            number=f"{number:018}" if number else "",
            name=name,
            issued=DAY_ZERO + timedelta(issued),
            valid_until=DAY_ZERO + timedelta(until),
            kind=PayloadKind(kind),
            key_id=key_id,
        )
    except (struct.error, ValueError) as error:
        raise NotOurs from error


def _bytes_of(code: str) -> bytes:
    if not code.isascii():  # some foreign letters turn into A-Z when made upper case
        raise NotOurs
    text = canonical(code)
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError) as error:
        raise NotOurs from error
    if base64.b32encode(raw).decode().rstrip("=") != text:
        raise NotOurs
    return raw


def _check(packed: bytes, signature: bytes, key_id: int) -> None:
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    key = _keys().get(key_id)
    if key is None or s > ORDER // 2:
        raise NotOurs
    try:
        key[0].verify(encode_dss_signature(r, s), packed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise NotOurs from error


Ring = dict[int, tuple[ec.EllipticCurvePublicKey, ec.EllipticCurvePrivateKey | None]]


def _signing_key() -> tuple[int, ec.EllipticCurvePrivateKey]:
    """The newest key we hold the private half of."""
    for key_id, (_, private) in sorted(_keys().items(), reverse=True):
        if private is not None:
            return key_id, private
    raise NoKey


def _keys() -> Ring:
    if settings.is_demo:
        ensure_key()
    folder = _folder()
    return _read_keys(folder, folder.stat().st_mtime_ns)


def _folder() -> Path:
    folder = settings.var / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@lru_cache(maxsize=4)
def _read_keys(folder: Path, _changed: int) -> Ring:
    """All keys of the folder; read again only when a key came or went."""
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
