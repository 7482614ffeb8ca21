"""Emails: render as HTML and text, queue in the outbox, deliver by SMTP (demo: as files)."""

import os
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path

import htpy as h
from sqlmodel import Session

from . import clock, slow_work, tokens
from .models import OutboxMail
from .settings import settings

SMTP_TIMEOUT = 15  # seconds for each step of the SMTP dialogue
KEY_PURPOSE = "outbox"  # emails may hold codes and links, so the table stores them encrypted

# Inline styles, since mail programs drop style sheets; layout of the specification's mail.
PAGE_STYLE = "margin:0;padding:24px 12px;background:#eef4f3;font-family:Arial,Helvetica,sans-serif"
SHEET_STYLE = "max-width:560px;margin:0 auto;background:#ffffff;border-radius:12px;overflow:hidden"
BAND_STYLE = "background:#0f766e;color:#ffffff;padding:24px 28px"
BODY_STYLE = "padding:24px 28px;color:#1f2937;font-size:16px;line-height:1.6"
CODE_BOX_STYLE = (
    "margin:20px 0;padding:20px;border:2px dashed #0f766e;border-radius:10px;text-align:center"
)
CODE_STYLE = (
    "font-size:34px;font-weight:bold;letter-spacing:8px;color:#115e59;font-family:monospace"
)
SMALL_STYLE = "font-size:13px;color:#4b5563"
WARNING_STYLE = "margin:20px 0;padding:14px 18px;background:#fef7e0;border-left:4px solid #d9a400"
BUTTON_STYLE = (
    "display:inline-block;padding:12px 24px;background:#0f766e;color:#ffffff;"
    "border-radius:8px;text-decoration:none;font-weight:bold"
)


@dataclass(frozen=True)
class Email:
    """The content of an email. `subject` is fixed text of ours, never what somebody typed."""

    subject: str
    heading: str
    paragraphs: list[str]
    code: str = ""
    code_label: str = "KODE VERIFIKASI ANDA"
    code_hint: str = "Masukkan kode ini di halaman verifikasi"
    link: str = ""
    link_label: str = ""
    warnings: list[str] = field(default_factory=list)


def queue_email(
    session: Session,
    email: Email,
    *,
    to: str,
    kind: str,
    person_id: int | None = None,
    expires: datetime | None = None,
) -> OutboxMail:
    """Put an email into the outbox, in the act's transaction; it is not sent after `expires`."""
    now = clock.now()
    row = OutboxMail(
        kind=kind,
        person_id=person_id,
        recipient=to,
        subject=email.subject,
        text=tokens.encrypt(KEY_PURPOSE, render_text(email)),
        html=tokens.encrypt(KEY_PURPOSE, render_html(email)),
        created=now,
        expires=expires,
        next_try=now,
    )
    session.add(row)
    session.flush()
    return row


def render_text(email: Email) -> str:
    """The plain-text part; code and link stand on lines of their own, so they can be copied."""
    lines = [email.heading, "", "Halo!", ""]
    for paragraph in email.paragraphs:
        lines += [paragraph, ""]
    if email.code:
        lines += [f"{email.code_label}:", "", email.code, "", f"{email.code_hint}.", ""]
    if email.link:
        lines += [f"{email.link_label}:", email.link, ""]
    if email.warnings:
        lines += ["PENTING UNTUK DIPERHATIKAN:"]
        lines += [*(f"* {warning}" for warning in email.warnings), ""]
    return "\n".join([*lines, "Salam hangat,", *_office(), "", _contact(), ""])


def render_html(email: Email) -> str:
    """The HTML part: inline styles, nothing fetched from anywhere."""
    first, *others = _office()
    office = [first, *([h.br, line] for line in others)]
    page = h.html(lang="id")[
        h.head[h.meta(charset="utf-8"), h.title[email.subject]],
        h.body(style=PAGE_STYLE)[
            h.div(style=SHEET_STYLE)[
                h.div(style=BAND_STYLE)[
                    h.p(style="margin:0;font-size:14px")[settings.app_name],
                    h.h1(style="margin:6px 0 0;font-size:22px")[email.heading],
                ],
                h.div(style=BODY_STYLE)[
                    h.p["Halo!"],
                    [h.p[text] for text in email.paragraphs],
                    email.code and _code_box(email),
                    email.link and _link_button(email),
                    bool(email.warnings) and _warning_list(email),
                    h.p["Salam hangat,", h.br, h.strong[office]],
                    h.p(style=SMALL_STYLE)[_contact()],
                ],
            ]
        ],
    ]
    return str(page)


def _code_box(email: Email) -> h.Node:
    return h.div(style=CODE_BOX_STYLE)[
        h.p(style=f"margin:0;{SMALL_STYLE}")[email.code_label],
        h.p(style=f"margin:10px 0;{CODE_STYLE}")[email.code],
        h.p(style=f"margin:0;{SMALL_STYLE}")[email.code_hint],
    ]


def _link_button(email: Email) -> h.Node:
    return [
        h.p(style="margin:24px 0;text-align:center")[
            h.a(href=email.link, style=BUTTON_STYLE)[email.link_label]
        ],
        h.p(style=SMALL_STYLE)[
            "Bila tombol tidak dapat ditekan, salin alamat ini ke browser:",
            h.br,
            h.span(style="word-break:break-all")[email.link],
        ],
    ]


def _warning_list(email: Email) -> h.Node:
    return h.div(style=WARNING_STYLE)[
        h.strong["Penting untuk Diperhatikan:"],
        h.ul(style="margin:8px 0 0;padding-left:20px")[
            [h.li[warning] for warning in email.warnings]
        ],
    ]


def _office() -> list[str]:
    return [settings.app_name, settings.office_name, settings.regency]


def _contact() -> str:
    contacts = [one for one in (settings.office_email, settings.office_phone) if one]
    return f"Butuh bantuan? Hubungi kami di {' atau '.join(contacts)}."


def build_message(row: OutboxMail) -> EmailMessage:
    """The mail of an outbox row; its Message-ID is the row's id, so a duplicate shows as one."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = row.subject
    message["From"] = settings.mail_from
    message["To"] = row.recipient
    message["Date"] = format_datetime(clock.utc(row.created))
    message["Message-ID"] = f"<{row.id}@{_own_domain()}>"
    message["Auto-Submitted"] = "auto-generated"
    text = tokens.decrypt(KEY_PURPOSE, row.text)
    message.set_content(text, cte="7bit" if text.isascii() else "quoted-printable")
    html = tokens.decrypt(KEY_PURPOSE, row.html)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def _own_domain() -> str:
    return parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost"


class SmtpConnection:
    """An SMTP connection for several emails in a row, opened by the first of them."""

    def __init__(self):
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> "SmtpConnection":
        return self

    def __exit__(self, *_: object) -> None:
        server, self._server = self._server, None
        if server:
            with suppress(OSError):  # the emails are sent, so an error in closing does not matter
                server.__exit__(None, None, None)

    def send(self, message: EmailMessage) -> None:
        """Send one mail; after any error the next one gets a new connection."""
        try:
            self._server = self._server or _connect()
            self._server.send_message(message)
        except BaseException:
            self.__exit__()
            raise


@slow_work.slow
def deliver(message: EmailMessage, connection: SmtpConnection | None = None) -> None:
    """Send a mail to the mail server; in a demo without one, write it into `var/outbox`.

    `connection` is used and stays open; without it one is opened for this mail alone.
    """
    if settings.smtp_host and connection:
        connection.send(message)
    elif settings.smtp_host:
        with SmtpConnection() as own:
            own.send(message)
    elif settings.is_demo:
        _write_file(message, settings.var / "outbox")
    else:
        raise OSError("BARUT_SMTP_HOST is not set")


def _connect() -> smtplib.SMTP:
    s = settings
    secure = ssl.create_default_context()
    if s.smtp_tls == "tls":
        server = smtplib.SMTP_SSL(s.smtp_host, s.smtp_port, timeout=SMTP_TIMEOUT, context=secure)
    else:
        server = smtplib.SMTP(s.smtp_host, s.smtp_port, timeout=SMTP_TIMEOUT)
    try:
        if s.smtp_tls == "starttls":
            server.starttls(context=secure)
        if s.smtp_user:
            server.login(s.smtp_user, s.smtp_password.get_secret_value())
    except BaseException:
        server.close()
        raise
    return server


def _write_file(message: EmailMessage, folder: Path) -> None:
    """Write the mail as a file, atomically; file names sort by time."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mail_id = str(message["Message-ID"]).strip("<>").partition("@")[0]
    name = f"{clock.now():%Y%m%dT%H%M%S%f}-{mail_id}.eml"
    draft = folder / f"{name}.part"
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(message.as_bytes(policy=message.policy.clone(linesep="\n")))
            file.flush()
            os.fsync(file.fileno())
        draft.rename(folder / name)
    finally:
        draft.unlink(missing_ok=True)
