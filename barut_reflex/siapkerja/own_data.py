"""The SIAPkerja-ID in the copy of one's own data; no code is in it."""

from typing import Any

from sqlmodel import Session, col, select

from ..core.indonesian import dated, long_date
from ..people.models import Person
from .models import IdentityCode
from .queries import approved, digital


def identity(session: Session, person: Person) -> dict[str, Any] | None:
    found = digital.find_identity(session, person.id)
    if found is None:
        return None
    current = digital.identity_code(session, found)
    codes = select(IdentityCode).where(IdentityCode.identity_id == found.id)
    return {
        "dibuat": dated(found.created),
        "diperiksa_petugas": approved.is_checked(session, found, current),
        "dicabut": dated(found.revoked),
        "alasan_pencabutan": found.revoke_reason,
        "kode": [
            {"terbit": long_date(code.issued), "berlaku_sampai": long_date(code.valid_until)}
            for code in session.exec(codes.order_by(col(IdentityCode.id)))
        ],
    }
