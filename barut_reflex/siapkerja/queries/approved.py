"""Queries: whose profile facts and photo are still those an officer approved.

The reasons for this rule: decision 0015.
"""

import json
from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from ...cards.models import Card
from ...documents.models import Document
from ...profiles.models import Profile
from ...seal import codes
from ...seal.models import Code
from ..models import Identity

# What must be as approved, besides the photo. All else in a profile is declared by its owner.
FACTS = (
    "name",
    "nik",
    "birth_place",
    "birth_date",
    "sex",
    "education",
    "major",
    "graduation_year",
)

People = Collection[int] | SelectOfScalar[int]


def approved_names(session: Session, people: People) -> dict[int, str]:
    """The names, by person, of those whose facts and photo equal those of their newest AK1 card.

    A card that has ended still counts as an officer's approval; a revoked one does not.
    """
    later = aliased(Card)
    is_newest = ~exists().where(
        col(later.holder_id) == col(Card.holder_id), col(later.issued) > col(Card.issued)
    )
    cards = (
        select(col(Card.holder_id), col(Card.facts), *(col(getattr(Profile, f)) for f in FACTS))
        .join(Profile, col(Profile.person_id) == col(Card.holder_id))
        .join(Document, col(Document.id) == col(Card.photo_id))
        .where(
            col(Card.holder_id).in_(people),
            col(Card.revoked).is_(None),
            col(Card.nik) == col(Profile.nik),
            col(Document.replaced).is_(None),  # still the person's photo today
            is_newest,
        )
    )
    rows = session.execute(cards).all()
    return {holder: now[0] for holder, facts, *now in rows if _words(now) == _approved(facts)}


def is_checked(session: Session, identity: Identity, code: Code) -> bool:
    """Whether an officer approved the facts behind this code."""
    return has_approved_name(
        code.code, approved_names(session, [identity.holder_id]), identity.holder_id
    )


def has_approved_name(code: str, names: dict[int, str], holder_id: int) -> bool:
    """Whether the name signed into `code` is the approved name of its holder, of `names`."""
    return holder_id in names and codes.has_name(code, names[holder_id])


def _approved(facts: str) -> list[str]:
    copied = json.loads(facts)
    return _words([copied.get(name) for name in FACTS])


def _words(values: list[object]) -> list[str]:
    return [str(value or "") for value in values]
