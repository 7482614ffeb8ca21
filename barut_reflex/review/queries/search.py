"""Turn the text of the search field "Cari" into SQL conditions on applications and their cards."""

import re

from sqlalchemy import ColumnElement, false, or_
from sqlmodel import Session, col, select

from ...applications.models import Application
from ...cards.models import Card
from ...core.figures import MAX_SEARCH_LENGTH
from ...core.indonesian import searchable, tidy

MAX_COUNTED = 100  # matches that are counted; for more the page says "lebih dari"
NUMBER_DIGITS = 18  # digits of a registration number; a NIK has 16
SPACING = re.compile(r"[\s.\-]")


def search_conditions(session: Session, search: str) -> list[ColumnElement[bool]]:
    """Digits match the beginning of a NIK or registration number, each word any part of a name."""
    typed = tidy(search[:MAX_SEARCH_LENGTH])
    digits = SPACING.sub("", typed)
    if digits.isascii() and digits.isdigit():
        return [_beginning_with(session, digits)]
    words = searchable(typed).split()
    if not all(word.isprintable() for word in words):
        return [false()]  # no name contains such a character, and PostgreSQL rejects some of them
    return [col(Application.search_name).contains(word, autoescape=True) for word in words]


def _beginning_with(session: Session, digits: str) -> ColumnElement[bool]:
    """Few matches as a list of ids, found by the index of each table; many as a plain condition.

    One condition over both tables can use no index: a search for a whole NIK would miss its goal
    of 10 ms (`list-*` in `docs/benchmarks.md`).
    """
    nik, number = _begins(Application.nik, digits), _begins(Card.number, digits)
    found = [
        *session.exec(select(Application.id).where(nik).limit(MAX_COUNTED + 1)),
        *session.exec(select(Card.application_id).where(number).limit(MAX_COUNTED + 1)),
    ]
    return col(Application.id).in_(found) if len(found) <= MAX_COUNTED else or_(nik, number)


def _begins(column: str, digits: str) -> ColumnElement[bool]:
    """A range instead of LIKE, so that the index is used; digits sort alike in every collation."""
    return col(column).between(digits, digits.ljust(NUMBER_DIGITS, "9"))
