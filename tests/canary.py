"""The canary: fails a test that lets a personal value into logs, emails, trail or browsers.

It knows values from what the columns of inserted rows say of themselves (`tests/columns.py`), and
passwords, codes and tokens from where they are made. From its import on it listens to the log as
the office writes it, to the audit trail, to mail, and to what Reflex sends to browsers. It knows
at most MOST values of a kind a test, so that tests with thousands of people stay quick.
"""

import json
import logging
import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from email.message import EmailMessage
from email.utils import getaddresses
from functools import cache, wraps
from typing import Any

from cryptography.fernet import InvalidToken
from reflex_base.event.context import EventContext
from sqlalchemy import event
from sqlalchemy.orm import Mapper

from barut_reflex.core import logs, mail, tokens
from barut_reflex.core.models import AuditEntry, OutboxMail, StatusMove
from barut_reflex.gate.cookies import COOKIE, read_cookie
from barut_reflex.people.models import Person, SignIn
from barut_reflex.people.rules import STAFF
from barut_reflex.people.service import passwords

from .columns import word_of

MOST = 300  # known values of a kind
SHORTEST = 6  # letters of a value that nobody writes by chance
KINDS = {  # of personal columns, by their name: those whose values nobody writes by chance
    "nik": "NIK",
    "phone": "phone",
    "email": "email",
    "mailbox": "email",
    "address": "address",
    "domicile_address": "address",
}
OWNERS = ("person_id", "holder_id", "owner_id", "applicant_id")
BETWEEN = re.compile(r"[\s().\-/]+")  # what people write between the digits of a number


class Canary:
    """What is known in one test, and what was heard."""

    def __init__(self):
        self.heard: list[str] = []
        self.known: dict[str, dict[str, set[int | str]]] = defaultdict(dict)  # kind, value: whose
        self.roles: dict[int, str] = {}
        self.signed_in: dict[str, int] = {}  # hash of a session's token: who
        self.queued: dict[str, str] = {}  # id of a mail: for whom
        self.made: dict[str, str] = {}  # hash of a token: the token

    def take(self) -> list[str]:
        """What was heard so far; a test that plants a fault takes it, and so does not fail."""
        heard, self.heard = self.heard, []
        return heard

    def learn(self, kind: str, value: str, owner: int | str = "") -> None:
        """Remember a value of somebody."""
        values = self.known[kind]
        if len(value) >= SHORTEST and (value in values or len(values) < MOST):
            values.setdefault(value, set()).add(owner)

    def found_in(self, text: str, *kinds: str) -> Iterable[tuple[str, str]]:
        """The known values of these kinds in `text`, numbers also with signs in between."""
        digits = BETWEEN.sub("", text)
        for kind in kinds:
            for value in list(self.known[kind]):
                if _is_in(kind, value, text, digits):
                    yield kind, value

    def listen(self, where: str, text: str, *kinds: str) -> None:
        """Nothing of these kinds may stand in `text`, whosever it is."""
        self.heard += [f"{where}: {kind} {value}" for kind, value in self.found_in(text, *kinds)]


def _is_in(kind: str, value: str, text: str, digits: str) -> bool:
    if kind == "phone":
        return value.removeprefix("+62").lstrip("0") in digits
    if kind == "NIK":
        return value in digits
    if kind == "code":
        return re.search(rf"(?<![\w-]){value}(?![\w-])", text) is not None
    return value in text


_now = Canary()


def start() -> Canary:
    """A canary for the next test, which knows nothing yet."""
    global _now
    _now = Canary()
    return _now


# -- what it knows --------------------------------------------------------------------------------


@cache
def _known_columns(model: type) -> list[tuple[str, str]]:
    """The columns of a table whose values it learns, each with their kind."""
    words = {name: word_of(model, name) for name in model.model_fields}  # pyright: ignore
    personal = [(n, KINDS[n]) for n, word in words.items() if word == "personal" and n in KINDS]
    return personal + [(name, "hash") for name, word in words.items() if word == "secret"]


def _learn_row(_mapper: object, _connection: object, row: Any) -> None:
    if not type(row).__module__.startswith("barut_reflex."):
        return
    for name, kind in _known_columns(type(row)):
        if value := getattr(row, name):
            _now.learn(kind, value, _owner_of(row))
    if isinstance(row, Person):
        _now.roles[row.id] = row.role
    elif isinstance(row, SignIn):
        _now.signed_in[row.token_hash] = row.person_id
        if token := _now.made.get(row.token_hash):
            _now.learn("session token", token, row.person_id)
    elif isinstance(row, AuditEntry | StatusMove):
        _hear_trail(row)
    elif isinstance(row, OutboxMail):
        _hear_mail(row)


def _owner_of(row: Any) -> int | str:
    if isinstance(row, Person):
        return row.id
    ids = [getattr(row, name) for name in OWNERS if hasattr(row, name)]
    return ids[0] if ids else getattr(row, "mailbox", "")


def _noting(function: Callable, note: Callable) -> Callable:
    """`function`, whose arguments and result are noted."""

    @wraps(function)
    def noted(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        note(result, *args, **kwargs)
        return result

    return noted


def _learn_code(number: int, below: int) -> None:
    digits = len(str(below)) - 1
    if below == 10**digits and digits >= SHORTEST:
        _now.learn("code", f"{number:0{digits}}")


def _learn_token(token: str, *_: object) -> None:
    if len(_now.made) < MOST:
        _now.made[tokens.fingerprint(token)] = token


def _learn_password(_hash: str, _session: object, password: str) -> None:
    _now.learn("password", password)


# -- where it listens -----------------------------------------------------------------------------


class LogLines(logging.Handler):
    """The log as the office writes it holds nothing that is known."""

    def __init__(self):
        super().__init__()
        self._lines = logs.JsonLines()  # no formatter of this handler: `logs.configure` asks
        self.addFilter(logs.is_worth_a_line)

    def emit(self, record: logging.LogRecord) -> None:
        kinds = ("NIK", "phone", "email", "address", "password", "code", "session token", "hash")
        _now.listen("log", self._lines.format(record), *kinds)


def _hear_trail(row: AuditEntry | StatusMove) -> None:
    text = row.note if isinstance(row, StatusMove) else f"{row.subject} {row.detail}"
    if text.strip():
        _now.listen("trail", text, "NIK", "phone", "email", "password", "code", "session token")


def _hear_mail(row: OutboxMail) -> None:
    """A mail is for its recipient, and speaks of nobody else."""
    _now.queued[row.id] = row.recipient
    text = f"{row.subject} {_read(row.text)} {_read(row.html)}"
    _now.listen("mail", text, "NIK", "password", "session token", "hash")
    emails = _now.known["email"]
    own = emails.get(row.recipient, set()) | {row.recipient}
    for kind, value in _now.found_in(text, "phone", "email", "address"):
        if value != row.recipient and not own & _now.known[kind][value]:
            _now.heard.append(f"mail to {row.recipient}: {kind} {value} of somebody else")
    if row.person_id and row.recipient in emails and row.person_id not in own:
        _now.heard.append(f"mail about person {row.person_id}: to {row.recipient}")


def _read(part: str) -> str:
    """A part of a mail as it was written; some tests put in rows that were never encrypted."""
    try:
        return tokens.decrypt(mail.KEY_PURPOSE, part)
    except (InvalidToken, ValueError):
        return part


def _hear_delivery(_result: object, message: EmailMessage, *_: object) -> None:
    """A mail goes to the one for whom it was queued."""
    to = [address for name in ("To", "Cc", "Bcc") for address in message.get_all(name, [])]
    found = re.match(r"<(.+)@", message["Message-ID"] or "")
    recipient = _now.queued.get(found[1] if found else "")
    if recipient and [address for _, address in getaddresses(to)] != [recipient]:
        _now.heard.append(f"mail to {recipient}: sent to {', '.join(to)}")


def hear_delta(router_data: dict[str, Any], delta: Mapping[str, Mapping[str, Any]]) -> None:
    """What a browser is sent: no secret, and of other people no NIK unless it is the staff's.

    Reflex also sends a browser the headers of its own request; their cookies are hashes by then
    (`gate/handshake.py`), which open nothing, so there only what opens something is heard.
    """
    headers = [value for sent in delta.values() for name, value in sent.items() if _is_header(name)]
    rest = [
        value for sent in delta.values() for name, value in sent.items() if not _is_header(name)
    ]
    text = json.dumps(rest, default=str, ensure_ascii=False)
    _now.listen("state", text, "password", "session token", "hash")
    _now.listen("headers in state", str(headers), "password", "session token")
    cookie = read_cookie(router_data.get("headers", {}).get("cookie", ""), COOKIE)
    person = _now.signed_in.get(cookie)
    if person is not None and _now.roles.get(person) in STAFF:
        return
    for _, nik in _now.found_in(text, "NIK"):
        if person not in _now.known["NIK"][nik]:
            _now.heard.append(f"state of person {person}: NIK {nik} of somebody else")


def _is_header(name: str) -> bool:
    return name.startswith("rx_router_headers")


def _install() -> None:
    """Let it listen in this process."""
    event.listen(Mapper, "after_insert", _learn_row)
    event.listen(Mapper, "after_update", _learn_row)
    secrets.randbelow = _noting(secrets.randbelow, _learn_code)
    secrets.token_urlsafe = _noting(secrets.token_urlsafe, _learn_token)
    passwords.hash_password = _noting(passwords.hash_password, _learn_password)
    mail.deliver = _noting(mail.deliver, _hear_delivery)
    logging.getLogger().addHandler(LogLines())
    emit = EventContext.emit_delta

    async def emit_delta(self: EventContext, delta: Any) -> None:
        hear_delta(self.router_data, delta)
        await emit(self, delta)

    EventContext.emit_delta = emit_delta


_install()
