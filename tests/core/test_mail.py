"""Emails: their text and HTML, escaping, headers, and delivery to a real mail server."""

import email
import socket
import ssl
import stat
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from email.policy import default
from ipaddress import ip_address

import htpy
import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlmodel import select

from barut_reflex.core import mail, tokens
from barut_reflex.core.mail import Email, build_message, queue_email, render_html, render_text
from barut_reflex.core.models import OutboxMail
from barut_reflex.core.settings import settings
from probes.factories import known

HOSTILE = "<img src=x onerror=alert(1)> {code} \r\nBcc: x@y.id"
EMAIL = Email(
    subject="Kode verifikasi akun Anda",
    heading="Verifikasi Akun Anda",
    paragraphs=["Gunakan kode di bawah ini:"],
    code="004217",
    link="http://localhost:3000/reset-password/" + "t" * 43,
    link_label="Reset Password",
    warnings=["Kode ini hanya berlaku selama 3 menit"],
)


@pytest.fixture
def row(session):
    return queue_email(session, EMAIL, to="dewi@contoh.id", kind="sign_up")


def read(raw):
    return email.message_from_bytes(raw, policy=default)


def test_the_code_stands_unbroken_on_its_own_line(row):
    raw = build_message(row).as_bytes()
    assert b"\r\n004217\r\n" in raw
    assert EMAIL.link.encode() + b"\r\n" in raw
    text = known(read(raw).get_body(("plain",))).get_content()
    assert "004217" in text.splitlines()


def test_the_message_says_what_mail_servers_want_to_know(row):
    message = read(build_message(row).as_bytes())
    assert message["Message-ID"] == f"<{row.id}@localhost>"
    assert message["To"] == "dewi@contoh.id"
    assert message["Subject"] == EMAIL.subject
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"].addresses[0].display_name == "Barut Kerja"
    assert message["Date"].datetime == row.created.replace(microsecond=0)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]


TEXTS = ["subject", "heading", "code", "code_label", "code_hint", "link", "link_label"]
LISTS = ["paragraphs", "warnings"]
OFFICE = ["app_name", "office_name", "regency", "office_email", "office_phone"]


def test_every_field_of_an_email_is_tried():
    assert {field.name for field in fields(Email)} == {*TEXTS, *LISTS}


@pytest.mark.parametrize("field", [*TEXTS, *LISTS])
def test_what_somebody_typed_stays_text(field):
    email = replace(EMAIL, **{field: [HOSTILE] if field in LISTS else HOSTILE})
    page = render_html(email)
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; {code}" in page
    assert field == "subject" or HOSTILE in render_text(email)


def test_a_link_stays_in_its_attribute():
    page = render_html(replace(EMAIL, link='" onclick="alert(1)'))
    assert "onclick=&#34;" in page
    assert 'onclick="' not in page


@pytest.mark.parametrize("word", OFFICE)
def test_the_office_s_own_words_are_text_too(monkeypatch, word):
    monkeypatch.setattr(settings, word, HOSTILE)
    assert "<img" not in render_html(EMAIL)


def test_an_element_in_its_place_would_be_let_through():
    assert "<img" in render_html(replace(EMAIL, paragraphs=[htpy.img(src="x")]))


def test_a_header_cannot_be_smuggled_in(session):
    row = queue_email(session, EMAIL, to="dewi@contoh.id\r\nBcc: x@y.id", kind="sign_up")
    with pytest.raises(ValueError, match=r"linefeed|newline|CR"):
        build_message(row)


def test_the_table_holds_the_email_encrypted(session, row):
    kept = session.exec(select(OutboxMail)).one()
    assert "004217" not in str(kept.model_dump())
    assert "004217" in tokens.decrypt(mail.KEY_PURPOSE, kept.text)


def test_other_letters_than_ascii_arrive_whole(session):
    email = Email(subject="Pengajuan — Anda", heading="Sdr. Núr", paragraphs=["“Selesai” ✓"])
    message = read(build_message(queue_email(session, email, to="d@e.id", kind="x")).as_bytes())
    assert message["Subject"] == "Pengajuan — Anda"
    for kind in ("plain", "html"):
        assert "“Selesai” ✓" in known(message.get_body((kind,))).get_content()


def test_the_demo_lays_emails_down_whole_and_for_itself(row, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "var", tmp_path)
    mail.deliver(build_message(row))
    [path] = (tmp_path / "outbox").iterdir()
    assert path.name.endswith(f"-{row.id}.eml")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read(path.read_bytes())["To"] == "dewi@contoh.id"
    assert "004217" in path.read_text().split("\n")


def test_an_email_half_written_is_not_there(row, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "var", tmp_path)

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(mail.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        mail.deliver(build_message(row))
    assert list((tmp_path / "outbox").iterdir()) == []


def test_in_production_nothing_is_laid_down(row, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "var", tmp_path)
    monkeypatch.setattr(settings, "env", "production")
    with pytest.raises(OSError, match="BARUT_SMTP_HOST"):
        mail.deliver(build_message(row))
    assert list(tmp_path.iterdir()) == []


# -- a real mail server -----------------------------------------------------------------------


class Inbox:
    def __init__(self):
        self.raw = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.raw.append((envelope.rcpt_tos, envelope.content, session.ssl is not None))
        return "250 OK"


@contextmanager
def mail_server(monkeypatch, tls, **encryption):
    """A mail server in this process, and the settings that lead to it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **encryption)
    controller.start()
    for name, value in {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_tls": tls}.items():
        monkeypatch.setattr(settings, name, value)
    yield inbox
    controller.stop()


@pytest.fixture
def inbox(monkeypatch):
    with mail_server(monkeypatch, "none") as inbox:
        yield inbox


def test_an_email_arrives_by_smtp(row, inbox):
    mail.deliver(build_message(row))
    [(to, content, is_encrypted)] = inbox.raw
    assert to == ["dewi@contoh.id"]
    assert read(content)["Message-ID"] == f"<{row.id}@localhost>"
    assert not is_encrypted


def test_with_tls_asked_for_nothing_goes_in_clear(row, inbox, monkeypatch):
    monkeypatch.setattr(settings, "smtp_tls", "starttls")
    with pytest.raises(Exception, match="STARTTLS"):
        mail.deliver(build_message(row))
    assert inbox.raw == []


@pytest.fixture
def certificate(tmp_path):
    """A certificate for 127.0.0.1 that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    day = timedelta(days=1)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(alternative, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(
        encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + signed.public_bytes(encoding))
    return path


@pytest.fixture
def tls_inbox(monkeypatch, certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with mail_server(monkeypatch, "starttls", tls_context=context) as inbox:
        yield inbox


def test_starttls_with_a_certificate_we_know(row, tls_inbox, certificate, monkeypatch):
    known = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(mail.ssl, "create_default_context", lambda: known)
    mail.deliver(build_message(row))
    [(_, _, is_encrypted)] = tls_inbox.raw
    assert is_encrypted


def test_a_certificate_nobody_knows_is_refused(row, tls_inbox):
    with pytest.raises(ssl.SSLError):
        mail.deliver(build_message(row))
    assert tls_inbox.raw == []
