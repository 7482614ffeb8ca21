"""Fixtures for account tests: a settable clock, a mailbox, valid forms and an authenticator."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pyotp.totp import TOTP
from sqlmodel import col, select

from barut_reflex.accounts.service import login, second_factor, sign_up
from barut_reflex.core import clock, tokens
from barut_reflex.core.mail import KEY_PURPOSE
from barut_reflex.core.models import AuditEntry, OutboxMail
from barut_reflex.core.settings import settings
from barut_reflex.people.service import passwords, sessions
from probes.factories import known, make_person

NOON = datetime(2026, 4, 20, 5, 0, tzinfo=UTC)  # 12.00 WIB
PASSWORD = "Perahu7!lewat-Jingah"
OTHER = "Rotan9?hanyut-Pagi"
FLOW, OTHER_FLOW = "f" * 64, "e" * 64


class Hours:
    """The office's clock in a test: it stands still until moved."""

    def __init__(self):
        self.moment = NOON

    def pass_by(self, **span):
        self.moment += timedelta(**span)


@pytest.fixture
def hours(monkeypatch):
    hours = Hours()
    monkeypatch.setattr(clock, "now", lambda: hours.moment)
    return hours


@pytest.fixture
def mailbox(session):
    """Every email in the outbox, oldest first, as (to, subject, text)."""

    def read():
        rows = session.exec(select(OutboxMail)).all()
        return [(row.recipient, row.subject, tokens.decrypt(KEY_PURPOSE, row.text)) for row in rows]

    return read


@pytest.fixture
def code(mailbox):
    """The code in the newest email."""
    return lambda: known(re.search(r"^\d{6}$", mailbox()[-1][2], re.MULTILINE))[0]


@pytest.fixture
def link(mailbox):
    """The token of the reset link in the newest email."""
    return lambda: known(re.search(r"/reset-password/(\S+)$", mailbox()[-1][2], re.M))[1]


@pytest.fixture
def signing_up(session, hours):
    """Somebody has filled in the form and waits for the code."""

    def begin(email="dewi@contoh.id", *, flow=FLOW, **changes):
        good = sign_up.prepare_sign_up(session, sign_up_form(email=email, **changes))
        sign_up.begin_sign_up(session, good, flow=flow)

    return begin


@pytest.fixture
def many_signing_up(session, hours):
    """Sign-ups of so many browsers for spellings of one Gmail mailbox."""
    good = sign_up.prepare_sign_up(session, sign_up_form())

    def begin(numbers):
        for number in numbers:
            form = replace(good, email=f"d.e.w.i+{number}@gmail.com")
            sign_up.begin_sign_up(session, form, flow=f"{number:064}")

    return begin


def sign_up_form(**changes):
    form = {"name": "Dewi Lestari", "email": "dewi@contoh.id", "agreed": "on"}
    form |= {"password": PASSWORD, "again": PASSWORD}
    return form | changes


def wrong(code):
    """Another code than the right one."""
    return f"{(int(code) + 1) % 10**6:06}"


@pytest.fixture
def required(monkeypatch):
    """The office asks its staff for an authenticator."""
    monkeypatch.setattr(settings, "officer_totp", True)


@pytest.fixture
def enter_password(session, hours):
    """Give the password: the hash of a new sign-in."""
    return lambda person: tokens.fingerprint(sessions.sign_in(session, person.id, flow=FLOW))


@pytest.fixture
def give_code(session):
    """Give a code; the hash of the completed sign-in."""

    def give_code(sign_in, code):
        token = second_factor.give_second_factor(session, code, sign_in=sign_in, flow=FLOW)
        return tokens.fingerprint(token)

    return give_code


@pytest.fixture
def code_at(hours):
    """What an app with that secret shows now, or so many steps away."""

    def show(secret, steps=0):
        moment = hours.moment + timedelta(seconds=30 * steps)
        return TOTP(secret.replace(" ", "")).at(moment)

    return show


@pytest.fixture
def enrolled(session, hours, required, rina, enter_password, give_code, code_at):
    """Rina has an authenticator; her secret, and a later moment."""
    sign_in = enter_password(rina)
    secret = second_factor.offer_secret(session, sign_in=sign_in)
    give_code(sign_in, code_at(secret))
    hours.pass_by(minutes=10)
    return secret


def acts(session):
    return list(session.exec(select(AuditEntry.act).order_by(col(AuditEntry.id))))


HOME = "203.0.113.7"


@pytest.fixture
def dewi(session, hours):
    return make_person(
        session, name="Dewi", password_hash=passwords.hash_password(session, PASSWORD)
    )


def log_in(session, password, *, email="dewi@contoh.id", address=HOME):
    """What the login route does: count, check, clear."""
    login.count_login(session, email, address)
    person_id = login.check_password(session, email, password)
    login.clear_login(session, email, address)
    return person_id


def fail(session, times, **where):
    for _ in range(times):
        with pytest.raises(login.WrongPassword):
            log_in(session, OTHER, **where)
