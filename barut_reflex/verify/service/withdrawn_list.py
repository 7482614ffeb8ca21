"""The signed list of revoked, replaced and unchecked codes, by which `/periksa` checks offline.

Its format: `docs/qr.md`, section 6.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock

from cachetools import LRUCache, cached
from sqlalchemy import Connection, Engine
from sqlmodel import Session, col, select

from ...core import clock, limits
from ...core.errors import Refusal
from ...core.settings import settings
from ...seal import keys
from ...seal import queries as seal
from ...seal.models import Code
from ...seal.rules import PayloadKind
from ...siapkerja.models import Identity
from ...siapkerja.queries import approved

HASH_BYTES = 6  # of SHA-256 over the code's id: among 100,000 codes a false hit is 1 in 10^9
LIST_LIFETIME = timedelta(days=7)  # an older list proves nothing about a code that is not on it
LISTS_PER_ADDRESS = 120  # a minute
JWS_TYPE = "ak1-dicabut"


class TooManyLists(Refusal):
    message = "Terlalu banyak permintaan dalam satu menit. Tunggu satu menit."
    is_counted = True


def count_list(session: Session, *, address: str) -> None:
    """Count one download from that network address; `TooManyLists` after 120 a minute."""
    minute = timedelta(minutes=1)
    if not limits.spend(session, f"list for {address}", limit=LISTS_PER_ADDRESS, per=minute):
        raise TooManyLists


def signed_list(session: Session) -> dict[str, str]:
    """The revoked, replaced and unchecked codes of cards that have not expired, as a signed JWS.

    Expired ones need no entry: the code itself contains its last day.
    """
    now = clock.now()
    content = {
        "iss": settings.address,
        "iat": int(now.timestamp()),
        "exp": int((now + LIST_LIFETIME).timestamp()),
        "revoked": _hashes(seal.revoked_ids(session)),
        "replaced": _hashes(seal.replaced_ids(session)),
        "unchecked": _unchecked_hashes(session, now),
    }
    return signed(content)


def signed(content: dict[str, object]) -> dict[str, str]:
    """`content` as a signed JWS (RFC 7515, flattened JSON).

    The signed text begins with a letter, a card's code with another byte: one can never be passed
    off as the other, though the same key signs both.
    """
    key_id, key = keys.signing_key()
    head = _url_safe(_json({"alg": "ES256", "kid": str(key_id), "typ": JWS_TYPE}))
    body = _url_safe(_json(content))
    signature = keys.signature(key, f"{head}.{body}".encode())
    return {"protected": head, "payload": body, "signature": _url_safe(signature)}


def _this_minute(session: Session, now: datetime) -> tuple[Engine | Connection, int]:
    return session.get_bind(), int(now.timestamp()) // 60


@cached(LRUCache(1), _this_minute, Lock())
def _unchecked_hashes(session: Session, now: datetime) -> str:
    """Cached for a minute: it compares every profile, and anybody may fetch the list."""
    return _hashes(_unchecked(session))


def _unchecked(session: Session) -> list[str]:
    """The current codes of SIAPkerja-IDs whose facts no officer approved."""
    codes = select(Code.code_id, Code.code, Identity.holder_id).join(
        Identity, col(Identity.id) == Code.subject_id
    )
    counts = codes.where(
        Code.kind == PayloadKind.SIAPKERJA_ID,
        col(Code.valid_until) >= clock.today(),
        col(Code.replaced).is_(None),
        col(Identity.revoked).is_(None),
    )
    names = approved.approved_names(session, select(Identity.holder_id))
    rows = session.exec(counts).all()
    return [one for one, code, who in rows if not approved.has_approved_name(code, names, who)]


def _hashes(code_ids: Sequence[str]) -> str:
    """The hashes of these codes in one string, sorted so that their order reveals nothing."""
    hashes = sorted(hashlib.sha256(bytes.fromhex(one)).digest()[:HASH_BYTES] for one in code_ids)
    return _url_safe(b"".join(hashes))


def _json(content: dict[str, object] | dict[str, str]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode()


def _url_safe(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
