"""Fixtures for core tests: a settable clock, a fake mail server, an outbox and worker jobs."""

import smtplib

import pytest

from barut_reflex.core import db, mail, worker
from barut_reflex.core.mail import Email
from barut_reflex.core.models import OutboxMail

from ..accounts.conftest import hours  # noqa: F401

DELIVER = mail.deliver  # the real one, where `server` stands in its place
EMAIL = Email(subject="Kode", heading="Kode", paragraphs=["Ini kodenya:"], code="004217")


class Server:
    """A mail server that does what the test says: an exception, or None to take the email."""

    def __init__(self):
        self.got, self.faults = [], []

    def deliver(self, message, line=None):
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, str):  # the email arrived, but the answer got lost
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
def post(file_office, hours, server):  # noqa: F811
    """Put one email into the outbox; its id."""

    def put(**facts):
        with db.writing() as session:
            return mail.queue_email(session, EMAIL, to="dewi@contoh.id", kind="code", **facts).id

    return put


def row_of(mail_id):
    with db.reading() as session:
        return session.get_one(OutboxMail, mail_id)


@pytest.fixture
def jobs(file_office, hours, monkeypatch):  # noqa: F811
    monkeypatch.setattr(worker, "JOBS", {})
    return worker.JOBS
