"""My photo, which the AK1 asks for too, and the papers that prove the entries of my profile."""

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
    """Draw the photo that arrived anew and store it, without a row yet: slow."""
    return uploads.rebuild_upload(session, Kind.PHOTO, tickets, by=by, sign_in=sign_in)


def attach_photo(session: Session, by: Person, checked: uploads.StoredFile) -> Document:
    """Make it my photo, here and for the next application; what was sent keeps its own."""
    lock_profile(session, by).updated = clock.now()
    return attachments.attach(session, by, Kind.PHOTO, checked)


def detach_photo(session: Session, by: Person) -> None:
    """Take my photo away."""
    attachments.detach(session, by, Kind.PHOTO)


def rebuild_proof(
    session: Session, by: Person, entry_id: str, tickets: list[str], *, sign_in: str
) -> uploads.StoredFile:
    """Draw the proof that arrived for my entry anew and store it, without a row yet: slow."""
    _ensure_mine(session, entry_id, by)
    return uploads.rebuild_upload(session, Kind.PROOF, tickets, by=by, sign_in=sign_in)


def attach_proof(
    session: Session, by: Person, entry_id: str, checked: uploads.StoredFile
) -> Document:
    """Put a rebuilt paper to my entry, in place of an older one."""
    _ensure_mine(session, entry_id, by)
    lock_profile(session, by).updated = clock.now()
    return attachments.attach(session, by, Kind.PROOF, checked, proves=entry_id)


def detach_proof(session: Session, by: Person, entry_id: str) -> None:
    """Take the proof of my entry away."""
    _ensure_mine(session, entry_id, by)
    attachments.detach(session, by, Kind.PROOF, proves=entry_id)


def _ensure_mine(session: Session, entry_id: str, by: Person) -> None:
    entry = find_entry(session, entry_id, by=by)
    if not RULES[Section(entry.section)].proof:
        raise NoProofHere
