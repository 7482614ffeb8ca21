"""Signing in: the password check, the stored sign-in and when it ends."""

from datetime import timedelta

import bcrypt
import pytest
from sqlmodel import select

from barut_reflex.accounts.service import login
from barut_reflex.core import audit, tokens
from barut_reflex.core.models import AuditEntry
from barut_reflex.gate import flash
from barut_reflex.people.models import SignIn
from barut_reflex.people.service import passwords, sessions
from probes.factories import known

from .conftest import OTHER, PASSWORD, log_in

# -- the password -----------------------------------------------------------------------------


def test_the_right_password_opens(session, dewi):
    assert log_in(session, PASSWORD, email=" DEWI@contoh.ID ") == dewi.id


@pytest.mark.parametrize("password", [OTHER, "", PASSWORD + " ", PASSWORD.lower(), "x" * 1_000_000])
def test_a_wrong_password_does_not(session, dewi, password):
    with pytest.raises(login.WrongPassword):
        login.check_password(session, dewi.email, password)


@pytest.mark.parametrize("length", [64, 72, 73, 128])
@pytest.mark.parametrize("letter", ["a", "🚤"])
def test_the_last_letter_of_a_long_password_matters(session, length, letter):
    right, wrong = letter * length, letter * (length - 1) + "b"
    known = passwords.hash_password(session, right)
    assert passwords.is_correct(right, known)
    assert not passwords.is_correct(wrong, known)


def test_bare_bcrypt_would_not_keep_every_letter(session):
    cut = bcrypt.hashpw(("a" * 73).encode()[:72], bcrypt.gensalt(4))
    assert bcrypt.checkpw(("a" * 72).encode(), cut)


def test_one_password_has_one_spelling(session):
    known = passwords.hash_password(session, "Caf\u00e9-Teweh")
    assert passwords.is_correct("Cafe\u0301-Teweh", known)


def test_the_hash_needs_the_office_secret(session, monkeypatch):
    known = passwords.hash_password(session, PASSWORD)
    monkeypatch.setattr(passwords, "subkey", lambda purpose: b"another office")
    assert not passwords.is_correct(PASSWORD, known)


def test_unknown_and_disabled_people_get_the_same_answer_after_the_same_work(
    session, dewi, monkeypatch
):
    costs = []
    real = bcrypt.checkpw
    monkeypatch.setattr(passwords.bcrypt, "checkpw", lambda p, h: costs.append(h[:7]) or real(p, h))
    dewi.is_active = False
    answers = []
    for email, password in [("nobody@contoh.id", PASSWORD), (dewi.email, PASSWORD)]:
        with pytest.raises(login.WrongPassword) as refused:
            login.check_password(session, email, password)
        answers.append((refused.value.message, refused.value.field))
    assert answers[0] == answers[1]
    assert costs == [b"$2b$04$", b"$2b$04$"]


def test_a_one_time_password_ends_after_a_day(session, hours, dewi):
    dewi.password_expires = hours.moment + timedelta(hours=24)
    assert login.check_password(session, dewi.email, PASSWORD) == dewi.id
    hours.pass_by(hours=24)
    with pytest.raises(login.TemporaryPasswordOver):
        login.check_password(session, dewi.email, PASSWORD)
    with pytest.raises(login.WrongPassword):
        login.check_password(session, dewi.email, OTHER)


# -- sign-ins ---------------------------------------------------------------------------------


def test_only_the_hash_of_the_token_is_kept(session, dewi):
    token = sessions.sign_in(session, dewi.id, device="Firefox")
    row = session.exec(select(SignIn)).one()
    assert len(token) >= 43
    assert (row.token_hash, row.device) == (tokens.fingerprint(token), "Firefox")
    assert sessions.find_person(session, row.token_hash) == dewi
    assert sessions.find_person(session, token) is None


def test_signing_in_ends_the_browsers_old_sign_in(session, dewi, siti):
    old = tokens.fingerprint(sessions.sign_in(session, siti.id))
    new = tokens.fingerprint(sessions.sign_in(session, dewi.id, old=old))
    assert sessions.find_person(session, old) is None
    assert sessions.find_person(session, new) == dewi


def test_signing_in_is_on_record(session, dewi):
    sessions.sign_in(session, dewi.id)
    [entry] = session.exec(select(AuditEntry)).all()
    assert (entry.act, entry.actor_id, entry.subject) == ("sign_in", dewi.id, dewi.public_id)
    assert audit.verify(session) == []


def test_signing_out_ends_it(session, dewi):
    here = tokens.fingerprint(sessions.sign_in(session, dewi.id))
    there = tokens.fingerprint(sessions.sign_in(session, dewi.id))
    sessions.sign_out(session, here)
    assert sessions.find_person(session, here) is None
    assert sessions.find_person(session, there) == dewi


def test_all_but_one_can_be_ended(session, dewi):
    here, there = (tokens.fingerprint(sessions.sign_in(session, dewi.id)) for _ in range(2))
    sessions.end_all(session, dewi.id, besides=here)
    assert sessions.find_person(session, here) == dewi
    assert sessions.find_person(session, there) is None


def test_a_disabled_person_has_no_sign_in(session, dewi):
    here = tokens.fingerprint(sessions.sign_in(session, dewi.id))
    dewi.is_active = False
    assert sessions.find_person(session, here) is None


@pytest.mark.parametrize(("who", "idle", "longest"), [("dewi", 60, 24), ("rina", 30, 12)])
def test_a_sign_in_ends_idle_or_old(request, session, hours, who, idle, longest):
    person = request.getfixturevalue(who)
    here = tokens.fingerprint(sessions.sign_in(session, person.id))
    hours.pass_by(minutes=idle, seconds=-1)
    assert sessions.find_person(session, here) == person
    hours.pass_by(seconds=1)
    assert sessions.find_sign_in(session, here) is None

    here = tokens.fingerprint(sessions.sign_in(session, person.id))
    for _ in range(longest * 3 - 1):
        hours.pass_by(minutes=20)
        assert sessions.update_last_seen(session, here)
    assert sessions.find_person(session, here) == person
    hours.pass_by(minutes=20)
    assert sessions.find_person(session, here) is None


def test_use_is_marked_at_most_once_a_minute(session, hours, dewi):
    here = tokens.fingerprint(sessions.sign_in(session, dewi.id))
    hours.pass_by(seconds=59)
    assert not sessions.is_last_seen_due(known(sessions.find_current(session, here)))
    assert not sessions.update_last_seen(session, here)
    hours.pass_by(seconds=1)
    assert sessions.is_last_seen_due(known(sessions.find_current(session, here)))
    assert sessions.update_last_seen(session, here)


def test_a_sign_in_from_the_future_is_not_believed(session, hours, dewi):
    here = tokens.fingerprint(sessions.sign_in(session, dewi.id))
    hours.pass_by(hours=-1)
    assert sessions.find_person(session, here) is None


@pytest.mark.parametrize("token", ["", "x", "0" * 64])
def test_no_sign_in_is_no_person(session, dewi, token):
    sessions.sign_in(session, dewi.id)
    assert sessions.find_person(session, token) is None


# -- the sentence for the next page -----------------------------------------------------------


def test_a_sentence_is_kept_for_the_next_page_once(session, hours):
    flash.leave_flash(session, "flow", "Email atau password salah.", typed="dewi@contoh.id")
    assert known(flash.take_flash(session, "flow")).kept == "dewi@contoh.id"
    session.flush()
    assert flash.take_flash(session, "flow") is None
    assert flash.take_flash(session, "") is None
