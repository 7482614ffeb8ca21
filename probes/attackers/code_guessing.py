"""Brute force and misuse of one-time codes, and mail bombing, in this process on a set clock."""

import re
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, select

from barut_reflex.accounts.rules import Purpose, canonical_mailbox
from barut_reflex.accounts.service import codes
from barut_reflex.accounts.service import reset as account_reset
from barut_reflex.accounts.service import sign_up as account_sign_up
from barut_reflex.core import clock, db, mail
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import OutboxMail
from barut_reflex.people.models import Person
from barut_reflex.people.service import passwords
from probes import inside
from probes.factories import known, make_person

PASSWORD = "Kapuas-Lahei88!"
MOMENT = (2026, 4, 20, 3)


def new_flow() -> str:
    """The hash of a fresh browser's flow cookie."""
    return secrets.token_hex(32)


def new_network() -> str:
    """An address of a subscriber nobody has heard of yet."""
    return f"2001:db8:{secrets.randbelow(2**16):x}:{secrets.randbelow(2**16):x}::1"


class Guess(NamedTuple):
    """A typed code that was really held against a stored one, and how likely it was to fit."""

    at: datetime
    chance: float


def account(email: str) -> Person:
    """Somebody with an account at that address, whose password is known."""
    with Session(db.engine, expire_on_commit=False) as session:
        return make_person(
            session,
            name="Dewi Contoh",
            email=email,
            mailbox=canonical_mailbox(email),
            password_hash=passwords.hash_password(session, PASSWORD),
        )


@contextmanager
def known_codes() -> Iterator[dict[str, str]]:
    """The newest code of each flow, as its mail would tell: `codes[flow]`."""
    made: dict[str, str] = {}
    real = codes.create_code

    def noted(session, purpose, *, email, flow, is_real):
        code, ends = real(session, purpose, email=email, flow=flow, is_real=is_real)
        made[flow] = code
        return code, ends

    with inside.patched((codes, "create_code", noted)):
        yield made


@contextmanager
def comparisons() -> Iterator[list[Guess]]:
    """The guesses with a chance: as long as the code they were held against."""
    guesses: list[Guess] = []
    lengths: dict[str, int] = {}
    real = codes.hash_of

    def noted(row, code):
        if len(code) == lengths.get(row.id):
            guesses.append(Guess(clock.now(), 10.0 ** -len(code)))
        lengths.setdefault(row.id, len(code))  # first it is asked for the code that was made
        return real(row, code)

    with inside.patched((codes, "hash_of", noted)):
        yield guesses


def sign_up(email: str, flow: str, address: str = "") -> Refusal | None:
    """Ask for an account; the answer is a refusal or None."""
    form = account_sign_up.SignUp("Dewi Contoh", email, "$2b$04$" + "x" * 53)
    return inside.act(
        account_sign_up.begin_sign_up, form, flow=flow, address=address or new_network()
    )


def reset(email: str, flow: str, address: str = "") -> Refusal | None:
    """Ask for a reset; the answer is a refusal or None."""
    return inside.act(account_reset.begin_reset, email, flow=flow, address=address or new_network())


def guess(flow: str) -> int:
    """Wrong codes of both lengths until the office compares no more; how many it took."""
    taken = 0
    for wrong in ("0" * codes.SHORT_DIGITS, "0" * codes.LONG_DIGITS):
        while isinstance(
            inside.act(account_reset.confirm_reset, wrong, flow=flow), codes.WrongCode
        ):
            taken += 1
    return taken


def guess_for(minutes: int, emails: list[str]) -> list[Guess]:
    """A patient attacker: at each minute new browsers ask for codes and guess until shut out."""
    with inside.clock_at(*MOMENT) as now, comparisons() as guesses:
        for _ in range(minutes):
            for email in emails:
                _attack_once(email)
            now.forward(60)
    return guesses


def guess_collected(emails: list[str]) -> list[Guess]:
    """An attacker who first asks for all codes, three of an account, and then guesses at all."""
    with inside.clock_at(*MOMENT), comparisons() as guesses:
        flows = [new_flow() for _ in range(3 * len(emails))]
        for number, flow in enumerate(flows):
            reset(emails[number % len(emails)], flow)
        for flow in flows:
            guess(flow)
    return guesses


def _attack_once(email: str) -> None:
    """New browsers, six guesses each, until one gets no code to guess at."""
    for _ in range(12):
        flow = new_flow()
        reset(email, flow)
        if not guess(flow):
            return


def most_within(moments: list[datetime], span: timedelta) -> int:
    """The most of these moments that fall into one span, wherever it begins."""
    ordered, most, first = sorted(moments), 0, 0
    for last, moment in enumerate(ordered):
        while ordered[first] <= moment - span:
            first += 1
        most = max(most, last - first + 1)
    return most


Attempt = tuple[str, object]


def misuse(rounds: int) -> tuple[Counter[str], list[str]]:
    """Codes used twice, elsewhere, late, after a newer one, after five tries; what was taken."""
    tried: Counter[str] = Counter()
    accepted: list[str] = []
    with inside.clock_at(*MOMENT) as now, known_codes() as made:
        for number in range(rounds):
            for kind, answer in _misused(now, made, number):
                tried[kind] += 1
                if not isinstance(answer, Refusal):
                    accepted.append(kind)
            now.forward(3700)
    return tried, accepted


def _misused(now: inside.Clock, made: dict[str, str], number: int) -> Iterator[Attempt]:
    email = f"dewi{number}@contoh.id"
    account(email)
    yield from _elsewhere(now, made, email, f"baru{number}@contoh.id")
    yield from _late(now, made, email)
    yield from _sixth(now, made, email)


def _elsewhere(now: inside.Clock, made: dict[str, str], email: str, new: str) -> Iterator[Attempt]:
    flow, other = new_flow(), new_flow()
    sign_up(new, flow)
    reset(email, other)
    yield "other purpose", inside.act(account_reset.confirm_reset, made[flow], flow=flow)
    yield "other browser", inside.act(account_sign_up.confirm_sign_up, made[flow], flow=other)
    yield "other person's", _unless_equal(made, flow, other)
    good = inside.act(account_sign_up.confirm_sign_up, made[flow], flow=flow)
    assert isinstance(good, Person), good
    yield "twice", inside.act(account_sign_up.confirm_sign_up, made[flow], flow=flow)
    assert inside.act(account_reset.confirm_reset, made[other], flow=other) is None
    yield "twice", inside.act(account_reset.confirm_reset, made[other], flow=other)


def _unless_equal(made: dict[str, str], flow: str, other: str) -> object:
    """The code of one for another, but for the one case in a million that they are equal."""
    if made[flow] == made[other]:
        return codes.WrongCode()
    return inside.act(account_reset.confirm_reset, made[flow], flow=other)


def _late(now: inside.Clock, made: dict[str, str], email: str) -> Iterator[Attempt]:
    flow = new_flow()
    reset(email, flow)
    now.forward(180.1)
    yield "at 180.1 s", inside.act(account_reset.confirm_reset, made[flow], flow=flow)
    inside.act(account_reset.resend_reset, email, flow=flow)
    old, _ = made[flow], now.forward(61)
    inside.act(account_reset.resend_reset, email, flow=flow)
    if old != made[flow]:
        yield "an older one", inside.act(account_reset.confirm_reset, old, flow=flow)
    now.forward(118.9)
    assert inside.act(account_reset.confirm_reset, made[flow], flow=flow) is None, (
        "in time, yet refused"
    )


def _sixth(now: inside.Clock, made: dict[str, str], email: str) -> Iterator[Attempt]:
    flow = new_flow()
    reset(email, flow)
    wrong = f"{(int(made[flow]) + 1) % 10**6:06}"
    for _ in range(5):
        inside.act(account_reset.confirm_reset, wrong, flow=flow)
    yield "as the sixth try", inside.act(account_reset.confirm_reset, made[flow], flow=flow)


def spellings(mailbox: str, many: int) -> list[str]:
    """`many` ways to write one Gmail mailbox: dots, tags, capitals, the other domain."""
    local, _, domain = mailbox.partition("@")
    ways = []
    for number in range(many):
        cut = 1 + number % (len(local) - 1)
        name = f"{local[:cut]}.{local[cut:]}" if number % 2 else local
        name = name.upper() if number % 3 == 0 else name
        tag = f"+t{number}" if number % 5 else ""
        ways.append(f"{name}{tag}@{'googlemail.com' if number % 7 == 0 else domain}")
    return list(dict.fromkeys(ways))


def bomb_mailbox(mailbox: str, requests: int, hours: int, purpose: Purpose) -> list[datetime]:
    """Ask for mail to one mailbox in many spellings and browsers; when mail was queued."""
    ways = spellings(mailbox, 50)
    account(mailbox)
    with inside.clock_at(*MOMENT) as now:
        for number in range(requests):
            email, flow = ways[number % len(ways)], new_flow()
            if purpose is Purpose.RESET:
                reset(email, flow)
                inside.act(account_reset.resend_reset, email, flow=flow)
            else:
                sign_up(email, flow)
                inside.act(account_sign_up.resend, flow=flow)
            now.forward(hours * 3600 / requests)
    with Session(db.engine) as session:
        rows = session.exec(select(OutboxMail)).all()
    theirs = [row for row in rows if canonical_mailbox(row.recipient) == canonical_mailbox(mailbox)]
    return [clock.utc(row.created) for row in theirs]


def mailed_token(email: str) -> str:
    """The reset token in the newest letter to this address."""
    with Session(db.engine) as session:
        links = select(OutboxMail).where(
            OutboxMail.recipient == email, OutboxMail.kind == "reset_link"
        )
        rows = session.exec(links).all()
        newest = max(rows, key=lambda row: row.created)
        text = known(mail.build_message(newest).get_body(("plain",))).get_content()
    return re.findall(r"/reset-password/(\S+)", text)[0]
