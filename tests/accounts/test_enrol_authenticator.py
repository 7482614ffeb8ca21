"""Enrolling an authenticator: its secret is proved by a code before it counts."""

import pytest
from sqlmodel import select

from barut_reflex.accounts.service import second_factor
from barut_reflex.core import tokens
from barut_reflex.people.models import Authenticator, SignIn
from barut_reflex.people.service import sessions

from .conftest import acts

# -- enrolling --------------------------------------------------------------------------------


def test_the_first_code_proves_the_secret(
    session, required, rina, enter_password, give_code, code_at, mailbox
):
    sign_in = enter_password(rina)
    secret = second_factor.offer_secret(session, sign_in=sign_in)
    assert second_factor.offer_secret(session, sign_in=sign_in) == secret
    here = give_code(sign_in, code_at(secret))
    assert sessions.find_person(session, here) == rina
    assert sessions.find_sign_in(session, sign_in) is None
    assert "Autentikator dipasang" in [subject for _, subject, _ in mailbox()]
    assert acts(session) == ["give_password", "enrol_second_factor", "sign_in"]


def test_the_qr_says_the_same_secret(session, required, rina, enter_password):
    sign_in = enter_password(rina)
    with pytest.raises(second_factor.NothingOffered):
        second_factor.offered_address(session, sign_in=sign_in)
    secret = second_factor.offer_secret(session, sign_in=sign_in).replace(" ", "")
    address = second_factor.offered_address(session, sign_in=sign_in)
    assert address.startswith("otpauth://totp/") and f"secret={secret}" in address


def test_two_who_know_the_password_are_offered_different_secrets(
    session, required, rina, enter_password
):
    secrets = {second_factor.offer_secret(session, sign_in=enter_password(rina)) for _ in range(2)}
    assert len(secrets) == 2


def test_who_comes_second_must_know_the_secret_of_the_first(
    session, required, rina, enter_password, give_code, code_at
):
    first, thief = enter_password(rina), enter_password(rina)
    stolen = second_factor.offer_secret(session, sign_in=thief)
    give_code(first, code_at(second_factor.offer_secret(session, sign_in=first)))
    with pytest.raises((sessions.SignedOut, second_factor.WrongSecondCode)):
        give_code(thief, code_at(stolen))


def test_a_wrong_proof_enrols_nothing(session, required, rina, enter_password, give_code):
    sign_in = enter_password(rina)
    second_factor.offer_secret(session, sign_in=sign_in)
    with pytest.raises(second_factor.WrongSecondCode):
        give_code(sign_in, "000000")
    assert session.exec(select(Authenticator)).all() == []
    assert sessions.find_person(session, sign_in) is None


def test_who_has_an_authenticator_is_offered_no_other(session, enrolled, rina, enter_password):
    with pytest.raises(second_factor.NothingOffered):
        second_factor.offer_secret(session, sign_in=enter_password(rina))


def test_the_table_holds_no_secret_in_clear(session, enrolled, rina, enter_password):
    secret = enrolled.replace(" ", "")
    kept = session.exec(select(Authenticator)).one().secret
    assert secret not in kept
    assert tokens.decrypt(second_factor.KEY_PURPOSE, kept) == secret
    assert [row.offered for row in session.exec(select(SignIn))] == [""]


def test_enrolling_ends_all_other_sign_ins(session, rina, enter_password, give_code, code_at):
    here, there = enter_password(rina), enter_password(rina)
    second_factor.begin_enrolment(session, rina, sign_in=here)
    new = give_code(here, code_at(second_factor.offer_secret(session, sign_in=here)))
    assert sessions.find_person(session, new) == rina
    assert sessions.find_sign_in(session, there) is None


def test_an_older_authenticator_works_until_the_new_one_is_proved(
    session, hours, enrolled, rina, enter_password, give_code, code_at
):
    here = give_code(enter_password(rina), code_at(enrolled))
    second_factor.begin_enrolment(session, rina, sign_in=here)
    other = second_factor.offer_secret(session, sign_in=here)
    hours.pass_by(seconds=60)
    second_factor.leave_enrolment(session, rina, sign_in=here)
    assert second_factor.second_step(session, sign_in=here).kind == "on"
    assert sessions.find_person(session, give_code(enter_password(rina), code_at(enrolled))) == rina
    with pytest.raises(second_factor.WrongSecondCode):
        give_code(enter_password(rina), code_at(other))


def test_anybody_may_want_a_second_step(session, hours, ahmad, enter_password, give_code, code_at):
    here = enter_password(ahmad)
    assert second_factor.second_step(session, sign_in=here).kind == "off"
    second_factor.begin_enrolment(session, ahmad, sign_in=here)
    secret = second_factor.offer_secret(session, sign_in=here)
    give_code(here, code_at(secret))
    assert sessions.find_person(session, enter_password(ahmad)) is None
