"""Limits on how many mailboxes one browser, one network or the whole site sends email to."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from sqlmodel import func, select

from barut_reflex.accounts.service import mailbox_limits, reset, sign_up
from barut_reflex.core import limits
from barut_reflex.core.models import OutboxMail
from barut_reflex.core.settings import settings
from barut_reflex.people.service import sessions
from probes.factories import known, make_person

from .conftest import FLOW, OTHER_FLOW

pytestmark = pytest.mark.slow  # many emails

HERE, THERE = "203.0.113.7", "198.51.100.7"


@pytest.fixture
def ask(session, hours):
    """Ask for resets of so many new addresses until one is refused; how many were not."""
    asked = iter(range(10**6))

    def ask_for(many, *, flow=None, address=HERE):
        for number in range(many):
            email = f"asing{next(asked)}@contoh.id"
            try:
                with session.begin_nested():
                    of = flow or f"{email:0>64}"
                    reset.begin_reset(session, email, flow=of, address=address)
            except mailbox_limits.TooManyMailboxes as refusal:
                ask_for.said = refusal.message  # pyright: ignore[reportFunctionMemberAccess]
                return number
        return many

    return ask_for


def test_one_browser_writes_to_ten_mailboxes_an_hour(session, hours, ask):
    assert ask(20, flow=FLOW) == 10
    assert "browser ini" in ask.said
    assert "60 menit" in ask.said
    assert ask(1, flow=OTHER_FLOW) == 1
    hours.pass_by(hours=1)
    assert ask(1, flow=FLOW) == 1


def test_without_the_limit_one_browser_writes_to_all(session, ask, monkeypatch):
    monkeypatch.setattr(mailbox_limits, "PER_BROWSER", 10**9)
    monkeypatch.setattr(mailbox_limits, "PER_NETWORK", 10**9)
    assert ask(70, flow=FLOW) == 70


def test_one_network_writes_to_sixty_whatever_the_browser(session, ask):
    assert ask(70) == 60
    assert "data seluler" in ask.said
    assert ask(1, address=THERE) == 1


def test_a_known_network_writes_to_more(session, ask, monkeypatch):
    monkeypatch.setattr(mailbox_limits, "PER_NETWORK", 3)
    monkeypatch.setattr(mailbox_limits, "PER_KNOWN_NETWORK", 8)
    monkeypatch.setattr(settings, "known_networks", [ip_network("198.51.100.0/24")])
    assert ask(10, address=THERE) == 8
    assert ask(10, address="198.51.101.7") == 3
    assert ask(10, address="") == 3
    assert mailbox_limits.PER_KNOWN_NETWORK >= 8


def test_one_subscriber_of_ipv6_is_one_network(session, ask, monkeypatch):
    monkeypatch.setattr(mailbox_limits, "PER_NETWORK", 3)
    assert [ask(1, address=f"2001:db8::{n}") for n in range(1, 5)] == [1, 1, 1, 0]


def test_the_same_mailbox_again_costs_nothing(session, hours, monkeypatch):
    monkeypatch.setattr(mailbox_limits, "PER_BROWSER", 1)
    for _ in range(3):
        reset.begin_reset(session, "dewi@contoh.id", flow=FLOW, address=HERE)
        hours.pass_by(seconds=61)


def test_a_mailbox_with_and_one_without_account_are_refused_alike(session, hours, ask):
    dewi = make_person(session, name="Dewi")
    ask(10, flow=FLOW)
    said = []
    for email in (dewi.email, "nobody@contoh.id"):
        with pytest.raises(mailbox_limits.TooManyMailboxes) as refused:
            reset.begin_reset(session, email, flow=FLOW, address=HERE)
        said.append((refused.value.message, refused.value.field))
    assert said[0] == said[1]


def test_attackers_of_the_same_network_leave_the_owners_browser_its_emails(session, ask):
    dewi = make_person(session, name="Dewi")
    sessions.sign_in(session, dewi.id, flow=FLOW)
    ask(70)
    reset.begin_reset(session, dewi.email, flow=FLOW, address=HERE)
    with pytest.raises(mailbox_limits.TooManyMailboxes):
        reset.begin_reset(session, dewi.email, flow=OTHER_FLOW, address=HERE)


def test_over_its_figure_the_site_slows_and_stops_nobody_new(session, ask, monkeypatch, caplog):
    monkeypatch.setattr(settings, "letters_an_hour", 12)
    monkeypatch.setattr(settings, "known_networks", [ip_network("198.51.100.0/24")])
    assert ask(12) == 12
    assert caplog.text.count("alarm") == 1
    assert ask(1) == 0
    assert ask(20, address="203.0.113.8") == mailbox_limits.PER_NETWORK_IN_SLOW_MODE
    assert ask(20, flow=FLOW, address="203.0.113.9") == mailbox_limits.PER_BROWSER_IN_SLOW_MODE
    assert ask(20, address=THERE) == 20
    assert caplog.text.count("alarm") == 1


def test_sign_ups_and_corrected_addresses_count_too(session, hours, signing_up, monkeypatch):
    monkeypatch.setattr(mailbox_limits, "PER_BROWSER", 2)
    signing_up("satu@contoh.id")
    sign_up.correct_address(session, "dua@contoh.id", flow=FLOW)
    with pytest.raises(mailbox_limits.TooManyMailboxes):
        sign_up.correct_address(session, "tiga@contoh.id", flow=FLOW)
    assert session.exec(select(func.count()).select_from(OutboxMail)).one() == 2


def test_emails_without_a_code_let_codes_by(session, hours, signing_up):
    dewi = make_person(session, name="Dewi")
    signing_up(dewi.email)
    reset.begin_reset(session, "nobody@contoh.id", flow=FLOW, address=HERE)
    signing_up("baru@contoh.id", flow=OTHER_FLOW)
    *others, code = map(known, session.exec(select(OutboxMail.expires)))
    assert all(code < other for other in others)


def test_how_long_until_a_window_has_room(session, hours):
    per = timedelta(hours=1)
    assert limits.seconds_until_free(session, "x", limit=2, per=per) == 0
    for _ in range(2):
        limits.count_event(session, "x")
        hours.pass_by(minutes=10)
    assert limits.seconds_until_free(session, "x", limit=2, per=per) == 40 * 60


# -- forms of sign-ups, whose passwords are hashed -------------------------------------------------


def forms_until_refused(session, *, address, flow=""):
    for number in range(2000):
        try:
            with session.begin_nested():
                sign_up.count_sign_up(session, flow=flow or f"{number:064}", address=address)
        except sign_up.TooManySignUps:
            return number
    return None


def test_forms_are_limited_by_browser_and_by_network(session, hours, monkeypatch):
    monkeypatch.setattr(settings, "known_networks", [ip_network("192.0.2.0/24")])
    assert forms_until_refused(session, address=THERE, flow=FLOW) == 40
    assert forms_until_refused(session, address=HERE) == 240
    assert forms_until_refused(session, address="192.0.2.7") == 1200


def test_without_the_limit_they_are_endless(session, hours, monkeypatch):
    monkeypatch.setattr(limits, "spend", lambda *args, **kwargs: True)
    assert forms_until_refused(session, address=HERE) is None
