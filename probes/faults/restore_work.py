"""Load during the restore drill: people approve, upload, renew, revoke; what was acknowledged."""

import hashlib
import os
import secrets
from dataclasses import dataclass, field
from random import Random

from sqlmodel import Session

from barut_reflex.cards.models import Card
from barut_reflex.cards.queries.lookup import current_code
from barut_reflex.cards.service import issuing
from barut_reflex.core import db
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import attachments, uploads
from barut_reflex.documents.storage import store
from barut_reflex.people.models import Person
from barut_reflex.people.service import sessions
from barut_reflex.review import service as review
from probes.card_factories import portrait

from .backlog import SubmittedCase


@dataclass
class Acknowledged:
    """What people were told was done, before and after the backup began."""

    numbers: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)  # names in the store
    renewed: dict[str, tuple[str, str]] = field(default_factory=dict)  # card: last two codes
    revoked: list[str] = field(default_factory=list)  # cards
    tokens: list[str] = field(default_factory=list)


def approve_all(
    cases: list[SubmittedCase],
    officer_id: int,
    admin_id: int,
    seed: int,
    size: int,
    done: Acknowledged,
):
    """One officer: approve, upload a paper, renew, revoke, for each case in turn."""
    chance = Random(seed)
    for case in cases:
        done.papers.append(store_paper(case.applicant_id, chance.randbytes(size)))
        done.tokens.append(act_as(case.applicant_id, _sign_in))
        card = act_as(officer_id, review.approve, case.public_id, seal=case.seal)
        done.numbers.append(card.number)
        if chance.random() < 0.4:
            before = code_of(card)
            act_as(case.applicant_id, issuing.renew_code, card.public_id)
            done.renewed[card.public_id] = (before, code_of(card))
        if chance.random() < 0.2:
            act_as(admin_id, issuing.revoke, card.public_id, reason="Data palsu.")
            done.revoked.append(card.public_id)
        yield


def store_photo() -> tuple[str, str]:
    """A portrait that is really there; its name and sum."""
    content = portrait()
    name = f"{secrets.token_hex(16)}.jpg"
    store.put(name, content)  # within an act, where `keep` refuses to be slow
    return name, hashlib.sha256(content).hexdigest()


def store_paper(owner_id: int, content: bytes) -> str:
    """Keep a paper as the service does, file first; gives its name."""
    name = store.add(content, "jpg")
    checked = uploads.StoredFile(
        kind=Kind.ID_CARD,
        file=name,
        media_type="image/jpeg",
        size=len(content),
        pages=1,
        sha256=hashlib.sha256(content).hexdigest(),
        original_name="ktp.jpg",
    )
    act_as(owner_id, attachments.attach, Kind.ID_CARD, checked)
    return name


def act_as(person_id: int, service, *args, **kwargs):
    with db.writing() as session:
        return service(session, session.get_one(Person, person_id), *args, **kwargs)


def _sign_in(session: Session, by: Person) -> str:
    return sessions.sign_in(session, by.id)


def code_of(card: Card) -> str:
    with db.reading() as session:
        return current_code(session, card).code


def work_in_process(url: str, answer, is_busy, *args) -> None:
    try:
        db.engine = db.make_engine(url)
        told = Acknowledged()
        for done, _ in enumerate(approve_all(*args, told)):  # pyright: ignore[reportCallIssue]
            if done == 1:
                is_busy.release()
        answer.send(told)
    finally:
        answer.close()
        os._exit(0)


def merge(done: Acknowledged, other: Acknowledged) -> None:
    done.numbers += other.numbers
    done.papers += other.papers
    done.renewed |= other.renewed
    done.revoked += other.revoked
    done.tokens += other.tokens
