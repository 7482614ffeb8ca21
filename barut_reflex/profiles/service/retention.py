"""How long proofs and photo of a profile are kept: so many days after it was last touched."""

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ...core import audit
from ...documents.models import Document
from ...documents.rules import Kind
from ...documents.service import keeping
from ...people.models import Person
from ...rights.queries import has_active_records
from ..models import Profile

BATCH = 200  # people of one run; the next run goes on
OF_PROFILE = (Kind.PROOF, Kind.PHOTO)


def delete_old_proofs(session: Session) -> int:
    """Take away proofs and photo of profiles nobody touched for as long; of how many people.

    Not of somebody who holds something alive at any desk. What was written stays for the register.
    """
    owners = list(session.exec(_dormant()))
    for owner in session.exec(select(Person).where(col(Person.id).in_(owners))):
        keeping.let_go(
            session, (col(Document.owner_id) == owner.id) & col(Document.kind).in_(OF_PROFILE)
        )
        audit.record(session, "delete_proofs", by=None, subject=owner.public_id)
    return len(owners)


def _dormant() -> SelectOfScalar[int]:
    """People with papers in a profile that sleeps."""
    owner = col(Document.owner_id)
    slept = select(owner).join(Profile, col(Profile.person_id) == owner)
    return (
        slept.where(
            col(Document.kind).in_(OF_PROFILE),
            col(Document.replaced).is_(None),
            col(Profile.updated) < keeping.kept_since(),
            ~has_active_records(owner),
        )
        .distinct()
        .order_by(owner)
        .limit(BATCH)
    )
