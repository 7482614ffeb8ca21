"""The dates of a card: its end, its reports, and the state and verdict that follow."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barut_reflex.cards import dates
from barut_reflex.cards.dates import CardState, Verdict

ISSUED = date(2026, 4, 22)
RULE = {"every": 6, "validity": 24, "grace": 14}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 4, 20), 24, date(2028, 4, 20)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 24, date(2030, 2, 28)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 7, 15), 6, date(2027, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_one(day, months, expected):
    assert dates.add_months(day, months) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_never_skip_one(day, months):
    later = dates.add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(1)).day == 1)


def test_the_card_of_the_manual_reports_on_the_dates_of_the_manual():
    assert dates.report_dates(ISSUED, every=6, validity=24) == [
        date(2026, 10, 22),
        date(2027, 4, 22),
        date(2027, 10, 22),
    ]


@pytest.mark.parametrize(
    ("today", "visits", "expected"),
    [
        (date(2026, 10, 22), [], None),
        (date(2026, 11, 5), [], None),  # the last day of grace
        (date(2026, 11, 6), [], date(2026, 10, 22)),
        (date(2026, 11, 6), [date(2026, 10, 1)], None),  # early
        (date(2026, 11, 6), [date(2026, 5, 1)], date(2026, 10, 22)),  # much too early
        (date(2027, 2, 1), [date(2027, 1, 30)], None),  # late is better than never
        (date(2027, 5, 7), [date(2026, 12, 1)], date(2027, 4, 22)),  # late for the first only
        (date(2027, 5, 7), [date(2027, 4, 22)], None),
    ],
)
def test_a_report_is_missed_after_the_grace_without_a_visit(today, visits, expected):
    assert dates.missed_report(ISSUED, today=today, visits=visits, **RULE) == expected


def test_the_next_report_is_the_first_still_ahead():
    reports = dates.report_dates(ISSUED, every=6, validity=24)

    def after(today, *visits):
        return dates.next_report(reports, today=today, visits=visits, every=6)

    assert after(date(2026, 5, 1)) == date(2026, 10, 22)
    assert after(date(2026, 10, 2), date(2026, 10, 1)) == date(2027, 4, 22)
    assert after(date(2026, 12, 2), date(2026, 12, 1)) == date(2027, 4, 22)
    assert after(date(2027, 10, 23)) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, CardState.VALID),
        ({"has_missed_report": True}, CardState.REPORT_DUE),
        ({"has_missed_report": True, "valid_until": ISSUED}, CardState.EXPIRED),
        ({"is_placed": True, "valid_until": ISSUED}, CardState.PLACED),
        ({"is_placed": True, "is_revoked": True}, CardState.REVOKED),
    ],
)
def test_the_heaviest_fact_decides(facts, expected):
    still = {"valid_until": date(2028, 4, 22), "is_revoked": False, "is_placed": False}
    still["has_missed_report"] = False
    assert dates.state_on(date(2027, 1, 1), **still | facts) is expected


def test_a_card_is_valid_through_its_last_day():
    kind = {"is_revoked": False, "is_placed": False, "has_missed_report": False}
    last = date(2028, 4, 22)
    assert dates.state_on(last, valid_until=last, **kind) is CardState.VALID
    assert dates.state_on(last + timedelta(1), valid_until=last, **kind) is CardState.EXPIRED


def test_an_old_code_says_so_unless_the_card_is_revoked():
    assert dates.verdict_of(CardState.VALID, is_code_replaced=True) is Verdict.REPLACED
    assert dates.verdict_of(CardState.PLACED, is_code_replaced=True) is Verdict.REPLACED
    assert dates.verdict_of(CardState.REVOKED, is_code_replaced=True) is Verdict.REVOKED


def test_states_and_verdicts_are_named_and_weigh_alike():
    verdicts = [dates.VERDICTS[state] for state in CardState if state in dates.VERDICTS]
    assert verdicts == [verdict for verdict in Verdict if verdict in verdicts]
    assert {state.value: verdict.value for state, verdict in dates.VERDICTS.items()} == {
        verdict.value: verdict.value for verdict in verdicts
    }
