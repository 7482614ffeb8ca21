"""What is typed into "Cari", as conditions on applications (and the card joined to each)."""

import re

from sqlalchemy import ColumnElement, false, or_
from sqlmodel import Session, col, select

from ...applications.models import Application
from ...cards.models import Card
from ...core.figures import MAX_SEARCH_LENGTH
from ...core.indonesian import searchable, tidy

MANY = 100  # matches that are counted; what is found more often is "lebih dari"
LONGEST_NUMBER = 18  # digits of a registration number; a NIK has 16
SPACING = re.compile(r"[\s.\-]")


def matching(session: Session, search: str) -> list[ColumnElement[bool]]:
    """Digits: the beginning of a NIK or number. Words: each is a part of the name, literally."""
    typed = tidy(search[:MAX_SEARCH_LENGTH])
    digits = SPACING.sub("", typed)
    if digits.isascii() and digits.isdigit():
        return [_beginning_with(session, digits)]
    words = searchable(typed).split()
    if not all(word.isprintable() for word in words):
        return [false()]  # no name holds such a letter, and no database takes it
    return [col(Application.search_name).contains(word, autoescape=True) for word in words]


def _beginning_with(session: Session, digits: str) -> ColumnElement[bool]:
    """Few matches by their ids, each table asked by its own index; many while reading the list.

    One condition over both tables has no index: a whole NIK would miss its 10 ms (`list-*`).
    """
    nik, number = _begins(Application.nik, digits), _begins(Card.number, digits)
    found = [
        *session.exec(select(Application.id).where(nik).limit(MANY + 1)),
        *session.exec(select(Card.application_id).where(number).limit(MANY + 1)),
    ]
    return col(Application.id).in_(found) if len(found) <= MANY else or_(nik, number)


def _begins(column: str, digits: str) -> ColumnElement[bool]:
    """A range instead of LIKE, so that the index answers; digits sort alike in every language."""
    return col(column).between(digits, digits.ljust(LONGEST_NUMBER, "9"))
