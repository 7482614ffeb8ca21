"""QR codes of cards: encodes, signs and decodes them (binary, ES256, base32). `docs/qr.md`."""

import base64
import binascii
import os
import struct
from dataclasses import dataclass
from datetime import date, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from ..core import clock
from ..core.settings import settings
from . import keys
from .keys import CURVE_ORDER, SIGNATURE_BYTES
from .rules import KINDS_WITH_CHECK_PAGE, CodeError, PayloadKind

FORMAT_VERSION = 1
HEADER = struct.Struct(">BBB10sQHHB")  # version, kind, key, id, number, issued, until, name bytes
HEADER_LETTERS = 8  # five bytes: version, kind, key id, and two more
MAX_NAME_BYTES = 40
DAY_ZERO = clock.EPOCH.date()


class InvalidCode(ValueError):
    """Not a code of this office: broken, edited, signed by another key, or badly written."""

    def __init__(self, flaw: CodeError = CodeError.UNREADABLE):
        self.flaw = flaw
        super().__init__(flaw)


@dataclass(frozen=True)
class Payload:
    """The content of a QR code, readable offline."""

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
    key_id, key = keys.signing_key()
    packed = _pack(payload, key_id)
    return base64.b32encode(packed + keys.signature(key, packed)).decode().rstrip("=")


def decode(code: str) -> Payload:
    """The content of `code`, upper or lower case.

    Raises `InvalidCode` unless the signature is ours and this is the only spelling of these bytes.
    """
    raw = bytes_of(code)
    packed, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    payload = _unpack(packed)
    check_signature(packed, signature, payload.key_id)
    return payload


def decode_unverified(code: str) -> Payload:
    """The content of a code from our own database; the signature is not checked."""
    return _unpack(bytes_of(code)[:-SIGNATURE_BYTES])


def claimed_kind(code: str) -> int:
    """The kind number in an unchecked code, 0 if unreadable; nothing else of it is read."""
    try:
        version, kind, *_ = base64.b32decode(canonical(code)[:HEADER_LETTERS])
    except ValueError:
        return 0
    return kind if version == FORMAT_VERSION else 0


def has_name(code: str, name: str) -> bool:
    """Whether a code from our own database has that name, cut at its limit; no signature check."""
    return decode_unverified(code).name == cut_name(name).decode()


def key_id_of(code: str) -> int:
    """The id of the key that signed this code, without checking it."""
    return base64.b32decode(code[:HEADER_LETTERS])[2]


def canonical(code: str) -> str:
    """The spelling under which a code is stored."""
    return code.upper() if code.isascii() else code  # "ſ".upper() is "S", which would make it ours


def address_of(code: str) -> str:
    """The text of the QR. All capitals, so that it stays in the compact alphanumeric mode."""
    return f"{settings.address.upper()}/V/{code}"


def _pack(payload: Payload, key_id: int) -> bytes:
    name = cut_name(payload.name)
    head = HEADER.pack(
        FORMAT_VERSION,
        payload.kind,
        key_id,
        bytes.fromhex(payload.code_id),
        int(payload.number or 0),
        (payload.issued - DAY_ZERO).days,
        (payload.valid_until - DAY_ZERO).days,
        len(name),
    )
    return head + name


def cut_name(name: str) -> bytes:
    """The first 40 bytes of the name, never half a character."""
    return name.encode()[:MAX_NAME_BYTES].decode(errors="ignore").encode()


def _unpack(packed: bytes) -> Payload:
    if packed and packed[0] != FORMAT_VERSION:
        raise InvalidCode(CodeError.UNKNOWN_FORMAT)
    if len(packed) > 1 and packed[1] not in KINDS_WITH_CHECK_PAGE:
        raise InvalidCode(CodeError.UNKNOWN_FORMAT)
    try:
        _, kind, key_id, code_id, number, issued, until, length = HEADER.unpack_from(packed)
        name = packed[HEADER.size :].decode()
        if len(packed) != HEADER.size + length:
            raise InvalidCode
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
        raise InvalidCode from error


def bytes_of(code: str) -> bytes:
    """The bytes a code spells; `InvalidCode` unless this is their only spelling."""
    text = canonical(code)
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError) as error:
        raise InvalidCode from error
    if base64.b32encode(raw).decode().rstrip("=") != text:
        raise InvalidCode
    return raw


def check_signature(packed: bytes, signature: bytes, key_id: int) -> None:
    """`InvalidCode` unless our key with that id signed `packed`."""
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    key = keys.all_keys().get(key_id)
    if key is None:
        raise InvalidCode(CodeError.UNKNOWN_KEY)
    if s > CURVE_ORDER // 2:
        raise InvalidCode(CodeError.BAD_SIGNATURE)
    try:
        key[0].verify(encode_dss_signature(r, s), packed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise InvalidCode(CodeError.BAD_SIGNATURE) from error
