"""A reader of the signed list, written from `docs/qr.md` alone and not from the office's code."""

import base64
import hashlib
import json
from datetime import datetime, timedelta, timezone

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from barut_reflex.seal import codes, keys


def judge(signed: dict[str, str], says: codes.Payload) -> str:
    """What the list says of a code: `find`, and `unchecked` for what it cannot know yet."""
    found, content = find(signed, says.code_id), read(signed)
    if found or content is None or says.kind != 2:
        return found
    made = datetime.fromtimestamp(content["iat"], timezone(timedelta(hours=7)))
    return "unchecked" if says.issued >= made.date() else ""


def find(signed: dict[str, str], code_id: str) -> str:
    """ "revoked", "replaced", "unchecked" or nothing; nothing too when the list is not ours."""
    content = read(signed)
    if content is None:
        return ""
    wanted = hashlib.sha256(bytes.fromhex(code_id)).digest()[:6]
    lists = ("revoked", "replaced", "unchecked")
    return next((name for name in lists if wanted in hashes_of(content[name])), "")


def read(signed: dict[str, str]) -> dict | None:
    head = json.loads(_bytes(signed["protected"]))
    jwk = next((key for key in keys.published_keys()["keys"] if key["kid"] == head["kid"]), None)
    if jwk is None or (head["alg"], head["typ"]) != ("ES256", "ak1-dicabut"):
        return None
    x, y = (int.from_bytes(_bytes(jwk[name])) for name in "xy")
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    raw = _bytes(signed["signature"])
    pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    words = f"{signed['protected']}.{signed['payload']}".encode()
    try:
        key.verify(pair, words, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return None
    return json.loads(_bytes(signed["payload"]))


def hashes_of(text: str) -> set[bytes]:
    raw = _bytes(text)
    return {raw[at : at + 6] for at in range(0, len(raw), 6)}


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
