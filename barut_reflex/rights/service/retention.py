"""How long papers are kept: so many days after the card they were handed in for has ended,
and those of a profile so many days after its person last touched it.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, update
from sqlmodel import Session, col, select

from ...applications import queries as application_queries
from ...applications import service as applications
from ...applications.models import Application
from ...cards.models import Card, Placement
from ...core import audit, clock
from ...core.locks import change
from ...core.settings import settings
from ...documents.models import Document
from ...documents.rules import Kind
from ...people.models import Person
from ...profiles.models import Profile

BATCH = 200  # cards, or people, of one run; the next run goes on
OF_PROFILE = (Kind.PROOF, Kind.PHOTO)


def delete_old_papers(session: Session) -> int:
    """Take away the papers of cards that ended longer ago than the office keeps them; how many.

    Card, number and facts stay for the register. Files go with the next sweep of the papers.
    """
    cards = _long_ended(session)
    for card in cards:
        _let_go(session, card)
    return len(cards)


def delete_old_proofs(session: Session) -> int:
    """Take away proofs and photo of profiles nobody touched for as long; of how many people.

    Not of somebody with an application that is open or a card that is alive. What was written
    stays for the register.
    """
    owners = list(session.exec(_dormant()))
    for owner in session.exec(select(Person).where(col(Person.id).in_(owners))):
        _replace(session, (col(Document.owner_id) == owner.id) & col(Document.kind).in_(OF_PROFILE))
        audit.record(session, "delete_proofs", by=None, subject=owner.public_id)
    return len(owners)


def _dormant():
    """People with papers in a profile that sleeps."""
    owner = col(Document.owner_id)
    is_open = exists().where(
        col(Application.applicant_id) == owner, col(Application.is_closed).is_(False)
    )
    has_card = exists().where(
        col(Card.holder_id) == owner,
        col(Card.revoked).is_(None),
        col(Card.valid_until) >= clock.today(),
        ~exists().where(col(Placement.card_id) == Card.id),
    )
    slept = select(owner).join(Profile, col(Profile.person_id) == owner)
    return (
        slept.where(
            col(Document.kind).in_(OF_PROFILE),
            col(Document.replaced).is_(None),
            col(Profile.updated) < _long_ago(),
            ~is_open,
            ~has_card,
        )
        .distinct()
        .order_by(owner)
        .limit(BATCH)
    )


def _is_in_use(session: Session, person_id: int) -> bool:
    touched = select(Profile.person_id).where(
        Profile.person_id == person_id, col(Profile.updated) >= _long_ago()
    )
    return session.exec(touched).first() is not None


def _replace(session: Session, which: ColumnElement[bool]) -> None:
    """No longer the person's own; the file goes with the next sweep of the papers."""
    own = update(Document).where(which, col(Document.replaced).is_(None))
    change(session, own.values(replaced=clock.now()))


def _long_ago() -> datetime:
    return clock.now() - timedelta(days=settings.retention_days_after_end)


def _long_ended(session: Session) -> list[Card]:
    before = _long_ago()
    ended = (
        select(Card)
        .outerjoin(Placement, col(Placement.card_id) == Card.id)
        .where(
            col(Card.photo_id).is_not(None),
            or_(
                col(Card.revoked) < before,
                col(Placement.at) < before,
                col(Card.valid_until) < clock.office_day(before),
            ),
        )
    )
    return list(session.exec(ended.order_by(col(Card.id)).limit(BATCH)))


def _let_go(session: Session, card: Card) -> None:
    """Papers another application shows stay with it; own ones too while one is being made.

    The photo of a profile still in use stays its photo.
    """
    ids = [paper.id for paper in application_queries.papers_of(session, card.application_id)]
    applications.forget_papers(session, card.application_id)
    card.photo_id = None
    session.add(card)
    session.flush()
    kept = application_queries.still_handed_in(session, ids)
    if application_queries.find_open(session, card.holder_id) is None:
        own = col(Document.id).in_(set(ids) - kept)
        if _is_in_use(session, card.holder_id):
            own &= col(Document.kind) != Kind.PHOTO
        _replace(session, own)
    holder = session.get_one(Person, card.holder_id)
    detail = f"{len(ids)} papers of card {card.public_id}"
    audit.record(
        session, "delete_papers", by=None, subject=holder.public_id, nik=card.nik, detail=detail
    )
