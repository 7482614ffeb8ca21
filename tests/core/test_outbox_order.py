"""Emails with a code are sent before all others, and no hanging email delays them."""

import smtplib
import threading
from datetime import timedelta

from barut_reflex.core import mail, settings, worker

from .conftest import DELIVER

# -- the lane of codes -----------------------------------------------------------------------


def test_codes_go_before_all_other_emails(post, server, hours):
    emails = [post() for _ in range(3)]
    hours.pass_by(seconds=1)
    link = post(expires=hours.moment + timedelta(minutes=10))
    code = post(expires=hours.moment + timedelta(minutes=3))
    worker.send_due()
    sent = [name.strip("<>").partition("@")[0] for name in server.got]
    assert sent[:2] == [code, link]
    assert sorted(sent[2:]) == sorted(emails)


def test_without_the_lane_a_code_waits_behind_them(post, server, hours, monkeypatch):
    emails = [post() for _ in range(3)]
    hours.pass_by(seconds=1)
    post(expires=None)  # as if it were none
    worker.send_due()
    assert [name.strip("<>").partition("@")[0] for name in server.got[:3]] == emails


def test_a_connection_kept_for_codes_takes_nothing_else(post, server, hours):
    post()
    assert worker.send_due(codes_only=True) == 0
    post(expires=hours.moment + timedelta(minutes=3))
    assert worker.send_due(codes_only=True) == 1


def test_an_email_that_hangs_keeps_no_code_waiting(post, hours, jobs, monkeypatch):
    """The server takes no ordinary email: the code goes out all the same."""
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


def test_emails_sent_in_a_row_share_a_connection(post, monkeypatch):
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
    assert len(opened) == 2  # after trouble the next email gets a new one
