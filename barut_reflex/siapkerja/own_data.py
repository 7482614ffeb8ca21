"""The person's SIAPkerja-ID for the copy of their own data; the signed code itself is left out."""

from sqlmodel import Session

from ..core.indonesian import dated, long_date
from ..people.models import Person
from ..seal import queries as seal
from ..seal.rules import PayloadKind
from .queries import approved, digital


def identity(session: Session, person: Person) -> dict[str, object] | None:
    """The SIAPkerja-ID of the person in words, or None."""
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
