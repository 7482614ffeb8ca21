import smtplib
import threading
from datetime import timedelta

import pytest
from sqlmodel import col, select

from barut_reflex.core import clock, db, mail, settings, worker
from barut_reflex.core.mail import Email
from barut_reflex.core.models import Counter, OutboxMail
from probes.factories import known

from .. import databases

DELIVER = mail.deliver  # the real one, where `server` stands in its place
LETTER = Email(subject="Kode", heading="Kode", paragraphs=["Ini kodenya:"], code="004217")


class Server:
    """A mail server that does what the test says: an exception, or None to take the letter."""

    def __init__(self):
        self.got, self.faults = [], []

    def deliver(self, message, line=None):
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, str):  # the letter arrived, but the answer got lost
            self.got.append(message["Message-ID"])
            raise smtplib.SMTPServerDisconnected(fault)
        if fault:
            raise fault
        self.got.append(message["Message-ID"])


@pytest.fixture
def server(monkeypatch):
    server = Server()
    monkeypatch.setattr(mail, "deliver", server.deliver)
    return server


@pytest.fixture
def post(file_office, hours, server):
    """Put one letter into the outbox; its id."""

    def put(**facts):
        with db.writing() as session:
            return mail.queue_email(session, LETTER, to="dewi@contoh.id", kind="code", **facts).id

    return put


def row_of(mail_id):
    with db.reading() as session:
        return session.get_one(OutboxMail, mail_id)


def test_a_letter_is_sent_once_and_its_body_forgotten(post, server):
    mail_id = post()
    assert worker.send_due() == 1
    assert worker.send_due() == 0
    assert server.got == [f"<{mail_id}@localhost>"]
    row = row_of(mail_id)
    assert row.sent is not None
    assert (row.text, row.html, row.trouble) == ("", "", "")


def test_an_act_that_failed_sends_nothing(file_office, hours, server):
    with pytest.raises(ZeroDivisionError), db.writing() as session:
        mail.queue_email(session, LETTER, to="dewi@contoh.id", kind="code")
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
def test_a_fault_is_tried_again_and_told(post, server, hours, fault):
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


def test_an_answer_lost_after_the_letter_costs_one_copy_under_the_same_id(
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


def test_several_workers_send_each_letter_once(post, server):
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


def test_a_worker_that_died_frees_its_letter(post, server, hours):
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


# -- the lane of codes -----------------------------------------------------------------------


def test_codes_go_before_all_other_letters(post, server, hours):
    letters = [post() for _ in range(3)]
    hours.pass_by(seconds=1)
    link = post(expires=hours.moment + timedelta(minutes=10))
    code = post(expires=hours.moment + timedelta(minutes=3))
    worker.send_due()
    sent = [name.strip("<>").partition("@")[0] for name in server.got]
    assert sent[:2] == [code, link]
    assert sorted(sent[2:]) == sorted(letters)


def test_without_the_lane_a_code_waits_behind_them(post, server, hours, monkeypatch):
    letters = [post() for _ in range(3)]
    hours.pass_by(seconds=1)
    post(expires=None)  # as if it were none
    worker.send_due()
    assert [name.strip("<>").partition("@")[0] for name in server.got[:3]] == letters


def test_a_connection_kept_for_codes_takes_nothing_else(post, server, hours):
    post()
    assert worker.send_due(codes_only=True) == 0
    post(expires=hours.moment + timedelta(minutes=3))
    assert worker.send_due(codes_only=True) == 1


def test_a_letter_that_hangs_keeps_no_code_waiting(post, hours, jobs, monkeypatch):
    """The server takes no ordinary letter: the code goes out all the same."""
    stop, release, codes = threading.Event(), threading.Event(), []
    [post() for _ in range(20)]
    code = post(expires=hours.moment + timedelta(minutes=3))

    def deliver(message, line):
        if code in message["Message-ID"]:
            codes.append(code)
            stop.set()
            release.set()
        else:
            release.wait(9)

    monkeypatch.setattr(mail, "deliver", deliver)
    worker.run_forever(stop)
    assert codes == [code]


def test_letters_sent_in_a_row_share_a_connection(post, monkeypatch):
    [post() for _ in range(3)]
    opened = []

    class Server:
        def __init__(self, *args, **kwargs):
            opened.append(self)

        def send_message(self, message):
            if len(opened) == 1 and message["Message-ID"] == trouble:
                raise smtplib.SMTPServerDisconnected("gone")

        def __exit__(self, *args): ...

    trouble = ""
    monkeypatch.setattr(mail, "deliver", DELIVER)
    monkeypatch.setattr(settings.settings, "smtp_host", "mail.contoh.id")
    monkeypatch.setattr(settings.settings, "smtp_tls", "none")
    monkeypatch.setattr(mail.smtplib, "SMTP", Server)
    assert worker.send_due() == 3
    assert len(opened) == 1
    opened.clear()
    trouble = f"<{post()}@localhost>"
    post()
    assert worker.send_due() == 2
    assert len(opened) == 2  # after trouble the next letter gets a new one


# -- work at set intervals --------------------------------------------------------------------


@pytest.fixture
def jobs(file_office, hours, monkeypatch):
    monkeypatch.setattr(worker, "JOBS", {})
    return worker.JOBS


def test_a_job_runs_at_its_interval(jobs, hours):
    ran = []
    worker.add(worker.Job(60, "sweep", lambda session: ran.append(hours.moment)))
    assert worker.run_jobs() == ["sweep"]
    assert worker.run_jobs() == []
    hours.pass_by(seconds=59)
    assert worker.run_jobs() == []
    hours.pass_by(seconds=1)
    assert worker.run_jobs() == ["sweep"]
    assert len(ran) == 2


def test_what_needs_no_database_stands_outside_the_transaction(jobs):
    held = []

    def is_writing():
        return databases.held(db.engine) > 0

    def act(session, given):
        session.add(Counter(key="done", value=given))
        session.flush()
        held.append(is_writing())
        return "left"

    worker.add(
        worker.Job(
            60,
            "files",
            act,
            before=lambda: held.append(is_writing()) or 7,
            after=lambda left: held.append((is_writing(), left)),
        )
    )
    assert worker.run_jobs() == ["files"]
    assert held == [False, True, (False, "left")]
    with db.reading() as session:
        assert session.get_one(Counter, "done").value == 7


def test_a_job_is_one_act_and_a_failing_one_stops_no_other(jobs, caplog):
    def fail(session):
        session.add(Counter(key="half", value=1))
        session.flush()
        raise ZeroDivisionError

    worker.add(worker.Job(60, "broken", fail))
    worker.add(worker.Job(60, "whole", lambda session: session.add(Counter(key="done", value=1))))
    assert worker.run_jobs() == ["whole"]
    assert "broken" in caplog.text
    with db.reading() as session:
        kept = session.exec(select(Counter.key).where(col(Counter.key).in_(["half", "done"])))
        assert kept.all() == ["done"]


def test_among_several_workers_a_job_runs_once(jobs):
    ran, start = [], threading.Barrier(6)
    worker.add(worker.Job(60, "sweep", lambda session: ran.append(1)))

    def one():
        start.wait()
        worker.run_jobs()

    threads = [threading.Thread(target=one) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert ran == [1]


def test_letters_that_were_sent_are_swept_after_a_month(post, server, hours):
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


def test_the_loop_sends_and_stops(post, server, jobs, monkeypatch):
    post()
    stop = threading.Event()

    def deliver(message, line):
        server.deliver(message)
        stop.set()

    monkeypatch.setattr(mail, "deliver", deliver)
    worker.run_forever(stop)
    assert len(server.got) == 1


def test_the_loop_outlives_a_broken_database(file_office, monkeypatch, caplog):
    stop, calls = threading.Event(), []

    def send(*, codes_only):
        calls.append(1)
        if len(calls) >= 3:
            stop.set()
        raise OSError("database is gone")

    monkeypatch.setattr(worker, "send_due", send)
    monkeypatch.setattr(worker, "POLL_INTERVAL", 0)
    worker.run_forever(stop)
    assert len(calls) >= 3
    assert "trying on" in caplog.text
