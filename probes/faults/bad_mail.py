"""Emails through faulty SMTP servers that recover: is any lost, sent twice, or sent too late?"""

import socket
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from barut_reflex.core import clock, db, mail, worker
from barut_reflex.core.settings import settings

from .temporary_office import office_at

MORNING = datetime(2026, 4, 20, 1, 0, tzinfo=clock.UTC)
EMAIL = mail.Email(subject="Kode", heading="Kode", paragraphs=["Isi."], code="004217")
CLOSE, HANG = "close", "hang"
FAULTS: dict[str, dict[str, str]] = {  # at which step the server says or does what
    "nobody listens": {},
    "closes at once": {"banner": CLOSE},
    "never greets": {"banner": HANG},
    "greets with rubbish": {"banner": "\0\1 bukan SMTP"},
    "too busy": {"banner": "421 too busy"},
    "hangs at hello": {"EHLO": HANG, "HELO": HANG},
    "later, at the sender": {"MAIL": "451 try later"},
    "later, at the recipient": {"RCPT": "451 greylisted"},
    "unknown recipient": {"RCPT": "550 no such user"},
    "mailbox full": {".": "552 mailbox full"},
    "breaks off in the letter": {"DATA": CLOSE},
    "breaks off after the letter": {".": CLOSE},
    "TLS that is none": {"STARTTLS": "220 go on"},
    "wrong password": {"AUTH": "535 no"},
}


class Server(socketserver.ThreadingTCPServer):
    """Speaks enough SMTP to take letters; `fault` says where it does not."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        self.fault: dict[str, str] = {}
        self.pause = 0.0  # seconds before it says that a letter is taken
        self.taken: list[tuple[str, datetime]] = []
        self.release = threading.Event()
        super().__init__(("127.0.0.1", 0), _SmtpSession)

    @property
    def port(self) -> int:
        return self.server_address[1]


class _SmtpSession(socketserver.StreamRequestHandler):
    server: Server  # pyright: ignore[reportIncompatibleVariableOverride]

    def handle(self):
        if not self._reply("banner", "220 ready"):
            return
        for line in self.rfile:
            word = line.decode(errors="replace").split()[0].upper() if line.strip() else ""
            if word == "QUIT" or not self._reply(word, _answer(word)):
                return
            if word == "DATA" and self.server.fault.get(word) is None and not self._receive():
                return

    def _receive(self) -> bool:
        """Read the letter; whether the line stays open."""
        letter = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            letter.append(line)
        is_taken = self.server.fault.get(".") in (None, CLOSE)
        if is_taken:
            name = next(x for x in letter if x.lower().startswith(b"message-id"))
            self.server.taken.append((name.decode().split()[1], clock.now()))
        self.server.release.wait(self.server.pause)
        return self._reply(".", "250 taken")

    def _reply(self, step: str, usual: str) -> bool:
        """Answer as usual or as the fault wants; whether the line stays open."""
        said = self.server.fault.get(step, usual)
        if said == HANG:
            self.server.release.wait(30)
        if said in (CLOSE, HANG):
            self.request.shutdown(socket.SHUT_RDWR)
            return False
        self.wfile.write(f"{said}\r\n".encode())
        return True


def _answer(word: str) -> str:
    greeting = "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN"
    usual = {"EHLO": greeting, "DATA": "354 go on", "AUTH": "235 welcome"}
    return usual.get(word, "250 fine")


@contextmanager
def mail_server() -> Iterator[Server]:
    """A running server, good until its `fault` is set."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.release.set()
        server.shutdown()
        thread.join()
        server.server_close()


# -- the office, beside it --------------------------------------------------------------------


@dataclass
class DeliveryResult:
    """What became of the letters of all faults."""

    faults: int = 0
    sent: int = 0
    lost: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)  # more than one may
    late: list[str] = field(default_factory=list)  # sent after their time


def try_all(folder: Path, *, timeout: float = 0.3, faults: dict = FAULTS) -> DeliveryResult:
    """Each fault in turn: letters meet it, it ends, the worker goes on."""
    post = DeliveryResult()
    with office_at(folder), pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail, "SMTP_TIMEOUT", timeout)
        for name in faults:
            _try_fault(name, faults[name], post, patch)
    return post


def _try_fault(
    name: str, fault: dict[str, str], post: DeliveryResult, patch: pytest.MonkeyPatch
) -> None:
    hours = [MORNING]
    patch.setattr(clock, "now", lambda: hours[0])
    with mail_server() as server:
        _point_at(server, name, patch)
        live, code = _queue(None), _queue(MORNING + timedelta(minutes=3))
        server.fault = fault
        for _ in range(3):  # tries while the fault lasts
            worker.send_due()
            hours[0] += timedelta(seconds=70)
        server.fault = {}
        server.release.set()
        patch.setattr(settings, "smtp_port", server.port)
        patch.setattr(settings, "smtp_tls", "none")
        for _ in range(6):
            hours[0] += timedelta(minutes=10)
            worker.send_due()
        _count_deliveries(name, server, live, code, post)


def _point_at(server: Server, name: str, patch: pytest.MonkeyPatch) -> None:
    """Tell the office where its mail server is, or where none is."""
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        closed = nobody.getsockname()[1]
    patch.setattr(settings, "smtp_host", "127.0.0.1")
    patch.setattr(settings, "smtp_port", closed if name == "nobody listens" else server.port)
    patch.setattr(settings, "smtp_tls", "starttls" if "TLS" in name else "none")
    patch.setattr(settings, "smtp_user", "kantor" if "password" in name else "")
    patch.setattr(settings, "smtp_password", SecretStr("sandi"))


def _queue(expires: datetime | None) -> str:
    with db.writing() as session:
        return mail.queue_email(session, EMAIL, to="dewi@contoh.id", kind="x", expires=expires).id


def _count_deliveries(
    name: str, server: Server, live: str, code: str, post: DeliveryResult
) -> None:
    times = Counter(message.strip("<>").partition("@")[0] for message, _ in server.taken)
    post.faults += 1
    post.sent += sum(times.values())
    allowed = 3 if name == "breaks off after the letter" else 0  # a copy for each lost answer
    if not times[live]:
        post.lost.append(name)
    if times[live] > 1 + allowed:
        post.copies.append(name)
    ends = MORNING + timedelta(minutes=3)
    post.late += [name for message, at in server.taken if code in message and at > ends]
