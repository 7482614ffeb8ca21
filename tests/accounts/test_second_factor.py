"""Who owes a second factor at sign-in, and which codes complete the sign-in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, select

from barut_reflex.accounts.service import second_factor
from barut_reflex.core import db, limits, tokens
from barut_reflex.core.settings import settings
from barut_reflex.people.models import Authenticator
from barut_reflex.people.service import sessions
from probes.factories import make_person

from .conftest import FLOW, OTHER_FLOW, acts

# -- who is asked -----------------------------------------------------------------------------


def test_a_password_alone_opens_nothing_to_staff(session, required, rina, enter_password):
    sign_in = enter_password(rina)
    assert sessions.find_person(session, sign_in) is None
    found = sessions.find_current(session, sign_in)
    assert found and not found.is_complete
    assert acts(session) == ["give_password"]


def test_without_the_setting_it_opens(session, rina, enter_password):
    sign_in = enter_password(rina)
    assert sessions.find_person(session, sign_in) == rina
    found = sessions.find_current(session, sign_in)
    assert found and found.is_complete


def test_a_job_seeker_is_not_asked(session, required, ahmad, enter_password):
    assert sessions.find_person(session, enter_password(ahmad)) == ahmad


def test_the_setting_reaches_sign_ins_from_before(session, rina, enter_password, monkeypatch):
    sign_in = enter_password(rina)
    monkeypatch.setattr(settings, "officer_totp", True)
    assert sessions.find_person(session, sign_in) is None


def test_the_wait_ends_after_ten_minutes(session, hours, required, rina, enter_password, give_code):
    sign_in = enter_password(rina)
    hours.pass_by(minutes=10)
    assert sessions.find_current(session, sign_in) is None
    with pytest.raises(sessions.SignedOut):
        give_code(sign_in, "123456")


def test_a_disabled_officer_cannot_complete(
    session, enrolled, rina, enter_password, give_code, code_at
):
    sign_in = enter_password(rina)
    rina.is_active = False
    session.commit()
    with pytest.raises(sessions.SignedOut):
        give_code(sign_in, code_at(enrolled))


# -- codes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_of_about_now_completes(
    session, enrolled, rina, enter_password, give_code, code_at, steps
):
    sign_in = enter_password(rina)
    assert sessions.find_person(session, give_code(sign_in, code_at(enrolled, steps))) == rina
    assert sessions.find_sign_in(session, sign_in) is None
    assert acts(session)[-2:] == ["give_password", "sign_in"]


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_a_code_of_another_time_does_not(
    session, enrolled, rina, enter_password, give_code, code_at, steps
):
    with pytest.raises(second_factor.WrongSecondCode):
        give_code(enter_password(rina), code_at(enrolled, steps))


def test_a_code_is_taken_once(session, enrolled, rina, enter_password, give_code, code_at):
    give_code(enter_password(rina), code_at(enrolled))
    for steps in (0, -1):  # the same, and the one before it that was not used
        with pytest.raises(second_factor.WrongSecondCode):
            give_code(enter_password(rina), code_at(enrolled, steps))


def test_without_its_memory_it_would_be_taken_again(
    session, enrolled, rina, enter_password, give_code, code_at
):
    give_code(enter_password(rina), code_at(enrolled))
    session.exec(select(Authenticator)).one().last_step = 0
    session.commit()
    assert sessions.find_person(session, give_code(enter_password(rina), code_at(enrolled))) == rina


def test_five_wrong_codes_make_wait(
    session, hours, enrolled, rina, enter_password, give_code, code_at
):
    sign_in = enter_password(rina)
    for _ in range(5):
        with pytest.raises(second_factor.WrongSecondCode):
            give_code(sign_in, "000000")
    with pytest.raises(second_factor.TooManySecondCodes):
        give_code(sign_in, code_at(enrolled))
    hours.pass_by(minutes=5, seconds=1)
    assert sessions.find_person(session, give_code(sign_in, code_at(enrolled))) == rina


def test_a_new_sign_in_brings_no_new_tries(
    session, enrolled, rina, enter_password, give_code, code_at
):
    for _ in range(5):
        with pytest.raises(second_factor.WrongSecondCode):
            give_code(enter_password(rina), "000000")
    with pytest.raises(second_factor.TooManySecondCodes):
        give_code(enter_password(rina), code_at(enrolled))


def test_thirty_wrong_codes_a_day_are_the_end(
    session, hours, enrolled, rina, enter_password, give_code, code_at
):
    for _ in range(6):
        for _ in range(5):
            with pytest.raises(second_factor.WrongSecondCode):
                give_code(enter_password(rina), "000000")
        hours.pass_by(minutes=6)
    with pytest.raises(second_factor.TooManySecondCodes):
        give_code(enter_password(rina), code_at(enrolled))


def test_without_limits_guessing_goes_on(
    session, enrolled, rina, enter_password, give_code, code_at, monkeypatch
):
    monkeypatch.setattr(limits, "spend_within", lambda *args: True)
    for _ in range(20):
        with pytest.raises(second_factor.WrongSecondCode):
            give_code(enter_password(rina), "000000")
    assert sessions.find_person(session, give_code(enter_password(rina), code_at(enrolled))) == rina


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "٠١٢٣٤٥", "abc", "x" * 1000])
def test_nonsense_is_a_wrong_code(session, enrolled, rina, enter_password, give_code, typed):
    with pytest.raises(second_factor.WrongSecondCode):
        give_code(enter_password(rina), typed)


def test_spaces_do_not_matter(session, enrolled, rina, enter_password, give_code, code_at):
    code = code_at(enrolled)
    assert (
        sessions.find_person(session, give_code(enter_password(rina), f" {code[:3]} {code[3:]} "))
        == rina
    )


def test_a_code_of_another_person_opens_nothing(
    session, hours, enrolled, rina, pak_budi, enter_password, give_code, code_at
):
    other = enter_password(pak_budi)
    give_code(other, code_at(second_factor.offer_secret(session, sign_in=other)))
    hours.pass_by(minutes=1)
    with pytest.raises(second_factor.WrongSecondCode):
        give_code(enter_password(pak_budi), code_at(enrolled))


def test_one_code_in_eight_hands_completes_one_sign_in(file_office, required, hours, code_at):
    with Session(db.engine, expire_on_commit=False) as session:
        rina = make_person(session, name="Rina", role="officer")
        begun = tokens.fingerprint(sessions.sign_in(session, rina.id))
        secret = second_factor.offer_secret(session, sign_in=begun)
        second_factor.give_second_factor(session, code_at(secret), sign_in=begun, flow=FLOW)
        hours.pass_by(minutes=1)
        waiting = [tokens.fingerprint(sessions.sign_in(session, rina.id)) for _ in range(4)]
        session.commit()
    code = code_at(secret)

    def hand(sign_in):
        with db.writing() as session:
            return second_factor.give_second_factor(session, code, sign_in=sign_in, flow=FLOW)

    with ThreadPoolExecutor(8) as hands:
        tries = [hands.submit(hand, sign_in) for sign_in in waiting * 2]
    assert len([one for one in tries if one.exception() is None]) == 1


def test_an_attacker_with_the_password_cannot_use_up_the_owners_tries(
    session, hours, rina, enter_password, give_code, code_at, enrolled
):
    """Rina enrolled in this browser, so the account knows it; the attacker has another."""
    attacker = enter_password(rina)
    for _ in range(30):
        with pytest.raises((second_factor.WrongSecondCode, second_factor.TooManySecondCodes)):
            second_factor.give_second_factor(session, "000000", sign_in=attacker, flow=OTHER_FLOW)
    with pytest.raises(second_factor.TooManySecondCodes):
        second_factor.give_second_factor(
            session, code_at(enrolled), sign_in=attacker, flow=OTHER_FLOW
        )
    hours.pass_by(seconds=60)
    assert give_code(enter_password(rina), code_at(enrolled))


def test_without_tries_of_its_own_the_owners_browser_is_kept_out(
    session, rina, enter_password, give_code, code_at, enrolled, monkeypatch
):
    monkeypatch.setattr(second_factor, "is_known_browser", lambda session, person_id, flow: False)
    attacker = enter_password(rina)
    for _ in range(5):
        with pytest.raises(second_factor.WrongSecondCode):
            second_factor.give_second_factor(session, "000000", sign_in=attacker, flow=OTHER_FLOW)
    with pytest.raises(second_factor.TooManySecondCodes):
        give_code(enter_password(rina), code_at(enrolled))
