"""Anonymous attackers against others' codes, logins and emails; do honest people still pass?"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, func, select

from barut_reflex.accounts.service import login, sign_up
from barut_reflex.core import clock, db, mail, tokens, worker
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import OutboxMail, random_id
from barut_reflex.core.settings import settings
from barut_reflex.people.models import Person
from barut_reflex.people.service import sessions
from probes import inside
from probes.faults.bad_mail import Server, mail_server

from . import code_guessing


@contextmanager
def alarms() -> Iterator[list[str]]:
    """What is logged as an alarm meanwhile."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if (text := record.getMessage()).startswith("alarm:"):
                heard.append(text)

    ear = Ear()
    logging.getLogger().addHandler(ear)
    try:
        yield heard
    finally:
        logging.getLogger().removeHandler(ear)


# -- codes --------------------------------------------------------------------------------------


@dataclass
class GuessResult:
    """Wrong codes of attackers, and right ones of honest people that were refused."""

    attacks: int
    wrong: int = 0
    honest: int = 0
    stopped: int = 0
    is_alarmed: bool = False


def guess_codes(attacks: int) -> GuessResult:
    """So many throw-away resets guessed at; after each tenth somebody honest signs up."""
    done = GuessResult(attacks)
    with (
        inside.office(),
        inside.clock_at(*code_guessing.MOMENT),
        code_guessing.known_codes() as made,
    ):
        emails = [f"korban{number}@contoh.id" for number in range(attacks)]
        for email in emails:
            code_guessing.account(email)
        waiting = code_guessing.new_flow()  # a code from before, typed when all is over
        code_guessing.sign_up("sabar@contoh.id", waiting)
        with alarms() as heard:
            for number, email in enumerate(emails):
                flow = code_guessing.new_flow()
                code_guessing.reset(email, flow)
                done.wrong += code_guessing.guess(flow)
                if number % 10 == 9:
                    flow = code_guessing.new_flow()
                    code_guessing.sign_up(f"jujur{number}@contoh.id", flow)
                    _confirm(flow, made, done)
            _confirm(waiting, made, done)
        done.is_alarmed = any("wrong codes" in text for text in heard)
    return done


def _confirm(flow: str, made: dict[str, str], done: GuessResult) -> None:
    answer = inside.act(sign_up.confirm_sign_up, made[flow], flow=flow)
    done.honest += 1
    done.stopped += not isinstance(answer, Person)


# -- logins -------------------------------------------------------------------------------------


@dataclass
class LoginResult:
    """Wrong passwords of attackers, and right ones of a known browser that were refused."""

    failures: int = 0
    honest: int = 0
    refused: int = 0


def fail_logins(failures: int) -> LoginResult:
    """Five wrong tries in each five minutes, from the officer's own network too."""
    done, email, flow, home = (
        LoginResult(),
        "rina@contoh.id",
        code_guessing.new_flow(),
        "203.0.113.7",
    )
    with inside.office(), inside.clock_at(*code_guessing.MOMENT) as now:
        person = code_guessing.account(email)
        inside.act(sessions.sign_in, person.id, flow=flow)
        while done.failures < failures:
            for number in range(5):
                log_in(email, "Salah-sekali9!", home, code_guessing.new_flow())
                for other in range(2):  # and the network's own limit
                    log_in(f"x{number}{other}@contoh.id", "Salah-sekali9!", home, flow="")
                done.failures += 1
            done.honest += 1
            done.refused += isinstance(log_in(email, code_guessing.PASSWORD, home, flow), Refusal)
            now.forward(301)
    return done


def log_in(email: str, password: str, address: str, flow: str) -> object:
    """What the login route does: count, check, clear; the number of the person or a refusal."""
    refused = inside.act(login.count_login, email, address, flow=flow)
    if refused:
        return refused
    found = inside.look(login.check_password, email, password)
    if not isinstance(found, Refusal):
        inside.act(login.clear_login, email, address, flow=flow)
    return found


# -- letters ------------------------------------------------------------------------------------


def wait_for_codes(queued: int, seconds: float, patience: float = 60) -> list[float]:
    """Seconds until each honest code was taken by the mail server; infinite when it never was."""
    stop, asked = threading.Event(), {}
    with inside.office(), mail_server() as server, _using_server(server):
        server.pause = 0.3
        _queue(queued)
        post = threading.Thread(target=worker.run_forever, args=(stop,))
        flood = threading.Thread(target=_flood, args=(stop,))
        post.start()
        flood.start()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            asked[_honest_code(len(asked))] = clock.now()
            time.sleep(2)
        taken = _wait_for(server, set(asked), patience)
        stop.set()
        server.release.set()  # what is still on its way need not take its time
        post.join()
        flood.join()
    return [
        (taken[one] - at).total_seconds() if one in taken else float("inf")
        for one, at in asked.items()
    ]


@contextmanager
def _using_server(server: Server) -> Iterator[None]:
    facts = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_tls": "none"}
    with inside.patched(*[(settings, name, value) for name, value in facts.items()]):
        yield


def _queue(many: int) -> None:
    now, body = clock.now(), tokens.encrypt(mail.KEY_PURPOSE, "Isi surat. " * 200)
    facts = {"kind": "x", "subject": "Surat", "text": body, "html": body, "tries": 0, "trouble": ""}
    facts |= {"created": now, "next_try": now}
    rows = [facts | {"id": random_id(), "recipient": f"x{n}@contoh.id"} for n in range(many)]
    with db.writing() as session:
        session.execute(insert(OutboxMail), rows)


def _flood(stop: threading.Event) -> None:
    """Another browser of the same network asks for a code to a new address, ten times a second."""
    number, flow = 0, code_guessing.new_flow()
    while not stop.wait(0.1):
        code_guessing.reset(f"asing{number}@contoh.id", flow, "203.0.113.7")
        number += 1


def _honest_code(number: int) -> str:
    """The id of the letter with a new honest person's code."""
    email = f"jujur{number}@contoh.id"
    code_guessing.sign_up(email, code_guessing.new_flow(), "203.0.113.7")
    with Session(db.engine) as session:
        return session.exec(select(OutboxMail.id).where(OutboxMail.recipient == email)).one()


def _wait_for(server: Server, wanted: set[str], seconds: float) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while True:
        taken = {name.strip("<>").partition("@")[0]: at for name, at in list(server.taken)}
        if wanted <= taken.keys() or time.monotonic() > end:
            return taken
        time.sleep(0.2)


@dataclass
class EmailResult:
    """To how many addresses letters went within an hour."""

    browser: int = 0
    network: int = 0
    known: int = 0
    site: int = 0
    of_slow: int = 0
    newcomer: bool = False
    is_alarmed: bool = False
    tried: int = 0
    odd: int = 0  # answers that tell an address with an account from one without
    answers: list[tuple[bool, str]] = field(default_factory=list)


def request_emails(times: int, site: int, known: int = 320) -> EmailResult:
    """As many addresses as an attacker likes, half of them with an account, for resets."""
    sent = EmailResult(site=site)
    facts = [("known_networks", [ip_network("198.51.100.0/24")]), ("letters_an_hour", site)]
    with inside.patched(*[(settings, *fact) for fact in facts]):
        for name, many, ask in (
            ("browser", 20, lambda flow: (flow, code_guessing.new_network())),
            ("network", 80, lambda flow: (code_guessing.new_flow(), "203.0.113.7")),
            ("known", known, lambda flow: (code_guessing.new_flow(), "198.51.100.7")),
        ):
            with inside.office(), inside.clock_at(*code_guessing.MOMENT):
                setattr(sent, name, _ask(many * times, ask, sent))
        with inside.office(), inside.clock_at(*code_guessing.MOMENT), alarms() as heard:
            _ask(site, lambda _: (code_guessing.new_flow(), code_guessing.new_network()), sent)
            sent.of_slow = _ask(20, lambda _: (code_guessing.new_flow(), "203.0.113.7"), sent)
            sent.newcomer = _ask(1, lambda flow: (flow, code_guessing.new_network()), sent) == 1
            sent.is_alarmed = any("mailboxes" in text for text in heard)
    return sent


def _ask(many: int, who: Any, sent: EmailResult) -> int:
    """Letters asked for by whoever `who` says, to new addresses; to how many they went."""
    before, one = _recipients(), code_guessing.new_flow()
    emails = [f"asing{sent.tried + number}@contoh.id" for number in range(many)]
    said = {True: [], False: []}
    with db.writing() as session:
        rows = [_person(email) for email in emails[::2]]
        session.execute(insert(Person), rows)
    for number, email in enumerate(emails):
        flow, address = who(one)
        said[number % 2 == 0].append(str(code_guessing.reset(email, flow, address)))
    sent.tried += many
    half = min(map(len, said.values()))
    sent.odd += sum(a != b for a, b in zip(said[True][:half], said[False][:half], strict=True))
    return _recipients() - before


def _person(email: str) -> dict[str, Any]:
    facts = {"name": "Orang", "search_name": "orang", "email": email, "mailbox": email}
    facts |= {"password_hash": "!", "role": "JOB_SEEKER", "is_active": True, "position": ""}
    facts |= {"must_change_password": False, "staff_number": "", "created": clock.now()}
    return facts | {"public_id": random_id()}


def _recipients() -> int:
    with Session(db.engine) as session:
        return session.exec(select(func.count(func.distinct(OutboxMail.recipient)))).one()
