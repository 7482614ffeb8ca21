"""The SIAPkerja-ID in the copy of one's own data; no code is in it."""

from sqlmodel import Session

from ..core.indonesian import dated, long_date
from ..people.models import Person
from ..seal import queries as seal
from ..seal.rules import PayloadKind
from .queries import approved, digital


def identity(session: Session, person: Person) -> dict[str, object] | None:
    found = digital.find_identity(session, person.id)
    if found is None:
        return None
    current = digital.identity_code(session, found)
    codes = seal.codes_of(session, PayloadKind.SIAPKERJA_ID, found.id)
    return {
        "dibuat": dated(found.created),
        "diperiksa_petugas": approved.is_checked(session, found, current),
        "dicabut": dated(found.revoked),
        "alasan_pencabutan": found.revoke_reason,
        "kode": [
            {"terbit": long_date(code.created), "berlaku_sampai": long_date(code.valid_until)}
            for code in codes
        ],
    }
