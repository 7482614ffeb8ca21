"""Recovery codes: shown once, each completes one sign-in, new ones void the older."""

import pytest
from sqlmodel import select

from barut_reflex.accounts.models import RecoveryCode
from barut_reflex.accounts.service import recovery, second_factor
from barut_reflex.people.service import sessions

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


def test_a_recovery_code_completes_once(
    session, enrolled, rina, enter_password, give_code, mailbox
):
    codes = recovery.first_recovery_codes(session, rina)
    assert sessions.find_person(session, give_code(enter_password(rina), codes[3].upper())) == rina
    assert "Sisa kode pemulihan: 9." in mailbox()[-1][2]
    with pytest.raises(second_factor.WrongSecondCode):
        give_code(enter_password(rina), codes[3])


def test_new_codes_void_the_older(session, enrolled, rina, enter_password, give_code):
    older = recovery.first_recovery_codes(session, rina)
    newer = recovery.new_recovery_codes(session, rina)
    with pytest.raises(second_factor.WrongSecondCode):
        give_code(enter_password(rina), older[0])
    assert sessions.find_person(session, give_code(enter_password(rina), newer[0])) == rina


def test_enrolling_anew_voids_recovery_codes(
    session, hours, enrolled, rina, enter_password, give_code, code_at
):
    recovery.first_recovery_codes(session, rina)
    here = give_code(enter_password(rina), code_at(enrolled))
    second_factor.begin_enrolment(session, rina, sign_in=here)
    give_code(here, code_at(second_factor.offer_secret(session, sign_in=here)))
    assert session.exec(select(RecoveryCode)).all() == []


def test_a_code_of_one_is_none_of_another(
    session, hours, enrolled, rina, pak_budi, enter_password, give_code, code_at
):
    other = enter_password(pak_budi)
    give_code(other, code_at(second_factor.offer_secret(session, sign_in=other)))
    codes = recovery.first_recovery_codes(session, rina)
    with pytest.raises(second_factor.WrongSecondCode):
        give_code(enter_password(pak_budi), codes[0])
