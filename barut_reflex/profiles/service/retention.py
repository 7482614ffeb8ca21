"""How long proofs and photo of a profile are kept: so many days after it was last touched."""

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ...core import audit
from ...documents.models import Document
from ...documents.rules import Kind
from ...documents.service import cleanup
from ...people.models import Person
from ...rights.queries import holds_something
from ..models import Profile

BATCH = 200  # people of one run; the next run goes on
PROFILE_PAPERS = (Kind.PROOF, Kind.PHOTO)


def delete_old_proofs(session: Session) -> int:
    """Take away proofs and photo of profiles nobody touched for as long; of how many people.

    Not of somebody who holds something alive at any desk. What was written stays for the register.
    """
    owners = list(session.exec(_dormant()))
    for owner in session.exec(select(Person).where(col(Person.id).in_(owners))):
        cleanup.mark_replaced(
            session, (col(Document.owner_id) == owner.id) & col(Document.kind).in_(PROFILE_PAPERS)
        )
        audit.record(session, "delete_proofs", by=None, subject=owner.public_id)
    return len(owners)


def _dormant() -> SelectOfScalar[int]:
    """People with papers in a profile that sleeps."""
    owner = col(Document.owner_id)
    slept = select(owner).join(Profile, col(Profile.person_id) == owner)
    return (
        slept.where(
            col(Document.kind).in_(PROFILE_PAPERS),
            col(Document.replaced).is_(None),
            col(Profile.updated) < cleanup.retention_cutoff(),
            ~holds_something(owner),
        )
        .distinct()
        .order_by(owner)
        .limit(BATCH)
    )
