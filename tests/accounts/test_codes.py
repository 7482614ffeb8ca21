"""Emailed codes: lifetime, number of tries, slow mode, and concurrent guesses."""

import re
import threading

import pytest
from sqlmodel import select

from barut_reflex.accounts import rules as accounts
from barut_reflex.accounts.models import OneTimeCode
from barut_reflex.accounts.rules import Purpose
from barut_reflex.accounts.service import codes
from barut_reflex.core import db, tokens
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import LimitHit

from .conftest import FLOW, OTHER_FLOW, wrong


@pytest.fixture
def made(session, hours):
    """A code for dewi in this browser."""
    code, _ = codes.create_code(
        session, Purpose.SIGN_UP, email="dewi@contoh.id", flow=FLOW, is_real=True
    )
    return code


def guess(session, code, *, purpose=Purpose.SIGN_UP, flow=FLOW):
    return codes.use_code(session, purpose, code, flow=flow)


def test_the_right_code_gives_the_address(session, made):
    assert guess(session, f" {made[:3]} {made[3:]} ").email == "dewi@contoh.id"


def test_a_used_code_is_over(session, made):
    guess(session, made)
    with pytest.raises(codes.CodeExpired):
        guess(session, made)


def test_another_purpose_or_browser_finds_no_code(session, made):
    with pytest.raises(codes.CodeExpired):
        guess(session, made, purpose=Purpose.RESET)
    with pytest.raises(codes.CodeExpired):
        guess(session, made, flow=OTHER_FLOW)
    with pytest.raises(codes.NoCookies):
        guess(session, made, flow="")


def test_a_row_moved_to_another_purpose_address_or_browser_no_longer_fits(session, made):
    row = session.exec(select(OneTimeCode)).one()
    for name, value in {"email": "x@y.id", "flow": OTHER_FLOW, "purpose": Purpose.RESET}.items():
        moved = OneTimeCode(**row.model_dump())
        setattr(moved, name, value)
        assert codes.hash_of(moved, made) != row.code_hash


@pytest.mark.seed("manual 1.3")
@pytest.mark.parametrize(("seconds", "is_good"), [(179.9, True), (180, False), (180.1, False)])
def test_a_code_lives_three_minutes(session, hours, made, seconds, is_good):
    hours.pass_by(seconds=seconds)
    if is_good:
        assert guess(session, made)
    else:
        with pytest.raises(codes.CodeExpired):
            guess(session, made)


def test_a_clock_set_back_gives_no_code_a_longer_life(session, hours, made):
    hours.pass_by(hours=-1)
    with pytest.raises(codes.CodeExpired):
        guess(session, made)


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345a", "１２３４５６", "-12345"])
def test_what_is_no_code_costs_no_try(session, made, text):
    with pytest.raises(codes.NotACode):
        guess(session, text)
    assert session.exec(select(OneTimeCode)).one().tries == 0


def test_the_right_code_as_sixth_try_is_refused(session, made):
    for left in (4, 3, 2, 1):
        with pytest.raises(codes.WrongCode, match=f"sisa {left} percobaan"):
            guess(session, wrong(made))
    with pytest.raises(codes.WrongCode, match="5 kali"):
        guess(session, wrong(made))
    with pytest.raises(codes.CodeExpired):
        guess(session, made)


def test_without_the_limit_of_tries_guessing_goes_on(session, made, monkeypatch):
    monkeypatch.setattr(codes, "MAX_TRIES", 10**6)
    for _ in range(20):
        with pytest.raises(codes.WrongCode):
            guess(session, wrong(made))
    assert guess(session, made)


def test_a_wrong_try_is_kept_though_it_is_refused():
    assert codes.WrongCode.is_counted


# -- slow mode --------------------------------------------------------------------------------


@pytest.fixture
def slow(session, hours, monkeypatch):
    """Somebody has guessed wrong so often that the site is in slow mode."""
    monkeypatch.setattr(codes, "WRONG_CODE_LIMIT", (3, codes.WRONG_CODE_LIMIT[1]))
    code, _ = codes.create_code(
        session, Purpose.RESET, email="siti@contoh.id", flow=OTHER_FLOW, is_real=True
    )
    for _ in range(3):
        with pytest.raises(codes.WrongCode):
            guess(session, wrong(code), purpose=Purpose.RESET, flow=OTHER_FLOW)


def fresh(session, **changes):
    facts = {"email": "dewi@contoh.id", "flow": FLOW, "is_real": True} | changes
    return codes.create_code(session, Purpose.SIGN_UP, **facts)[0]


def test_in_slow_mode_the_right_code_works(session, made, slow, caplog):
    assert guess(session, made)
    longer = fresh(session)
    assert len(longer) == 10
    assert guess(session, longer)
    alarms = [one.message for one in caplog.get_records("setup")]
    assert len(alarms) == 1 and "alarm" in alarms[0]


def test_in_slow_mode_an_open_code_has_one_try(session, made, slow):
    with pytest.raises(codes.WrongCode, match="Kirim Ulang"):
        guess(session, wrong(made))
    with pytest.raises(codes.CodeExpired):
        guess(session, made)


def test_in_slow_mode_a_long_code_has_five_tries(session, slow):
    longer = fresh(session)
    for left in (4, 3, 2, 1):
        with pytest.raises(codes.WrongCode, match=f"sisa {left} percobaan"):
            guess(session, f"{(int(longer) + 1) % 10**10:010}")
    assert guess(session, longer)


def test_slow_mode_ends_after_an_hour(session, hours, slow):
    hours.pass_by(hours=1)
    assert len(fresh(session)) == 6


def test_guesses_that_cannot_be_right_do_not_count_for_the_site(session, hours, monkeypatch):
    monkeypatch.setattr(codes, "WRONG_CODE_LIMIT", (3, codes.WRONG_CODE_LIMIT[1]))
    fresh(session, is_real=False)
    for _ in range(5):
        with pytest.raises(codes.WrongCode):
            guess(session, "123456")
    assert len(fresh(session)) == 6


def test_if_they_counted_attackers_could_slow_the_site_with_them(session, hours, monkeypatch):
    monkeypatch.setattr(codes, "WRONG_CODE_LIMIT", (3, codes.WRONG_CODE_LIMIT[1]))
    monkeypatch.setattr(codes, "HASH_OF_NO_CODE", "-" * 63 + "!")
    fresh(session, is_real=False)
    monkeypatch.setattr(codes, "HASH_OF_NO_CODE", "-" * 64)
    for _ in range(3):
        with pytest.raises(codes.WrongCode):
            guess(session, "123456")
    assert len(fresh(session)) == 10


def test_so_many_open_codes_make_the_next_ones_long(session, hours, monkeypatch):
    assert codes.WRONG_CODE_LIMIT[0] + codes.SHORT_CODE_LIMIT[0] < 600  # security bar, row 9
    monkeypatch.setattr(codes, "SHORT_CODE_LIMIT", (2, accounts.CODE_LIFETIME))
    assert [len(fresh(session)) for _ in range(3)] == [6, 6, 10]
    hours.pass_by(minutes=3)
    assert len(fresh(session)) == 6


def test_a_new_code_voids_only_its_own_flow_and_purpose(session, hours):
    facts = {"email": "dewi@contoh.id", "is_real": True}
    other_flow, _ = codes.create_code(session, Purpose.SIGN_UP, flow=OTHER_FLOW, **facts)
    other_purpose, _ = codes.create_code(session, Purpose.RESET, flow=FLOW, **facts)
    codes.create_code(session, Purpose.SIGN_UP, flow=FLOW, **facts)
    assert guess(session, other_flow, flow=OTHER_FLOW)
    assert guess(session, other_purpose, purpose=Purpose.RESET)


def test_codes_are_six_digits_from_the_whole_range(session, hours, monkeypatch):
    monkeypatch.setattr(codes.secrets, "randbelow", lambda most: 7 if most == 10**6 else None)
    code, _ = codes.create_code(session, Purpose.SIGN_UP, email="d@e.id", flow=FLOW, is_real=True)
    assert code == "000007"


def test_sign_up_and_reset_are_counted_apart(session, hours):
    sent = [codes.count_code_email(session, Purpose.SIGN_UP, "dewi@contoh.id") for _ in range(6)]
    assert sent == [True] * 5 + [False]
    assert codes.count_code_email(session, Purpose.RESET, "dewi@contoh.id")


# -- many at once -----------------------------------------------------------------------------


def guess_at_once(office, monkeypatch, guesses):
    """How many of so many parallel wrong guesses at one code were compared with it."""
    with db.writing() as session:
        made, _ = codes.create_code(
            session, Purpose.SIGN_UP, email="dewi@contoh.id", flow=FLOW, is_real=True
        )
    compared, real = [], tokens.is_same_hash
    monkeypatch.setattr(tokens, "is_same_hash", lambda a, b: compared.append(a) or real(a, b))
    start, answers = threading.Barrier(guesses), []

    def one():
        start.wait()
        try:
            with db.writing() as session:
                guess(session, wrong(made))
        except Refusal as refusal:
            answers.append(type(refusal))

    threads = [threading.Thread(target=one) for _ in range(guesses)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(answers) == guesses
    return len(compared)


def test_of_parallel_guesses_five_are_compared(file_office, monkeypatch):
    assert guess_at_once(file_office, monkeypatch, 40) == 5


def test_with_a_check_before_the_count_more_would_be(file_office, monkeypatch):
    """The control taken away: each guess asks whether tries are left, none spends one first."""
    monkeypatch.setattr(codes, "count_try", lambda session, row, most: row.tries < most)
    assert guess_at_once(file_office, monkeypatch, 40) == 40


def test_parallel_mails_to_one_mailbox_stay_within_the_limit(file_office):
    start, sent = threading.Barrier(20), []

    def one():
        start.wait()
        with db.writing() as session:
            sent.append(codes.count_code_email(session, Purpose.RESET, "dewi@contoh.id"))

    threads = [threading.Thread(target=one) for _ in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(sent) == [False] * 15 + [True] * 5


def test_the_limit_key_is_not_the_address(session, hours):
    codes.count_code_email(session, Purpose.RESET, "dewi@contoh.id")
    [hit] = session.exec(select(LimitHit)).all()
    assert re.fullmatch(r"[0-9a-f]{64}", hit.key)
