"""Card numbers: region, sequence and day; no number twice and none backdated."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from barut_reflex.cards import numbering
from barut_reflex.core import clock, db
from barut_reflex.core.models import Counter
from barut_reflex.core.settings import settings
from probes.card_factories import FACTS, give_card

APRIL_20 = datetime(2026, 4, 20, 3, 0, tzinfo=UTC)


def take(session, moment=APRIL_20):
    return numbering.next_number(session, moment)


def test_the_number_is_region_sequence_and_day(session):
    assert take(session) == "620500000120042026"
    assert take(session) == "620500000220042026"


def test_the_day_is_that_of_the_office(session):
    assert take(session, datetime(2026, 4, 19, 16, 59, 59, tzinfo=UTC)).endswith("19042026")
    assert take(session, datetime(2026, 4, 19, 17, 0, 0, tzinfo=UTC)).endswith("20042026")


@pytest.mark.parametrize(
    ("reset", "next_day", "next_month", "next_year"),
    [("daily", 1, 1, 1), ("monthly", 2, 1, 1), ("yearly", 2, 3, 1), ("never", 2, 3, 4)],
)
def test_the_sequence_restarts_as_the_office_wants(
    session, monkeypatch, reset, next_day, next_month, next_year
):
    monkeypatch.setattr(settings, "number_reset", reset)
    take(session)
    moments = [APRIL_20 + timedelta(days=days) for days in (1, 40, 400)]
    sequences = [int(take(session, moment)[4:10]) for moment in moments]
    assert sequences == [next_day, next_month, next_year]


def test_an_act_that_fails_gives_its_number_back(session):
    take(session)
    session.commit()
    assert take(session).startswith("6205000002")
    session.rollback()
    assert take(session).startswith("6205000002")


def test_a_full_sequence_is_refused(session):
    session.add(Counter(key="card-number:2026-04-20", value=numbering.MAX_SEQUENCE))
    session.commit()
    with pytest.raises(numbering.NumbersSpent):
        take(session)


def test_a_clock_set_back_gives_no_number(session, card):
    with pytest.raises(numbering.ClockBehind):
        take(session, APRIL_20 - timedelta(seconds=61))
    assert take(session, APRIL_20 - timedelta(seconds=59)) == "620500000220042026"


def test_without_the_clock_check_a_number_would_be_backdated(session, card, monkeypatch):
    monkeypatch.setattr(numbering, "check_clock", lambda session, at: None)
    assert take(session, APRIL_20 - timedelta(days=1)).endswith("19042026")


def test_the_demo_may_write_its_own_past(session, card):
    past = APRIL_20 - timedelta(days=100)
    with clock.pretend(past):
        assert take(session, past).startswith("6205000001")


def run_together(count, work):
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_officers_at_the_same_time_get_different_numbers_without_a_gap(file_office):
    taken = []

    def approve():
        for _ in range(5):
            with db.writing() as session:
                taken.append(take(session))

    run_together(6, approve)
    assert sorted(int(number[4:10]) for number in taken) == list(range(1, 31))


def test_reading_and_then_writing_would_give_a_number_twice(file_office):
    taken, both_have_read = [], threading.Barrier(2)

    def approve_naively():
        with Session(file_office) as session:
            row = session.get(Counter, "card-number:2026-04-20")
            both_have_read.wait()
            taken.append((row.value if row else 0) + 1)

    run_together(2, approve_naively)
    assert taken == [1, 1]


def test_cards_issued_one_after_the_other_count_up(session, set_clock, siti, rina, card):
    facts = FACTS.model_copy(update={"nik": "6205051203010002"})
    second = give_card(session, holder=siti, officer=rina, facts=facts)
    assert (card.number, second.number) == ("620500000120042026", "620500000220042026")
