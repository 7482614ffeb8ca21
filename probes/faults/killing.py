"""Crash test: kill -9 at random moments while people sign up, upload, send, and get their cards.

A kill leaves what the system was told to write; it does not test a power cut. For that see
`flush_order.py`: what is flushed to disk before success is reported.
"""

import hashlib
import json
import multiprocessing
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlmodel import Session, col, select

from barut_reflex.accounts.service import sign_up
from barut_reflex.applications import service as applications
from barut_reflex.applications.models import Application
from barut_reflex.applications.status import MACHINE, Status
from barut_reflex.cards.models import Card
from barut_reflex.core import audit, db, ledger, machine, tokens
from barut_reflex.core.mail import KEY_PURPOSE
from barut_reflex.core.models import OutboxMail
from barut_reflex.core.settings import settings
from barut_reflex.demo.people import demo_person
from barut_reflex.documents.models import Document
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import attachments, uploads
from barut_reflex.documents.storage import store
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role
from barut_reflex.profiles.models import Profile
from barut_reflex.review import service as review

from .backlog import make_officer
from .temporary_office import office_at

_fork = multiprocessing.get_context("fork")
PAPERS = (Kind.ID_CARD, Kind.FAMILY_CARD, Kind.PHOTO, Kind.DIPLOMA, Kind.SKILL_CERTIFICATE)
Attach = Callable[[int, Kind, bytes], str]
Acknowledge = Callable[[str, str], None]


@dataclass
class Damage:
    """What was wrong after the kills. `told`: how many acts people were told were done."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    without_file: int = 0
    torn: int = 0
    inconsistent: int = 0

    @property
    def is_none(self) -> bool:
        return not (self.lost or self.without_file or self.torn or self.inconsistent)


# -- the one who is killed --------------------------------------------------------------------


def use_office(
    officer_id: int, seed: int, tell: Acknowledge, attach: Attach, people: int = 1000
) -> None:
    """One person after the other, from sign-up to card; every act is told once it is done."""
    chance = Random(seed)
    for number in range(seed * 1000, seed * 1000 + people):
        email = f"orang{number}@contoh.id"
        person_id = _sign_up(number, email)
        tell("person", email)
        form = demo_person(number)
        _act(person_id, applications.save_personal, form.personal)
        _act(person_id, applications.save_education, form.education)
        tell("profile", form.personal["nik"])
        for kind in PAPERS:
            tell("paper", attach(person_id, kind, chance.randbytes(chance.randrange(200_000))))
        sent = _act(person_id, applications.submit)
        tell("sent", sent.public_id)
        card = _act(officer_id, review.approve, sent.public_id, seal=sent.seal)
        tell("card", card.number)


def _sign_up(number: int, email: str) -> int:
    flow = f"{number:064}"
    with db.writing() as session:
        sign_up.begin_sign_up(session, sign_up.SignUp("Orang", email, "!"), flow=flow)
        letter = session.exec(select(OutboxMail).where(OutboxMail.recipient == email)).one()
        code = re.findall(r"^\d{6}$", tokens.decrypt(KEY_PURPOSE, letter.text), re.MULTILINE)[0]
    with db.writing() as session:
        return sign_up.confirm_sign_up(session, code, flow=flow).id


def _act(person_id: int, service, *args, **kwargs):
    with db.writing() as session:
        return service(session, session.get_one(Person, person_id), *args, **kwargs)


def file_first(person_id: int, kind: Kind, content: bytes) -> str:
    """The office's way: the file is safe before its row is written. Gives the paper's id."""
    name = store.add(content, "jpg")
    return _attach(person_id, kind, name, content)


def row_first(person_id: int, kind: Kind, content: bytes) -> str:
    """The negative control: the row is written before a file that is written bit by bit."""
    name = f"{hashlib.md5(content).hexdigest()}.jpg"
    public_id = _attach(person_id, kind, name, content)
    with (settings.uploads / "papers" / name).open("wb", buffering=0) as file:
        for start in range(0, len(content), 20_000):
            file.write(content[start : start + 20_000])
            time.sleep(0.01)
    return public_id


def _attach(person_id: int, kind: Kind, name: str, content: bytes) -> str:
    checked = uploads.StoredFile(
        kind=kind,
        file=name,
        media_type="image/jpeg",
        size=len(content),
        pages=1,
        sha256=hashlib.sha256(content).hexdigest(),
        original_name="a.jpg",
    )
    return _act(person_id, attachments.attach, kind, checked).public_id


def _victim(pipe, officer_id: int, seed: int, attach: Attach) -> None:
    handle = pipe.fileno()

    def tell(what: str, which: str) -> None:
        os.write(handle, f"{json.dumps([what, which])}\n".encode())

    tell("begun", "")
    use_office(officer_id, seed, tell, attach)


# -- the one who kills ------------------------------------------------------------------------


def kill_loop(folder: Path, kills: int, *, attach: Attach = file_first, seed: int = 1) -> Damage:
    """So many kills, each at a random moment of the work; what was lost or torn by them."""
    chance, told = Random(seed), []
    with office_at(folder):
        (settings.uploads / "papers").mkdir(parents=True, exist_ok=True)
        officer = make_officer(Role.OFFICER)
        began = time.monotonic()
        use_office(officer, 0, lambda what, which: told.append([what, which]), attach, people=1)
        life = time.monotonic() - began  # of one person, on this machine as it is now
        for number in range(1, kills + 1):
            told += _killed_once(officer, number, chance.uniform(0, life), attach)
        return find_damage([tuple(pair) for pair in told], kills)


def _killed_once(officer: int, seed: int, seconds: float, attach: Attach) -> list:
    """What the victim told before it was killed."""
    db.engine.dispose()
    reader, writer = _fork.Pipe(duplex=False)
    victim = _fork.Process(target=_victim, args=(writer, officer, seed, attach))
    victim.start()
    writer.close()
    with os.fdopen(os.dup(reader.fileno()), "rb") as file:
        assert file.readline()  # it has begun
        time.sleep(seconds)
        victim.kill()
        victim.join()
        lines = file.read().splitlines()
    reader.close()
    return [json.loads(line) for line in lines]


def find_damage(told: list[tuple[str, str]], kills: int) -> Damage:
    """Compare what people were told with what the office has."""
    damage = Damage(kills=kills, acknowledged=len(told))
    with db.reading() as session:
        held = _stored(session)
        damage.lost = sum(which not in held[what] for what, which in told)
        for file, sha256 in session.exec(select(Document.file, Document.sha256)):
            if not store.exists(file):
                damage.without_file += 1
            elif hashlib.sha256(store.open_store("").read(file)).hexdigest() != sha256:
                damage.torn += 1
        damage.inconsistent = len(_inconsistencies(session))
    return damage


def _stored(session: Session) -> dict[str, set[str]]:
    sent = col(Application.status) != Status.DRAFT
    return {
        "person": set(session.exec(select(Person.email))),
        "profile": set(session.exec(select(Profile.nik))),
        "paper": set(session.exec(select(Document.public_id))),
        "sent": set(session.exec(select(Application.public_id).where(sent))),
        "card": set(session.exec(select(Card.number))),
    }


def _inconsistencies(session: Session) -> list[str]:
    """Half of an act without its other half."""
    found = []
    if session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
        found.append("database")
    if session.connection().exec_driver_sql("PRAGMA foreign_key_check").first():
        found.append("foreign keys")
    found += [f"audit {row}" for row in audit.verify(session)]
    for application in session.exec(select(Application)):
        changes = machine.history(session, MACHINE, application.id)
        last = changes[-1].after if changes else Status.DRAFT
        if (application.status, application.version) != (last, len(changes)):
            found.append(f"application {application.public_id}")
    numbers = sorted(session.exec(select(Card.number)))
    approved = select(Application.id).where(Application.status == Status.APPROVED)
    if len(numbers) != len(session.exec(approved).all()):
        found.append("cards")
    if [int(number[4:10]) for number in numbers] != list(range(1, len(numbers) + 1)):
        found.append("numbers")
    noted = {entry.get("number") for entry in ledger.read() or []}
    return found + [f"ledger {number}" for number in numbers if number not in noted]
