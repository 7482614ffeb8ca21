"""The person's SIAPkerja-ID for the copy of their own data, without the signed codes as text."""

from sqlmodel import Session

from ..core.indonesian import dated, long_date
from ..people.models import Person
from ..seal import queries as seal
from ..seal.rules import PayloadKind
from .queries import approved, digital


def identity(session: Session, person: Person) -> dict[str, object] | None:
    """The SIAPkerja-ID of the person in words, or None."""
    card = digital.find_identity(session, person.id)
    if card is None:
        return None
    current = digital.identity_code(session, card)
    codes = seal.codes_of(session, PayloadKind.SIAPKERJA_ID, card.id)
    return {
        "dibuat": dated(card.created),
        "diperiksa_petugas": approved.is_checked(session, card, current),
        "dicabut": dated(card.revoked),
        "alasan_pencabutan": card.revoke_reason,
        "kode": [
            {"terbit": long_date(code.created), "berlaku_sampai": long_date(code.valid_until)}
            for code in codes
        ],
    }
