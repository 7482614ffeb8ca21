"""The officer's search finds the same applications as a full scan would."""

import pytest
from sqlmodel import select

from barut_reflex.applications.models import Application
from barut_reflex.applications.status import Status
from barut_reflex.cards.models import Card
from barut_reflex.review.queries import inbox, pages, search

from .test_list_applications import make_card

WORDS = [
    "siti",
    "it",
    "i",
    "q",
    "aminah",
    "nur al",
    "o'brien",
    "zz",
    "_",
    "%",
    '"',
    "\x00",
    "\ud800",
]
DIGITS = [
    "6",
    "62050",
    "620503",
    "6205030707000006",
    "620500000320042026",
    "62050307070000061",
    "9",
]


@pytest.fixture
def card(session, rina, people):
    """The card of one of them, whose number begins as most NIK do."""
    case = session.exec(select(Application).where(Application.name == "q")).one()
    return make_card(session, case, rina)


def read_all(session, holds):
    """Names of the sent applications for which it holds, the newest first."""
    sent = select(Application).where(Application.status != Status.DRAFT)
    numbers = dict(session.exec(select(Card.application_id, Card.number)).all())
    found = [one for one in session.exec(sent) if holds(one, numbers.get(one.id, ""))]
    return [one.name for one in sorted(found, key=lambda one: (one.submitted, one.id))][::-1]


def found(session, rina, typed, status=""):
    return [row.name for row in inbox.list_applications(session, rina, typed, status, "").rows]


@pytest.fixture(params=[100, 2, 0], ids="counted up to {}".format)
def many(request, monkeypatch):
    """With few that are counted, frequent matches are read in the order of the list."""
    for module in (search, inbox):
        monkeypatch.setattr(module, "MAX_COUNTED", request.param)


def test_words_are_parts_of_the_name(session, rina, card, many):
    for typed in WORDS:
        words = typed.split()
        expected = read_all(session, lambda one, _: all(w in one.search_name for w in words))  # noqa: B023
        assert found(session, rina, typed) == expected, typed


def test_digits_begin_a_nik_or_a_number(session, rina, card, many):
    for typed in DIGITS:
        expected = read_all(
            session,
            lambda one, number: one.nik.startswith(typed) or number.startswith(typed),  # noqa: B023
        )
        assert found(session, rina, typed) == expected, typed


@pytest.mark.parametrize("typed", ["i", "6205"])
def test_within_a_status(session, rina, card, many, typed):
    case = session.exec(select(Application).where(Application.name == "sitorus")).one()
    case.status = Status.RETURNED
    session.commit()
    assert found(session, rina, typed, "returned") == ["sitorus"]
    assert "sitorus" not in found(session, rina, typed, "submitted")


def test_what_is_sent_again_is_found_by_its_new_name_only(session, rina, people):
    case = session.exec(select(Application).where(Application.name == "q")).one()
    case.search_name = "muhammad"
    session.commit()
    assert (found(session, rina, "muham"), found(session, rina, "q")) == (["q"], [])


def test_more_than_are_counted_say_so_on_every_page(session, rina, people, monkeypatch):
    for module in (search, inbox):
        monkeypatch.setattr(module, "MAX_COUNTED", 2)
    for module in (pages, inbox):
        monkeypatch.setattr(module, "PAGE_SIZE", 2)
    first = inbox.list_applications(session, rina, "i", "", "")
    assert first.summary == "Menampilkan 1 - 2 dari lebih dari 2 data"
    assert (first.position, first.pages) == ("Halaman 1", 0)
    second = inbox.list_applications(session, rina, "i", "", "2", first.older)
    assert second.summary == "Menampilkan 3 - 4 dari lebih dari 2 data"
    assert second.newer
