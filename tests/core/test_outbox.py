"""Sending from the outbox: each email once, tried again after faults, swept after a month."""

import smtplib
import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from barut_reflex.core import clock, db, mail, worker
from barut_reflex.core.models import OutboxMail
from probes.factories import known

from .conftest import EMAIL, row_of


def test_an_email_is_sent_once_and_its_body_forgotten(post, server):
    mail_id = post()
    assert worker.send_due() == 1
    assert worker.send_due() == 0
    assert server.got == [f"<{mail_id}@localhost>"]
    row = row_of(mail_id)
    assert row.sent is not None
    assert (row.text, row.html, row.trouble) == ("", "", "")


def test_an_act_that_failed_sends_nothing(file_office, hours, server):
    with pytest.raises(ZeroDivisionError), db.writing() as session:
        mail.queue_email(session, EMAIL, to="dewi@contoh.id", kind="code")
        raise ZeroDivisionError
    assert worker.send_due() == 0


FAULTS = [
    ConnectionRefusedError("refused"),
    TimeoutError("timed out"),
    smtplib.SMTPConnectError(421, b"too busy"),
    smtplib.SMTPHeloError(451, b"later"),
    smtplib.SMTPRecipientsRefused({"dewi@contoh.id": (550, b"no such user")}),
    smtplib.SMTPSenderRefused(451, b"greylisted", "x@y.id"),
    smtplib.SMTPDataError(552, b"mailbox full"),
    smtplib.SMTPAuthenticationError(535, b"bad password"),
    smtplib.SMTPServerDisconnected("gone"),
    smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server."),
    OSError(101, "Network is unreachable"),
    UnicodeError("odd answer"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_fault_is_tried_again_and_recorded(post, server, hours, fault):
    mail_id = post()
    server.faults = [fault]
    worker.send_due()
    row = row_of(mail_id)
    assert row.sent is None
    assert row.tries == 1
    assert row.trouble.startswith(type(fault).__name__)
    hours.pass_by(seconds=4)
    assert worker.send_due() == 0
    hours.pass_by(seconds=1)
    assert worker.send_due() == 1
    assert server.got == [f"<{mail_id}@localhost>"]


def test_an_answer_lost_after_the_email_costs_one_copy_under_the_same_id(
    post,
    server,
    hours,
):
    mail_id = post()
    server.faults = ["lost after DATA"]
    worker.send_due()
    hours.pass_by(seconds=5)
    worker.send_due()
    assert server.got == [f"<{mail_id}@localhost>"] * 2


def test_waits_grow_to_an_hour_and_end_after_a_day(post, server, hours):
    mail_id = post()
    server.faults = [ConnectionRefusedError("refused")] * 100
    waits = []
    while row_of(mail_id).given_up is None:
        before = hours.moment
        hours.moment = max(before, clock.utc(row_of(mail_id).next_try))
        waits.append((hours.moment - before).total_seconds())
        worker.send_due()
    assert waits[1:10] == [5, 10, 20, 40, 80, 160, 320, 640, 1280]
    assert max(waits) == 3600
    assert timedelta(hours=22) < hours.moment - clock.utc(row_of(mail_id).created)
    assert hours.moment - clock.utc(row_of(mail_id).created) <= timedelta(hours=24)
    assert row_of(mail_id).text == ""


@pytest.mark.parametrize(("minutes", "sent"), [(2.9, 1), (3, 0), (60, 0)])
def test_an_expired_code_is_never_sent(post, server, hours, minutes, sent):
    mail_id = post(expires=hours.moment + timedelta(minutes=3))
    hours.pass_by(minutes=minutes)
    worker.send_due()
    assert len(server.got) == sent
    assert (row_of(mail_id).given_up is None) is bool(sent)


def test_without_the_check_it_would_be(post, server, hours, monkeypatch):
    mail_id = post(expires=hours.moment + timedelta(minutes=3))
    with db.writing() as session:
        session.get_one(OutboxMail, mail_id).expires = None
    hours.pass_by(minutes=60)
    worker.send_due()
    assert len(server.got) == 1


# -- several workers --------------------------------------------------------------------------


def send_at_once(workers):
    start = threading.Barrier(workers)

    def one():
        start.wait()
        worker.send_due()

    threads = [threading.Thread(target=one) for _ in range(workers)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]


def test_several_workers_send_each_email_once(post, server):
    sent = {f"<{post()}@localhost>" for _ in range(12)}
    send_at_once(6)
    assert sorted(server.got) == sorted(sent)


def test_without_the_lease_they_would_send_copies(post, server, monkeypatch):
    post()
    monkeypatch.setattr(worker, "LEASE_LIFETIME", timedelta(0))
    barrier = threading.Barrier(4)

    def deliver_together(message, line):
        server.deliver(message)
        barrier.wait(timeout=9)  # so that none is marked as sent before all have taken it

    monkeypatch.setattr(mail, "deliver", deliver_together)
    send_at_once(4)
    assert len(server.got) > 1


def test_a_worker_that_died_frees_its_email(post, server, hours):
    post()
    assert worker.take_next(codes_only=False)
    assert worker.send_due() == 0
    hours.pass_by(seconds=121)
    assert worker.send_due() == 1


def test_a_worker_that_comes_late_overwrites_nothing(post, server, hours):
    mail_id = post()
    slow = worker.take_next(codes_only=False)
    hours.pass_by(seconds=121)
    worker.send_due()
    worker.finish(known(slow), TimeoutError("late"))
    row = row_of(mail_id)
    assert row.sent is not None
    assert row.trouble == ""


def test_emails_that_were_sent_are_swept_after_a_month(post, server, hours):
    old = post()
    worker.send_due()
    hours.pass_by(days=29)
    waiting = post()
    with db.writing() as session:
        worker.JOBS["outbox"].function(session)
    assert row_of(old).sent
    hours.pass_by(days=2)
    with db.writing() as session:
        worker.JOBS["outbox"].function(session)
        assert session.exec(select(OutboxMail.id)).all() == [waiting]
