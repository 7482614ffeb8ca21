"""My photo, which the AK1 asks for too, and the papers that prove the entries of my profile."""

from sqlmodel import Session

from ...accounts.models import Person
from ...core import clock
from ...core.errors import Refusal
from ...documents import service as documents
from ...documents.models import Document, Kind
from ..queries import find_entry
from ..rules import RULES, Section
from .facts import own_profile


class NoProofHere(Refusal):
    message = "Bagian ini tidak meminta bukti. Muat ulang halaman."


def inspect_photo(
    session: Session, tickets: list[str], *, by: Person, sign_in: str
) -> documents.Checked:
    """Look at the photo that arrived: slow, and writes nothing."""
    return documents.inspect(session, Kind.PHOTO, tickets, by=by, sign_in=sign_in)


def attach_photo(session: Session, checked: documents.Checked, *, by: Person) -> Document:
    """Make it my photo, here and for the next application; what was sent keeps its own."""
    own_profile(session, by).updated = clock.now()
    return documents.attach(session, Kind.PHOTO, checked, by=by)


def detach_photo(session: Session, *, by: Person) -> None:
    """Take my photo away."""
    documents.detach(session, Kind.PHOTO, by=by)


def inspect_proof(
    session: Session, entry_id: str, tickets: list[str], *, by: Person, sign_in: str
) -> documents.Checked:
    """Look at the proof that arrived for my entry: slow, and writes nothing."""
    _ensure_mine(session, entry_id, by)
    return documents.inspect(session, Kind.PROOF, tickets, by=by, sign_in=sign_in)


def attach_proof(
    session: Session, entry_id: str, checked: documents.Checked, *, by: Person
) -> Document:
    """Put an inspected paper to my entry, in place of an older one."""
    _ensure_mine(session, entry_id, by)
    own_profile(session, by).updated = clock.now()
    return documents.attach(session, Kind.PROOF, checked, by=by, proves=entry_id)


def detach_proof(session: Session, entry_id: str, *, by: Person) -> None:
    """Take the proof of my entry away."""
    _ensure_mine(session, entry_id, by)
    documents.detach(session, Kind.PROOF, by=by, proves=entry_id)


def _ensure_mine(session: Session, entry_id: str, by: Person) -> None:
    entry = find_entry(session, entry_id, by=by)
    if not RULES[Section(entry.section)].proof:
        raise NoProofHere
