"""Access codes, QR codes of a person valid for one minute: signs and decodes them. `docs/qr.md`."""

import base64
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..core import clock
from ..core.settings import settings
from . import codes, keys
from .rules import PayloadKind

ACCESS_HEADER = struct.Struct(">BBB10sQIB")  # version, kind, key, id, number, made, name bytes
ACCESS_CODE_LIFETIME = timedelta(seconds=60)


@dataclass(frozen=True)
class AccessPayload:
    """The content of an access code, readable offline."""

    code_id: str  # 10 random bytes, hex
    number: str  # of the AK1, or empty
    name: str  # cut at 40 bytes
    made: datetime  # whole seconds, UTC
    key_id: int = 0  # set on signing

    @property
    def expires(self) -> datetime:
        return self.made + ACCESS_CODE_LIFETIME


def encode(payload: AccessPayload) -> str:
    """The base32 text for `payload`, signed with the newest key of the office."""
    key_id, key = keys.signing_key()
    packed = _pack(payload, key_id)
    return base64.b32encode(packed + keys.signature(key, packed)).decode().rstrip("=")


def decode(code: str) -> AccessPayload:
    """The content of `code`, upper or lower case; `InvalidCode` unless the signature is ours.

    The caller has to check whether it expired or was used before.
    """
    raw = codes.bytes_of(code)
    packed, signature = raw[: -keys.SIGNATURE_BYTES], raw[-keys.SIGNATURE_BYTES :]
    payload = _unpack(packed)
    codes.check_signature(packed, signature, payload.key_id)
    return payload


def address_of(code: str) -> str:
    """The URL in the QR; in an ordinary camera it opens a page that does not use up the code."""
    return f"{settings.address.upper()}/A/{code}"


def code_in(text: str) -> str:
    """The code in a scanned or typed text: the last part of an address, or the text itself."""
    return text.strip().rstrip("/").rpartition("/")[2]


def _pack(payload: AccessPayload, key_id: int) -> bytes:
    name = codes.cut_name(payload.name)
    head = ACCESS_HEADER.pack(
        codes.FORMAT_VERSION,
        PayloadKind.ACCESS,
        key_id,
        bytes.fromhex(payload.code_id),
        int(payload.number or 0),
        int((payload.made - clock.EPOCH).total_seconds()),
        len(name),
    )
    return head + name


def _unpack(packed: bytes) -> AccessPayload:
    try:
        version, kind, key_id, code_id, number, made, length = ACCESS_HEADER.unpack_from(packed)
        name = packed[ACCESS_HEADER.size :].decode()
    except (struct.error, ValueError) as error:
        raise codes.InvalidCode from error
    if (
        version != codes.FORMAT_VERSION
        or kind != PayloadKind.ACCESS
        or len(packed) != ACCESS_HEADER.size + length
    ):
        raise codes.InvalidCode
    return AccessPayload(
        code_id=code_id.hex(),
        number=f"{number:018}" if number else "",
        name=name,
        made=clock.EPOCH + timedelta(seconds=made),
        key_id=key_id,
    )
