"""The second step: what it asks, whom it lets through, and that nothing is taken twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from pyotp.totp import TOTP
from sqlmodel import Session, col, select

from barut_reflex.accounts.models import RecoveryCode
from barut_reflex.accounts.service import recovery, second_factor, staff
from barut_reflex.core import audit, db, limits, tokens
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.settings import settings
from barut_reflex.people.models import Authenticator, SignIn
from barut_reflex.people.service import sessions
from probes.factories import make_person

from .conftest import FLOW, OTHER_FLOW


@pytest.fixture
def required(monkeypatch):
    """The office asks its staff for an authenticator."""
    monkeypatch.setattr(settings, "officer_totp", True)


@pytest.fixture
def enter(session, hours):
    """Give the password: the hash of a new sign-in."""
    return lambda person: tokens.fingerprint(sessions.sign_in(session, person.id, flow=FLOW))


@pytest.fixture
def give(session):
    """Give a code; the hash of the completed sign-in."""

    def give(sign_in, code):
        token = second_factor.give_second_factor(session, code, sign_in=sign_in, flow=FLOW)
        return tokens.fingerprint(token)

    return give


@pytest.fixture
def code_at(hours):
    """What an app with that secret shows now, or so many steps away."""

    def show(secret, steps=0):
        moment = hours.moment + timedelta(seconds=30 * steps)
        return TOTP(secret.replace(" ", "")).at(moment)

    return show


@pytest.fixture
def enrolled(session, hours, required, rina, enter, give, code_at):
    """Rina has an authenticator; her secret, and a later moment."""
    sign_in = enter(rina)
    secret = second_factor.offer_secret(session, sign_in=sign_in)
    give(sign_in, code_at(secret))
    hours.pass_by(minutes=10)
    return secret


def acts(session):
    return list(session.exec(select(AuditEntry.act).order_by(col(AuditEntry.id))))


# -- who is asked -----------------------------------------------------------------------------


def test_a_password_alone_opens_nothing_to_staff(session, required, rina, enter):
    sign_in = enter(rina)
    assert sessions.find_person(session, sign_in) is None
    found = sessions.find_current(session, sign_in)
    assert found and not found.is_complete
    assert acts(session) == ["give_password"]


def test_without_the_setting_it_opens(session, rina, enter):
    sign_in = enter(rina)
    assert sessions.find_person(session, sign_in) == rina
    found = sessions.find_current(session, sign_in)
    assert found and found.is_complete


def test_a_job_seeker_is_not_asked(session, required, ahmad, enter):
    assert sessions.find_person(session, enter(ahmad)) == ahmad


def test_the_setting_reaches_sign_ins_from_before(session, rina, enter, monkeypatch):
    sign_in = enter(rina)
    monkeypatch.setattr(settings, "officer_totp", True)
    assert sessions.find_person(session, sign_in) is None


def test_the_wait_ends_after_ten_minutes(session, hours, required, rina, enter, give):
    sign_in = enter(rina)
    hours.pass_by(minutes=10)
    assert sessions.find_current(session, sign_in) is None
    with pytest.raises(sessions.SignedOut):
        give(sign_in, "123456")


def test_a_disabled_officer_cannot_complete(session, enrolled, rina, enter, give, code_at):
    sign_in = enter(rina)
    rina.is_active = False
    session.commit()
    with pytest.raises(sessions.SignedOut):
        give(sign_in, code_at(enrolled))


# -- enrolling --------------------------------------------------------------------------------


def test_the_first_code_proves_the_secret(session, required, rina, enter, give, code_at, mailbox):
    sign_in = enter(rina)
    secret = second_factor.offer_secret(session, sign_in=sign_in)
    assert second_factor.offer_secret(session, sign_in=sign_in) == secret
    here = give(sign_in, code_at(secret))
    assert sessions.find_person(session, here) == rina
    assert sessions.find_sign_in(session, sign_in) is None
    assert "Autentikator dipasang" in [subject for _, subject, _ in mailbox()]
    assert acts(session) == ["give_password", "enrol_second_factor", "sign_in"]


def test_the_qr_says_the_same_secret(session, required, rina, enter):
    sign_in = enter(rina)
    with pytest.raises(second_factor.NothingOffered):
        second_factor.offered_address(session, sign_in=sign_in)
    secret = second_factor.offer_secret(session, sign_in=sign_in).replace(" ", "")
    address = second_factor.offered_address(session, sign_in=sign_in)
    assert address.startswith("otpauth://totp/") and f"secret={secret}" in address


def test_two_who_know_the_password_are_offered_different_secrets(session, required, rina, enter):
    secrets = {second_factor.offer_secret(session, sign_in=enter(rina)) for _ in range(2)}
    assert len(secrets) == 2


def test_who_comes_second_must_know_the_secret_of_the_first(
    session, required, rina, enter, give, code_at
):
    first, thief = enter(rina), enter(rina)
    stolen = second_factor.offer_secret(session, sign_in=thief)
    give(first, code_at(second_factor.offer_secret(session, sign_in=first)))
    with pytest.raises((sessions.SignedOut, second_factor.WrongSecondCode)):
        give(thief, code_at(stolen))


def test_a_wrong_proof_enrols_nothing(session, required, rina, enter, give):
    sign_in = enter(rina)
    second_factor.offer_secret(session, sign_in=sign_in)
    with pytest.raises(second_factor.WrongSecondCode):
        give(sign_in, "000000")
    assert session.exec(select(Authenticator)).all() == []
    assert sessions.find_person(session, sign_in) is None


def test_who_has_an_authenticator_is_offered_no_other(session, enrolled, rina, enter):
    with pytest.raises(second_factor.NothingOffered):
        second_factor.offer_secret(session, sign_in=enter(rina))


def test_the_table_holds_no_secret_in_clear(session, enrolled, rina, enter):
    secret = enrolled.replace(" ", "")
    kept = session.exec(select(Authenticator)).one().secret
    assert secret not in kept
    assert tokens.decrypt(second_factor.KEY_PURPOSE, kept) == secret
    assert [row.offered for row in session.exec(select(SignIn))] == [""]


def test_enrolling_ends_all_other_sign_ins(session, rina, enter, give, code_at):
    here, there = enter(rina), enter(rina)
    second_factor.begin_enrolment(session, rina, sign_in=here)
    new = give(here, code_at(second_factor.offer_secret(session, sign_in=here)))
    assert sessions.find_person(session, new) == rina
    assert sessions.find_sign_in(session, there) is None


def test_an_older_authenticator_works_until_the_new_one_is_proved(
    session, hours, enrolled, rina, enter, give, code_at
):
    here = give(enter(rina), code_at(enrolled))
    second_factor.begin_enrolment(session, rina, sign_in=here)
    other = second_factor.offer_secret(session, sign_in=here)
    hours.pass_by(seconds=60)
    second_factor.leave_enrolment(session, rina, sign_in=here)
    assert second_factor.second_step(session, sign_in=here).kind == "on"
    assert sessions.find_person(session, give(enter(rina), code_at(enrolled))) == rina
    with pytest.raises(second_factor.WrongSecondCode):
        give(enter(rina), code_at(other))


def test_anybody_may_want_a_second_step(session, hours, ahmad, enter, give, code_at):
    here = enter(ahmad)
    assert second_factor.second_step(session, sign_in=here).kind == "off"
    second_factor.begin_enrolment(session, ahmad, sign_in=here)
    secret = second_factor.offer_secret(session, sign_in=here)
    give(here, code_at(secret))
    assert sessions.find_person(session, enter(ahmad)) is None


# -- codes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_of_about_now_completes(session, enrolled, rina, enter, give, code_at, steps):
    sign_in = enter(rina)
    assert sessions.find_person(session, give(sign_in, code_at(enrolled, steps))) == rina
    assert sessions.find_sign_in(session, sign_in) is None
    assert acts(session)[-2:] == ["give_password", "sign_in"]


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_a_code_of_another_time_does_not(session, enrolled, rina, enter, give, code_at, steps):
    with pytest.raises(second_factor.WrongSecondCode):
        give(enter(rina), code_at(enrolled, steps))


def test_a_code_is_taken_once(session, enrolled, rina, enter, give, code_at):
    give(enter(rina), code_at(enrolled))
    for steps in (0, -1):  # the same, and the one before it that was not used
        with pytest.raises(second_factor.WrongSecondCode):
            give(enter(rina), code_at(enrolled, steps))


def test_without_its_memory_it_would_be_taken_again(session, enrolled, rina, enter, give, code_at):
    give(enter(rina), code_at(enrolled))
    session.exec(select(Authenticator)).one().last_step = 0
    session.commit()
    assert sessions.find_person(session, give(enter(rina), code_at(enrolled))) == rina


def test_five_wrong_codes_make_wait(session, hours, enrolled, rina, enter, give, code_at):
    sign_in = enter(rina)
    for _ in range(5):
        with pytest.raises(second_factor.WrongSecondCode):
            give(sign_in, "000000")
    with pytest.raises(second_factor.TooManySecondCodes):
        give(sign_in, code_at(enrolled))
    hours.pass_by(minutes=5, seconds=1)
    assert sessions.find_person(session, give(sign_in, code_at(enrolled))) == rina


def test_a_new_sign_in_brings_no_new_tries(session, enrolled, rina, enter, give, code_at):
    for _ in range(5):
        with pytest.raises(second_factor.WrongSecondCode):
            give(enter(rina), "000000")
    with pytest.raises(second_factor.TooManySecondCodes):
        give(enter(rina), code_at(enrolled))


def test_thirty_wrong_codes_a_day_are_the_end(session, hours, enrolled, rina, enter, give, code_at):
    for _ in range(6):
        for _ in range(5):
            with pytest.raises(second_factor.WrongSecondCode):
                give(enter(rina), "000000")
        hours.pass_by(minutes=6)
    with pytest.raises(second_factor.TooManySecondCodes):
        give(enter(rina), code_at(enrolled))


def test_without_limits_guessing_goes_on(
    session, enrolled, rina, enter, give, code_at, monkeypatch
):
    monkeypatch.setattr(limits, "spend_within", lambda *args: True)
    for _ in range(20):
        with pytest.raises(second_factor.WrongSecondCode):
            give(enter(rina), "000000")
    assert sessions.find_person(session, give(enter(rina), code_at(enrolled))) == rina


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "٠١٢٣٤٥", "abc", "x" * 1000])
def test_nonsense_is_a_wrong_code(session, enrolled, rina, enter, give, typed):
    with pytest.raises(second_factor.WrongSecondCode):
        give(enter(rina), typed)


def test_spaces_do_not_matter(session, enrolled, rina, enter, give, code_at):
    code = code_at(enrolled)
    assert sessions.find_person(session, give(enter(rina), f" {code[:3]} {code[3:]} ")) == rina


def test_a_code_of_another_person_opens_nothing(
    session, hours, enrolled, rina, pak_budi, enter, give, code_at
):
    other = enter(pak_budi)
    give(other, code_at(second_factor.offer_secret(session, sign_in=other)))
    hours.pass_by(minutes=1)
    with pytest.raises(second_factor.WrongSecondCode):
        give(enter(pak_budi), code_at(enrolled))


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


# -- recovery codes ---------------------------------------------------------------------------


def test_ten_recovery_codes_are_shown_once(session, enrolled, rina):
    codes = recovery.first_recovery_codes(session, rina)
    assert len(set(codes)) == 10
    assert recovery.first_recovery_codes(session, rina) == []
    kept = [row.code_hash for row in session.exec(select(RecoveryCode))]
    assert not any(code.replace("-", "") in kept or code in kept for code in codes)


def test_somebody_without_authenticator_gets_none(session, rina):
    assert recovery.first_recovery_codes(session, rina) == []
    with pytest.raises(recovery.NoSecondFactor):
        recovery.new_recovery_codes(session, rina)


def test_a_recovery_code_completes_once(session, enrolled, rina, enter, give, mailbox):
    codes = recovery.first_recovery_codes(session, rina)
    assert sessions.find_person(session, give(enter(rina), codes[3].upper())) == rina
    assert "Sisa kode pemulihan: 9." in mailbox()[-1][2]
    with pytest.raises(second_factor.WrongSecondCode):
        give(enter(rina), codes[3])


def test_new_codes_void_the_older(session, enrolled, rina, enter, give):
    older = recovery.first_recovery_codes(session, rina)
    newer = recovery.new_recovery_codes(session, rina)
    with pytest.raises(second_factor.WrongSecondCode):
        give(enter(rina), older[0])
    assert sessions.find_person(session, give(enter(rina), newer[0])) == rina


def test_enrolling_anew_voids_recovery_codes(session, hours, enrolled, rina, enter, give, code_at):
    recovery.first_recovery_codes(session, rina)
    here = give(enter(rina), code_at(enrolled))
    second_factor.begin_enrolment(session, rina, sign_in=here)
    give(here, code_at(second_factor.offer_secret(session, sign_in=here)))
    assert session.exec(select(RecoveryCode)).all() == []


def test_a_code_of_one_is_none_of_another(
    session, hours, enrolled, rina, pak_budi, enter, give, code_at
):
    other = enter(pak_budi)
    give(other, code_at(second_factor.offer_secret(session, sign_in=other)))
    codes = recovery.first_recovery_codes(session, rina)
    with pytest.raises(second_factor.WrongSecondCode):
        give(enter(pak_budi), codes[0])


# -- taking it away ---------------------------------------------------------------------------


def test_it_cannot_be_turned_off_where_it_is_required(session, enrolled, rina):
    with pytest.raises(second_factor.StillRequired):
        second_factor.turn_off(session, rina)
    assert session.exec(select(Authenticator)).one()


def test_without_the_rule_it_would_be_turned_off(session, enrolled, rina, monkeypatch):
    monkeypatch.setattr(second_factor, "requires_second_factor", lambda person: False)
    second_factor.turn_off(session, rina)
    assert session.exec(select(Authenticator)).all() == []


def test_it_can_elsewhere(session, enrolled, rina, enter, monkeypatch, mailbox):
    monkeypatch.setattr(settings, "officer_totp", False)
    recovery.first_recovery_codes(session, rina)
    second_factor.turn_off(session, rina)
    assert sessions.find_person(session, enter(rina)) == rina
    assert session.exec(select(RecoveryCode)).all() == []
    assert "Autentikator dihapus" in [subject for _, subject, _ in mailbox()]
    assert "turn_off_second_factor" in acts(session)


def test_an_administrator_takes_it_away(session, enrolled, rina, pak_budi, enter, give, code_at):
    here = give(enter(rina), code_at(enrolled))
    assert staff.remove_second_factor(session, pak_budi, rina.public_id) == "Rina"
    assert sessions.find_sign_in(session, here) is None
    assert second_factor.second_step(session, sign_in=enter(rina)).kind == "enrol"
    with pytest.raises(recovery.NoSecondFactor):
        staff.remove_second_factor(session, pak_budi, rina.public_id)
    entry = session.exec(select(AuditEntry).where(AuditEntry.act == "remove_second_factor")).one()
    assert (entry.actor_id, entry.subject) == (pak_budi.id, rina.public_id)
    assert audit.verify(session) == []


@pytest.mark.parametrize("who", ["rina", "ahmad"])
def test_nobody_else_does(request, session, enrolled, pak_budi, who):
    by = request.getfixturevalue(who)
    with pytest.raises(staff.NotAdministrator):
        staff.remove_second_factor(session, by, pak_budi.public_id)
    assert session.exec(select(Authenticator)).one()


def test_a_stranger_with_the_password_cannot_use_up_the_owners_tries(
    session, hours, rina, enter, give, code_at, enrolled
):
    """Rina enrolled in this browser, so the account knows it; the stranger has another."""
    strangers = enter(rina)
    for _ in range(30):
        with pytest.raises((second_factor.WrongSecondCode, second_factor.TooManySecondCodes)):
            second_factor.give_second_factor(session, "000000", sign_in=strangers, flow=OTHER_FLOW)
    with pytest.raises(second_factor.TooManySecondCodes):
        second_factor.give_second_factor(
            session, code_at(enrolled), sign_in=strangers, flow=OTHER_FLOW
        )
    hours.pass_by(seconds=60)
    assert give(enter(rina), code_at(enrolled))


def test_without_tries_of_its_own_the_owners_browser_is_kept_out(
    session, rina, enter, give, code_at, enrolled, monkeypatch
):
    monkeypatch.setattr(second_factor, "is_known_browser", lambda session, person_id, flow: False)
    strangers = enter(rina)
    for _ in range(5):
        with pytest.raises(second_factor.WrongSecondCode):
            second_factor.give_second_factor(session, "000000", sign_in=strangers, flow=OTHER_FLOW)
    with pytest.raises(second_factor.TooManySecondCodes):
        give(enter(rina), code_at(enrolled))
