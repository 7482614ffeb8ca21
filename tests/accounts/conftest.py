"""A clock the test moves, a mailbox to read, and forms filled in well."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from barut_reflex.accounts.service import sign_up
from barut_reflex.core import clock, tokens
from barut_reflex.core.mail import KEY_PURPOSE
from barut_reflex.core.models import OutboxMail
from probes.factories import known

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
    """Every letter in the outbox, oldest first, as (to, subject, text)."""

    def read():
        rows = session.exec(select(OutboxMail)).all()
        return [(row.recipient, row.subject, tokens.decrypt(KEY_PURPOSE, row.text)) for row in rows]

    return read


@pytest.fixture
def code(mailbox):
    """The code in the newest letter."""
    return lambda: known(re.search(r"^\d{6}$", mailbox()[-1][2], re.MULTILINE))[0]


@pytest.fixture
def link(mailbox):
    """The token of the reset link in the newest letter."""
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
