"""Adds to `codes.json` what key 3 signs, and writes the signed lists.

`BARUT_ENV=demo python -m tests.seal.vectors.make`

Key 3 belongs to the vectors alone and its private half stands here, so that anybody can make
them again, letter by letter; keys 1 and 2 signed the older vectors and were thrown away.
"""

import base64
import hashlib
import json
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from barut_reflex.seal import codes
from barut_reflex.seal.keys import CURVE_ORDER

HERE = Path(__file__).parent
KEY = ec.derive_private_key(
    int.from_bytes(hashlib.sha256(b"vectors only").digest()), ec.SECP256R1()
)
STRANGER = ec.derive_private_key(4, ec.SECP256R1())
MADE = 1_777_600_800  # 1 May 2026, 09.00 WIB
WEEK = 7 * 86_400
CARD = {
    "kind": 1,
    "code_id": "c0c1c2c3c4c5c6c7c8c9",
    "number": "620500000320042026",
    "name": "Siti Nurhaliza",
    "issued": "2026-04-20",
    "valid_until": "2028-04-20",
}
REVOKED = CARD | {"code_id": "d0d1d2d3d4d5d6d7d8d9"}
REPLACED = CARD | {"code_id": "e0e1e2e3e4e5e6e7e8e9"}
TODAY = CARD | {"issued": "2026-05-01"}
OTHER = CARD | {"kind": 2, "code_id": "f0f1f2f3f4f5f6f7f8f9", "number": "", "name": "Đỗ Ngọc Ánh"}
SELF_TOLD = OTHER | {"code_id": "a0a1a2a3a4a5a6a7a8a9", "name": "Siti Nurhaliza"}
TOO_NEW = SELF_TOLD | {"code_id": "b0b1b2b3b4b5b6b7b8b9", "issued": "2026-05-01"}
ALL = (CARD, REVOKED, REPLACED, TODAY, OTHER, SELF_TOLD, TOO_NEW, CARD | {"name": ""})


def main() -> None:
    (HERE / "keys" / "3.pem").write_bytes(_public(KEY))
    for name, listed in lists().items():
        (HERE / name).write_text(json.dumps(listed, indent=1) + "\n")
    known = json.loads((HERE / "codes.json").read_text())
    made = vectors()
    titles = {vector["title"] for vector in made}
    kept = [vector for vector in known if vector["title"] not in titles]
    text = json.dumps([*kept, *made], indent=1, ensure_ascii=False)
    (HERE / "codes.json").write_text(text + "\n")


def vectors() -> list[dict]:
    """Codes of key 3: against the list, on the edge of a day, other kinds and other layouts."""
    code = signed(CARD)
    return [
        _good("valid, and not on the list", code, list="dicabut.json"),
        _good("revoked", signed(REVOKED), result="revoked", list="dicabut.json"),
        _good("revoked, in lower case", signed(REVOKED).lower(), "revoked", list="dicabut.json"),
        _good("replaced by a newer code", signed(REPLACED), "replaced", list="dicabut.json"),
        _good("revoked, where no list is known", signed(REVOKED)),
        _good("revoked and expired: revoked is said first", signed(REVOKED), "revoked",
              clock="2028-04-21", list="dicabut.json"),
        _good("expired, and not on the list", code, "expired", "2028-04-21", "dicabut.json"),
        _good("revoked by a list that a stranger signed: as if there were none",
              signed(REVOKED), list="palsu.json"),
        _good("revoked by a list whose end was edited: as if there were none",
              signed(REVOKED), list="diubah.json"),
        _good("SIAPkerja-ID with letters of two and three bytes", signed(OTHER)),
        _good("SIAPkerja-ID that is not on the list", signed(OTHER), list="dicabut.json"),
        _good("unchecked", signed(SELF_TOLD), "unchecked", list="dicabut.json"),
        _good("unchecked, in lower case", signed(SELF_TOLD).lower(), "unchecked",
              list="dicabut.json"),
        _good("unchecked, where no list is known", signed(SELF_TOLD)),
        _good("unchecked by a list that a stranger signed: as if there were none",
              signed(SELF_TOLD), list="palsu.json"),
        _good("unchecked and expired: expired is said first", signed(SELF_TOLD), "expired",
              "2028-04-21", "dicabut.json"),
        _good("SIAPkerja-ID of the day of the list, which cannot know it", signed(TOO_NEW),
              "unchecked", list="dicabut.json"),
        _good("AK1 of the day of the list", signed(TODAY), list="dicabut.json"),
        _good("empty name", signed(CARD | {"name": ""})),
        _bad("kind that does not exist", signed(CARD | {"kind": 9}), "unknown_format"),
        _bad("version 2", _sealed(b"\2" + packed(CARD)[1:]), "unknown_format"),
        _bad("name longer than its length says", _sealed(packed(CARD) + b"A"), "unreadable"),
        _bad("name shorter than its length says", _sealed(packed(CARD)[:-1]), "unreadable"),
        _bad("name that is no UTF-8", _sealed(packed(CARD)[:-2] + b"\xc3\x28"), "unreadable"),
        _bad("signed by a stranger under key 3", _sealed(packed(CARD), STRANGER), "bad_signature"),
        _bad("the other spelling of the signature under key 3",
             _sealed(packed(CARD), is_high=True), "bad_signature"),
        _bad("a signature alone", _text(b"" + signature(KEY, b"")), "unreadable"),
        _bad("the whole address instead of the code", f"HTTPS://X/V/{code}", "unreadable"),
    ]  # fmt: skip


def lists() -> dict[str, dict[str, str]]:
    """The list of 1 May 2026, the same signed by a stranger, and with a changed content."""
    content = {
        "iss": "https://kerja.contoh.go.id",
        "iat": MADE,
        "exp": MADE + WEEK,
        "revoked": _hash_of(REVOKED),
        "replaced": _hash_of(REPLACED),
        "unchecked": _hash_of(SELF_TOLD),
    }
    good = _jws(content, KEY)
    longer = _jws(content | {"exp": MADE + 9 * WEEK}, KEY)
    return {
        "dicabut.json": good,
        "palsu.json": _jws(content, STRANGER),
        "diubah.json": good | {"payload": longer["payload"]},
    }


def signed(says: dict) -> str:
    return _sealed(packed(says))


def packed(says: dict) -> bytes:
    name = says["name"].encode()
    days = [
        (date.fromisoformat(says[key]) - codes.DAY_ZERO).days for key in ("issued", "valid_until")
    ]
    number, code_id = int(says["number"] or 0), bytes.fromhex(says["code_id"])
    return codes.HEADER.pack(1, says["kind"], 3, code_id, number, *days, len(name)) + name


def signature(key: ec.EllipticCurvePrivateKey, content: bytes, *, is_high: bool = False) -> bytes:
    """The same for the same bytes each time (RFC 6979)."""
    r, s = decode_dss_signature(
        key.sign(content, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    )
    s = max(s, CURVE_ORDER - s) if is_high else min(s, CURVE_ORDER - s)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _good(title, code, result="valid", clock="2026-05-01", list="") -> dict:
    payload = next(says for says in ALL if signed(says) == code.upper())
    return {
        "title": title, "code": code, "verifies": True, "clock": clock, "list": list,
        "result": result, "expired": clock > payload["valid_until"], "says": payload,
    }  # fmt: skip


def _bad(title: str, code: str, result: str) -> dict:
    return {
        "title": title, "code": code, "verifies": False, "clock": "2026-05-01", "list": "",
        "result": result,
    }  # fmt: skip


def _sealed(content: bytes, key: ec.EllipticCurvePrivateKey = KEY, *, is_high=False) -> str:
    return _text(content + signature(key, content, is_high=is_high))


def _text(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=")


def _jws(content: dict, key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    head = _url_safe(json.dumps({"alg": "ES256", "kid": "3", "typ": "ak1-dicabut"}).encode())
    body = _url_safe(json.dumps(content).encode())
    made = signature(key, f"{head}.{body}".encode())
    return {"protected": head, "payload": body, "signature": _url_safe(made)}


def _hash_of(says: dict) -> str:
    return _url_safe(hashlib.sha256(bytes.fromhex(says["code_id"])).digest()[:6])


def _url_safe(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


if __name__ == "__main__":
    main()
