"""Limits on failed logins: by account, by address and by known browser, with an alarm."""

from datetime import timedelta

import pytest

from barut_reflex.accounts.service import login
from barut_reflex.accounts.service.login import account_key
from barut_reflex.core import limits
from barut_reflex.core.networks import network_of
from barut_reflex.people.service import sessions

from .conftest import FLOW, HOME, OTHER, OTHER_FLOW, PASSWORD, fail, log_in

# -- limits -----------------------------------------------------------------------------------


def test_after_five_failures_even_the_right_password_waits(session, hours, dewi):
    fail(session, 5)
    with pytest.raises(login.TooManyLogins):
        log_in(session, PASSWORD)
    hours.pass_by(seconds=301)
    assert log_in(session, PASSWORD) == dewi.id


def test_without_limits_guessing_goes_on(session, dewi, monkeypatch):
    monkeypatch.setattr(limits, "spend_within", lambda *args: True)
    fail(session, 20)
    assert log_in(session, PASSWORD) == dewi.id


def test_an_unknown_account_is_limited_alike(session, hours):
    fail(session, 5, email="nobody@contoh.id")
    with pytest.raises(login.TooManyLogins):
        log_in(session, OTHER, email="Nobody+x@contoh.id")


def test_a_success_forgets_failures(session, dewi):
    for _ in range(3):
        fail(session, 3)
        log_in(session, PASSWORD)
    assert limits.count(session, "logins", per=timedelta(minutes=10)) == 9
    assert limits.count(session, account_key(dewi.email), per=timedelta(hours=1)) == 0


def test_one_address_may_fail_ten_times_a_minute(session, hours, dewi):
    for number in range(10):
        fail(session, 1, email=f"p{number}@contoh.id")
    with pytest.raises(login.TooManyLogins):
        log_in(session, PASSWORD)
    assert log_in(session, PASSWORD, address="203.0.113.8") == dewi.id


def test_a_village_office_may_log_in_all_its_people(session, dewi):
    assert {log_in(session, PASSWORD) for _ in range(20)} == {dewi.id}


def test_one_subscriber_has_one_ipv6_network():
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1")
    assert network_of("2001:db8::1") != network_of("2001:db8:0:1::1")
    assert network_of("testclient") == "testclient"


def test_too_many_failures_in_a_row_need_a_reset(session, hours, dewi, monkeypatch):
    assert login.MAX_FAILURES_IN_A_ROW == 100
    monkeypatch.setattr(login, "MAX_FAILURES_IN_A_ROW", 10)
    for _ in range(2):
        fail(session, 5)
        hours.pass_by(seconds=301)
    with pytest.raises(login.ResetNeeded):
        log_in(session, PASSWORD)


def test_many_failures_sound_the_alarm(session, hours, monkeypatch, caplog):
    monkeypatch.setattr(login, "SITE_FAILURE_ALARM", (10, timedelta(minutes=10)))
    for number in range(10):
        login.count_login(session, f"p{number}@contoh.id", f"203.0.113.{number}")
    assert "alarm" in caplog.text
    login.count_login(session, "p11@contoh.id", "203.0.113.11")
    assert caplog.text.count("alarm") == 1  # many failures fill no log


def test_without_the_count_no_alarm_sounds(session, hours, monkeypatch, caplog):
    monkeypatch.setattr(login, "SITE_FAILURE_ALARM", (10**9, timedelta(minutes=10)))
    for number in range(10):
        login.count_login(session, f"p{number}@contoh.id", f"203.0.113.{number}")
    assert "alarm" not in caplog.text


# -- a browser the account knows --------------------------------------------------------------


@pytest.fixture
def at_home(session, dewi):
    """The browser dewi signed in from before."""
    sessions.sign_in(session, dewi.id, flow=FLOW)
    return {"flow": FLOW}


def log_in_from(session, password, *, flow, email="dewi@contoh.id", address=HOME):
    login.count_login(session, email, address, flow=flow)
    person_id = login.check_password(session, email, password)
    login.clear_login(session, email, address, flow=flow)
    return person_id


def test_attackers_cannot_keep_a_known_browser_out(session, hours, dewi, at_home):
    for _ in range(24):  # beyond a hundred in a row, from the same network
        fail(session, 5)
        assert log_in_from(session, PASSWORD, **at_home) == dewi.id
        with pytest.raises(login.TooManyLogins):
            log_in(session, PASSWORD)
        hours.pass_by(seconds=301)


def test_a_browser_that_is_not_known_is_kept_out_with_the_attackers(session, dewi, at_home):
    fail(session, 5)
    for flow in (OTHER_FLOW, ""):
        with pytest.raises(login.TooManyLogins):
            log_in_from(session, PASSWORD, flow=flow)


def test_a_known_browser_has_five_tries_and_a_hundred_in_a_row(
    session, hours, dewi, at_home, monkeypatch
):
    monkeypatch.setattr(login, "MAX_FAILURES_IN_A_ROW", 10)
    for refusal in (login.TooManyLogins, login.ResetNeeded):
        for _ in range(5):
            with pytest.raises(login.WrongPassword):
                log_in_from(session, OTHER, **at_home)
        with pytest.raises(refusal):
            log_in_from(session, PASSWORD, **at_home)
        hours.pass_by(seconds=301)
    assert log_in(session, PASSWORD) == dewi.id  # and others are not kept out by it


def test_a_reset_ends_the_failures_of_known_browsers(session, dewi, at_home):
    for _ in range(5):
        login.count_login(session, dewi.email, HOME, **at_home)
    login.forget_failures(session, dewi)
    assert log_in_from(session, PASSWORD, **at_home) == dewi.id
