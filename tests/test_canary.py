"""The canary finds each kind of leak it exists for: every one is planted here."""

import logging

import pytest
from reflex.istate.manager.memory import StateManagerMemory
from reflex_base.event.context import EventContext

from barut_reflex.accounts.rules import Purpose
from barut_reflex.accounts.service import codes, sign_up
from barut_reflex.core import audit, mail, tokens
from barut_reflex.gate.cookies import COOKIE
from barut_reflex.gate.payload import log_browser_error
from barut_reflex.people.service import sessions
from probes.factories import make_person, make_profile

from .canary import hear_delta

NIK, PHONE, PASSWORD = "6205054101990003", "+6281255501234", "Kahayan-77-perahu"
log = logging.getLogger("barut_reflex.tests")


@pytest.fixture
def dewi(session):
    """Somebody with a NIK, a phone and an address of her own."""
    person = make_person(session, name="Dewi Lestari")
    make_profile(session, person=person, nik=NIK, phone=PHONE, address="Jl. Sengaji Hulu 7")
    return person


@pytest.fixture
def router_data(session):
    """What Reflex knows of the browser of a person: its cookie as the handshake leaves it."""

    def of(person):
        token = sessions.sign_in(session, person.id, device="Firefox")
        return {"headers": {"cookie": f"{COOKIE}={tokens.fingerprint(token)}"}}

    return of


# -- the log --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", [PHONE, "0812-5550-1234", "(0812) 5550 1234", "Jl. Sengaji Hulu 7"]
)
def test_a_value_in_the_log_is_heard(canary, dewi, said, monkeypatch):
    monkeypatch.setattr("barut_reflex.core.logs.clean", lambda text: text)
    log.warning("not saved: %s", said)
    [heard] = canary.take()
    assert heard.startswith("log: ")


def test_what_the_office_takes_out_of_its_log_is_not_heard(canary, dewi):
    log.warning("not saved: %s %s %s", NIK, dewi.email, PHONE)
    assert canary.take() == []


@pytest.mark.parametrize("typed", ["081255501234", "0812-5550-1234", "+62 812 5550 1234"])
def test_a_browsers_report_keeps_no_number(canary, dewi, caplog, typed):
    log_browser_error(ValueError(f"TypeError at {typed} of {dewi.email}: x"))
    assert "browser error" in caplog.text
    assert "5550" not in caplog.text and dewi.email not in caplog.text
    assert canary.take() == []


# -- the trail ------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [NIK, PHONE, "081255501234", "dewi.lestari@contoh.id"])
def test_a_value_in_the_trail_is_heard(canary, session, dewi, rina, said):
    audit.record(session, "approve", by=rina, detail=f"of {said}")
    [heard] = set(canary.take())
    assert heard.startswith("trail: ")


def test_a_code_in_the_trail_is_heard(canary, session):
    facts = {"email": "x@contoh.id", "flow": "f", "is_real": True}
    code, _ = codes.create_code(session, Purpose.SIGN_UP, **facts)
    audit.record(session, "sign_up", by=None, detail=f"code {code}")
    assert canary.take() == [f"trail: code {code}"]


def test_a_password_in_the_trail_is_heard(canary, session):
    form = {"name": "Dewi Lestari", "email": "dewi@contoh.id", "password": PASSWORD}
    sign_up.prepare_sign_up(session, form | {"again": PASSWORD, "agreed": "on"})
    audit.record(session, "sign_up", by=None, detail=f"with {PASSWORD}")
    assert canary.take() == [f"trail: password {PASSWORD}"]


# -- mail -----------------------------------------------------------------------------------------


def make_email(*paragraphs):
    return mail.Email(subject="Kartu", heading="Kartu", paragraphs=list(paragraphs))


def test_a_nik_in_a_mail_is_heard(canary, session, dewi):
    mail.queue_email(session, make_email(f"NIK {NIK}"), to=dewi.email, kind="x", person_id=dewi.id)
    assert canary.take() == [f"mail: NIK {NIK}"]


def test_somebody_elses_phone_in_a_mail_is_heard(canary, session, dewi, siti):
    mail.queue_email(
        session, make_email(f"Telepon {PHONE}"), to=siti.email, kind="x", person_id=siti.id
    )
    [heard] = canary.take()
    assert heard == f"mail to {siti.email}: phone {PHONE} of somebody else"
    mail.queue_email(
        session, make_email(f"Telepon {PHONE}"), to=dewi.email, kind="x", person_id=dewi.id
    )
    assert canary.take() == []


def test_a_mail_about_one_person_to_another_is_heard(canary, session, dewi, siti):
    mail.queue_email(session, make_email("Siap."), to=siti.email, kind="x", person_id=dewi.id)
    assert canary.take() == [f"mail about person {dewi.id}: to {siti.email}"]


def test_a_mail_that_is_sent_to_others_too_is_heard(canary, session, dewi, siti):
    row = mail.queue_email(session, make_email("Siap."), to=dewi.email, kind="x", person_id=dewi.id)
    session.commit()
    message = mail.build_message(row)
    mail.deliver(message)
    assert canary.take() == []
    message["Cc"] = siti.email
    mail.deliver(message)
    [heard] = canary.take()
    assert siti.email in heard


# -- what browsers are sent -----------------------------------------------------------------------


def test_the_nik_of_somebody_else_is_heard(canary, dewi, siti, rina, router_data):
    delta = {"state": {"nik": NIK}}
    hear_delta(router_data(siti), delta)
    assert canary.take() == [f"state of person {siti.id}: NIK {NIK} of somebody else"]
    hear_delta({}, delta)
    assert canary.take() == [f"state of person None: NIK {NIK} of somebody else"]
    hear_delta(router_data(dewi), delta)
    hear_delta(router_data(rina), delta)
    assert canary.take() == []


def test_a_hash_a_session_and_a_password_are_heard(canary, session, dewi, siti):
    siti.password_hash = "$2b$12$abcdefghijklmnopqrstuv"
    session.add(siti)
    session.commit()
    token = sessions.sign_in(session, dewi.id, device="Firefox")
    for secret in (siti.password_hash, token):
        hear_delta({}, {"state": {"x": f"a {secret} b"}})
        assert [heard.split()[-1] for heard in canary.take()] == [secret]


def test_a_session_in_the_headers_of_a_state_is_heard(canary, session, dewi):
    token = sessions.sign_in(session, dewi.id, device="Firefox")
    for cookie, heard in ((token, 1), (tokens.fingerprint(token), 0)):  # as the handshake leaves it
        hear_delta({}, {"state": {"rx_router_headers_rx_state_": f"{COOKIE}={cookie}"}})
        assert len(canary.take()) == heard


async def test_what_a_handler_sends_is_heard(canary, session, siti):
    """By Reflex's own way of sending, with a State that says too much."""
    siti.password_hash = "$2b$12$abcdefghijklmnopqrstuv"
    session.add(siti)
    session.commit()

    async def emit(token, delta): ...

    async def enqueue(token, *events): ...

    context = EventContext(
        token="tab", state_manager=StateManagerMemory(), enqueue_impl=enqueue, emit_delta_impl=emit
    )
    await context.emit_delta({"state": {"person": {"hash": siti.password_hash}}})
    assert canary.take() == [f"state: hash {siti.password_hash}"]
