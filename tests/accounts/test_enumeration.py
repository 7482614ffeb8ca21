"""Sign-up, reset and login answer alike for known and unknown addresses."""

from collections import Counter

import pytest
from sqlalchemy import event

from barut_reflex.accounts.service import codes
from barut_reflex.accounts.service import login as account_login
from barut_reflex.accounts.service import reset as account_reset
from barut_reflex.accounts.service import sign_up as account_sign_up
from barut_reflex.core import clock
from barut_reflex.core.errors import Refusal
from barut_reflex.people.service import passwords
from probes.factories import make_person

from .conftest import FLOW, OTHER, PASSWORD, sign_up_form


@pytest.fixture
def known(session, hours):
    return make_person(
        session, name="Dewi", password_hash=passwords.hash_password(session, PASSWORD)
    ).email


@pytest.fixture
def statements(session):
    """How many statements of each kind ran; the time follows from them."""
    seen = Counter()
    kinds = lambda text: " ".join(text.split()[: 3 if text.startswith("SELECT") else 2])  # noqa: E731
    event.listen(
        session.get_bind(),
        "before_cursor_execute",
        lambda conn, cursor, text, *rest: seen.update([kinds(text)]),
    )
    return seen


def answer(act, *args, **kwargs):
    """What an anonymous visitor sees of an act."""
    try:
        return act(*args, **kwargs)
    except Refusal as refusal:
        return type(refusal).__name__, refusal.message, refusal.field


def sign_up(session, email):
    good = account_sign_up.prepare_sign_up(session, sign_up_form(email=email))
    yield account_sign_up.begin_sign_up(session, good, flow=FLOW)
    yield account_sign_up.pending_sign_up(session, flow=FLOW).resend_wait
    yield answer(account_sign_up.resend, session, flow=FLOW)
    for _ in range(6):
        yield answer(account_sign_up.confirm_sign_up, session, "000000", flow=FLOW)


def reset(session, email):
    yield answer(account_reset.begin_reset, session, email, flow=FLOW)
    yield account_reset.pending_reset(session, flow=FLOW).resend_wait
    yield answer(account_reset.resend_reset, session, email, flow=FLOW)
    for _ in range(6):
        yield answer(account_reset.confirm_reset, session, "000000", flow=FLOW)


def login(session, email):
    for _ in range(7):
        yield answer(account_login.count_login, session, email, "203.0.113.7")
        yield answer(account_login.check_password, session, email, OTHER)
        yield account_sign_up.find_waiting_sign_up(session, email, OTHER, flow=FLOW)


@pytest.mark.parametrize("flow", [sign_up, reset, login])
def test_known_and_unknown_addresses_get_the_same(session, known, statements, monkeypatch, flow):
    monkeypatch.setattr(codes.secrets, "randbelow", lambda most: 424242)
    statements.clear()
    unknown_answers = list(flow(session, "nobody@contoh.id"))
    unknown_work = +statements
    session.rollback()
    statements.clear()
    known_answers = list(flow(session, known))
    assert known_answers == unknown_answers
    assert +statements == unknown_work


def test_a_telling_answer_would_be_found(session, known, statements, monkeypatch):
    """The control taken away: for a known address no row of a code is made."""
    real = codes.create_code

    def telling(session, purpose, *, email, flow, is_real):
        if is_real:
            return real(session, purpose, email=email, flow=flow, is_real=True)
        return "000000", clock.now()

    monkeypatch.setattr(codes, "create_code", telling)
    unknown = list(sign_up(session, "nobody@contoh.id"))
    session.rollback()
    assert list(sign_up(session, known)) != unknown
