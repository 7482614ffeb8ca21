"""Metrics count what happened and hold nothing that identifies a person."""

import urllib.request

import pytest
from prometheus_client import generate_latest
from sqlmodel import select

from barut_reflex.accounts.service import login, sign_up
from barut_reflex.core import clock, db, metrics, worker
from barut_reflex.core.models import OutboxMail
from barut_reflex.core.settings import settings
from barut_reflex.gate import transactions

from ..accounts.conftest import sign_up_form


def figure(name, **labels):
    return metrics.registry.get_sample_value(f"barut_{name}", labels) or 0


def run(door, function, *args, **kwargs):
    return transactions.run_as_guest(door, function, *args, **kwargs)


@pytest.fixture
def counted():
    """How much a figure grew since the beginning of the test."""
    began = {}

    def grown(name, **labels):
        key = (name, *labels.items())
        return figure(name, **labels) - began.setdefault(key, figure(name, **labels))

    return grown


def test_an_act_is_counted_by_name_and_outcome(session, counted):
    def approve(session):
        return 1

    done = {"act": "approve", "outcome": "done"}
    counted("acts_total", **done)
    run(db.writing, approve)
    run(db.reading, approve)
    assert counted("acts_total", **done) == 1


def test_a_refusal_is_counted_by_reason(session, counted):
    counted("refusals_total", reason="WrongPassword")
    counted("login_failures_total")
    with pytest.raises(login.WrongPassword):
        run(db.reading, login.check_password, "nobody@contoh.id", "x")
    assert counted("refusals_total", reason="WrongPassword") == 1
    assert counted("login_failures_total") == 1


def test_a_crash_is_counted(session, counted):
    def broken(session):
        raise ZeroDivisionError

    counted("acts_total", act="broken", outcome="failed")
    with pytest.raises(ZeroDivisionError):
        run(db.writing, broken)
    assert counted("acts_total", act="broken", outcome="failed") == 1


def email_to(recipient):
    now = clock.now()
    return OutboxMail(
        recipient=recipient,
        kind="code",
        subject="x",
        text="x",
        html="x",
        created=now,
        next_try=now,
    )


def test_waiting_emails_are_counted(session):
    assert set(worker.outbox_figures().values()) == {0}
    session.add(email_to("ahmad@contoh.id"))
    session.commit()
    assert worker.outbox_figures()["outbox_waiting"] == 1
    session.exec(select(OutboxMail)).one().given_up = clock.now()
    session.commit()
    figures = worker.outbox_figures()
    assert (figures["outbox_waiting"], figures["outbox_given_up_today"]) == (0, 1)


def test_nobody_is_in_the_figures(session, monkeypatch):
    good = sign_up.prepare_sign_up(session, sign_up_form())
    run(db.writing, sign_up.begin_sign_up, good, flow="f" * 64)
    with pytest.raises(login.WrongPassword):
        run(db.reading, login.check_password, "dewi@contoh.id", "Perahu7!lewat-Jingah")
    text = generate_latest(metrics.registry).decode()
    assert "begin_sign_up" in text
    assert not [word for word in ("dewi", "Dewi", "contoh.id", "Perahu", "f" * 64) if word in text]


def test_they_are_for_this_machine_alone(monkeypatch):
    asked = []
    monkeypatch.setattr(settings, "metrics_port", 9399)
    monkeypatch.setattr(metrics, "start_http_server", lambda *a, **k: asked.append(a))
    assert metrics.serve() == 9399
    assert asked == [(9399, "127.0.0.1")]


def test_every_worker_has_a_port_of_its_own(monkeypatch):
    monkeypatch.setattr(settings, "metrics_port", 39_471)
    monkeypatch.setattr(settings, "workers", 3)
    ports = [metrics.serve() for _ in range(3)]
    assert len(set(ports)) == 3
    for port in ports:
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read()
        assert b"barut_database_seconds" in page
    assert metrics.serve() == 0  # all taken: the office opens all the same
