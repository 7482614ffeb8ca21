"""Retention: delete the papers of an application some time after its card has ended.

How long: `BARUT_RETENTION_DAYS_AFTER_END`.
"""

from sqlalchemy import or_
from sqlmodel import Session, col, select

from ...applications import queries as application_queries
from ...applications import service as applications
from ...core import audit, clock
from ...documents.models import Document
from ...documents.rules import Kind
from ...documents.service import cleanup
from ...people.models import Person
from ...profiles.queries import facts as profile_facts
from ...rights.queries import is_holding
from ..models import Card, Placement

BATCH_SIZE = 200  # cards of one run; the next run takes the next ones


def delete_old_papers(session: Session) -> int:
    """Delete the papers of cards that ended longer ago than the office keeps them; how many cards.

    Card, number and facts stay, for the register. The files are deleted by the next sweep of the
    desk `documents`.
    """
    cards = _long_ended(session)
    for card in cards:
        _delete_papers(session, card)
    return len(cards)


def _long_ended(session: Session) -> list[Card]:
    before = cleanup.retention_cutoff()
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
    return list(session.exec(ended.order_by(col(Card.id)).limit(BATCH_SIZE)))


def _delete_papers(session: Session, card: Card) -> None:
    """Delete the papers of one card, except those that are still needed.

    Papers that another application shows stay. All stay while the holder has an open application.
    The photo stays while the profile is in use, or while the holder has something alive at any
    desk, such as a valid card.
    """
    ids = [paper.id for paper in application_queries.papers_of(session, card.application_id)]
    applications.detach_all_papers(session, card.application_id)
    card.photo_id = None
    session.add(card)
    session.flush()
    kept = application_queries.still_attached(session, ids)
    if application_queries.find_open(session, card.holder_id) is None:
        own = col(Document.id).in_(set(ids) - kept)
        if _is_in_use(session, card.holder_id):
            own &= col(Document.kind) != Kind.PHOTO
        cleanup.mark_replaced(session, own)
    holder = session.get_one(Person, card.holder_id)
    detail = f"{len(ids)} papers of card {card.public_id}"
    audit.record(
        session, "delete_papers", by=None, subject=holder.public_id, nik=card.nik, detail=detail
    )


def _is_in_use(session: Session, person_id: int) -> bool:
    since = cleanup.retention_cutoff()
    return profile_facts.is_changed_since(session, person_id, since) or is_holding(
        session, person_id
    )
