"""Rows 47 and 48 (attackers without an account) at reduced size, with and without the controls."""

from datetime import timedelta

import pytest

from bar import rows_anonymous
from barut_reflex.accounts.service import codes, login, mailbox_limits
from barut_reflex.core import mail
from barut_reflex.gate.cookies import COOKIE
from measure.row import Scale
from probes import inside
from probes.attackers import anonymous_attackers, code_guessing, credential_stuffing


@pytest.mark.parametrize(
    "measure", [rows_anonymous.stopped_and_refused, rows_anonymous.emails_of_attackers]
)
def test_row(measure):
    figure = measure(Scale.SMALL)
    assert figure.passed, f"{figure.value}: {figure.detail}"


def test_a_stop_in_the_place_of_slow_mode_stops_honest_codes(monkeypatch):
    monkeypatch.setattr(codes, "WRONG_CODE_LIMIT", (20, timedelta(hours=1)))
    assert anonymous_attackers.guess_codes(10).stopped == 0
    spend = codes.count_try
    monkeypatch.setattr(
        codes,
        "count_try",
        lambda session, *try_: not codes.is_in_slow_mode(session) and spend(session, *try_),
    )
    assert anonymous_attackers.guess_codes(10).stopped > 0


def test_without_counts_of_its_own_a_known_browser_is_refused(monkeypatch):
    monkeypatch.setattr(login, "is_known_browser", lambda session, person_id, flow: False)
    done = anonymous_attackers.fail_logins(10)
    assert done.refused == done.honest > 0


def test_without_limits_emails_go_to_everybody(monkeypatch):
    limits = [name for name in vars(mailbox_limits) if name.startswith("PER_")]
    assert len(limits) == 5
    for limit in limits:
        monkeypatch.setattr(mailbox_limits, limit, 10**6)
    sent = anonymous_attackers.request_emails(1, site=12, known=4)
    assert sent.browser > 10 and sent.network > 60 and sent.of_slow > 10


def test_honest_codes_pass_a_queue():
    waits = anonymous_attackers.wait_for_codes(60, seconds=1)
    assert waits and max(waits) < float("inf")


def test_without_their_lane_they_wait_behind_it(monkeypatch):
    """As emails that do not expire: they go out in the order in which they came."""
    queue = mail.queue_email
    plain = lambda *args, expires=None, **facts: queue(*args, **facts)  # noqa: E731
    monkeypatch.setattr(mail, "queue_email", plain)
    assert min(anonymous_attackers.wait_for_codes(60, seconds=1, patience=1)) == float("inf")


@pytest.mark.parametrize(("flow", "is_let_in"), [("rumah" * 9, True), ("lain" * 11, False)])
def test_at_the_login_form_too_the_known_browser_gets_in(flow, is_let_in):
    """Five failures of attackers; then the owner, in the browser of the last login or another."""
    email, address = "rina@contoh.id", "198.51.100.7"
    with inside.office():
        code_guessing.account(email)
        home = credential_stuffing.login_client(address, alur="rumah" * 9)
        assert (
            COOKIE
            in inside.run(credential_stuffing.log_in(home, email, code_guessing.PASSWORD)).cookies
        )
        for number in range(5):
            attacker = credential_stuffing.login_client(f"203.0.113.{number}")
            inside.run(credential_stuffing.log_in(attacker, email, "Salah-sekali9!"))
        owner = credential_stuffing.login_client(address, alur=flow)
        answer = inside.run(credential_stuffing.log_in(owner, email, code_guessing.PASSWORD))
    assert (COOKIE in answer.cookies) == is_let_in
