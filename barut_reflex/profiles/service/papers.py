"""Stores, attaches, removes a profile's papers: the photo (also the AK1's), proofs of entries."""

from sqlmodel import Session

from ...core import clock
from ...core.errors import Refusal
from ...documents.models import Document
from ...documents.rules import Kind
from ...documents.service import attachments, uploads
from ...people.models import Person
from ..queries.entries import find_entry
from ..rules.sections import RULES, Section
from .facts import lock_profile


class NoProofHere(Refusal):
    message = "Bagian ini tidak meminta bukti. Muat ulang halaman."


def rebuild_photo(
    session: Session, by: Person, tickets: list[str], *, sign_in: str
) -> uploads.StoredFile:
    """Re-encode and store an uploaded photo; slow, and writes no row (see `attach_photo`)."""
    return uploads.rebuild_upload(session, Kind.PHOTO, tickets, by=by, sign_in=sign_in)


def attach_photo(session: Session, by: Person, checked: uploads.StoredFile) -> Document:
    """Make a stored file my photo, here and for the next application; sent ones keep theirs."""
    lock_profile(session, by).updated = clock.now()
    return attachments.attach(session, by, Kind.PHOTO, checked)


def detach_photo(session: Session, by: Person) -> None:
    """Remove my photo."""
    attachments.detach(session, by, Kind.PHOTO)


def rebuild_proof(
    session: Session, by: Person, entry_id: str, tickets: list[str], *, sign_in: str
) -> uploads.StoredFile:
    """Re-encode and store an uploaded proof of my entry; slow, and writes no row."""
    _ensure_mine(session, entry_id, by)
    return uploads.rebuild_upload(session, Kind.PROOF, tickets, by=by, sign_in=sign_in)


def attach_proof(
    session: Session, by: Person, entry_id: str, checked: uploads.StoredFile
) -> Document:
    """Make a stored file the proof of my entry, in place of an older one."""
    _ensure_mine(session, entry_id, by)
    lock_profile(session, by).updated = clock.now()
    return attachments.attach(session, by, Kind.PROOF, checked, proves=entry_id)


def detach_proof(session: Session, by: Person, entry_id: str) -> None:
    """Remove the proof of my entry."""
    _ensure_mine(session, entry_id, by)
    attachments.detach(session, by, Kind.PROOF, proves=entry_id)


def _ensure_mine(session: Session, entry_id: str, by: Person) -> None:
    entry = find_entry(session, entry_id, by=by)
    if not RULES[Section(entry.section)].proof:
        raise NoProofHere
