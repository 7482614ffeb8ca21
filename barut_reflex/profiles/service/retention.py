"""Job: takes proofs and photo off profiles long unchanged; a later cleanup deletes the files."""

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ...core import audit
from ...documents.models import Document
from ...documents.rules import Kind
from ...documents.service import cleanup
from ...people.models import Person
from ...rights.queries import has_active_records
from ..models import Profile

BATCH = 200  # people in one run of the job; the next run continues
PROFILE_PAPERS = (Kind.PROOF, Kind.PHOTO)


def delete_old_proofs(session: Session) -> int:
    """Mark proofs and photos of profiles not changed since the cutoff as replaced; how many people.

    People with anything active at any desk, such as a valid card, are left out. The profile's
    text stays, since the office keeps a register.
    """
    owners = list(session.exec(_dormant()))
    for owner in session.exec(select(Person).where(col(Person.id).in_(owners))):
        cleanup.mark_replaced(
            session, (col(Document.owner_id) == owner.id) & col(Document.kind).in_(PROFILE_PAPERS)
        )
        audit.record(session, "delete_proofs", by=None, subject=owner.public_id)
    return len(owners)


def _dormant() -> SelectOfScalar[int]:
    """Ids of people whose profile has papers and was not changed for so long."""
    owner = col(Document.owner_id)
    owners = select(owner).join(Profile, col(Profile.person_id) == owner)
    return (
        owners.where(
            col(Document.kind).in_(PROFILE_PAPERS),
            col(Document.replaced).is_(None),
            col(Profile.updated) < cleanup.retention_cutoff(),
            ~has_active_records(owner),
        )
        .distinct()
        .order_by(owner)
        .limit(BATCH)
    )
