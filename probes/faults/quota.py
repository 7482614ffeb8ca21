"""Tries to exceed one person's storage quotas by uploads from several processes at once."""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, func, select

from barut_reflex.core import db, figures
from barut_reflex.core.errors import Refusal
from barut_reflex.core.settings import settings
from barut_reflex.documents import rules
from barut_reflex.documents.models import Document, QuarantinedUpload
from barut_reflex.documents.rules import Kind
from barut_reflex.documents.service import attachments, uploads
from barut_reflex.documents.storage import store
from barut_reflex.people.models import Person

from .backlog import make_ready_seeker
from .races import run_in_processes
from .temporary_office import office_at

MEGABYTE = figures.MEGABYTE


@dataclass
class StoredAmounts:
    """What lies there of one person after all their tries, and by how much that is too much."""

    tries: int = 0
    current: tuple[int, int] = (0, 0)  # papers, bytes
    replaced: tuple[int, int] = (0, 0)
    waiting: tuple[int, int] = (0, 0)

    @property
    def overruns(self) -> int:
        """Quotas that were passed; one upload may be on its way when the waiting ones fill up."""
        stored = tuple(map(sum, zip(self.current, self.replaced, strict=True)))
        limits = (
            (self.current, rules.MAX_PAPERS, rules.MAX_BYTES),
            (stored, rules.MAX_STORED_PAPERS, rules.MAX_STORED_BYTES),
            (self.waiting, rules.MAX_WAITING_UPLOADS, rules.MAX_BYTES + settings.upload_cap),
        )
        return sum(have[0] > count or have[1] > size for have, count, size in limits)


def try_all(folder: Path, *, processes: int, each: int, url: str = "") -> StoredAmounts:
    """Hand in and quarantine from several processes at once; sizes are told, files are small."""
    with office_at(folder, url) as address:
        seeker = make_ready_seeker()
        jobs = [lambda: _fill_quota(seeker, each) for _ in range(processes)]
        tries = sum(run_in_processes(address, jobs))
        return _count_stored(seeker, tries)


def _fill_quota(seeker: int, each: int) -> int:
    """Every kind of paper and upload, again and again, as large as is allowed."""
    kinds, tries = list(Kind), 0
    for number in range(each):
        kind = kinds[number % len(kinds)]
        for step in (_attach, _detach, _quarantine):
            tries += 1
            file = store.add(os.urandom(100), "jpg") if step is _attach else ""
            try:
                with db.writing() as session:
                    step(session, kind, session.get_one(Person, seeker), file)
            except Refusal:
                continue
    return tries


def _attach(session, kind: Kind, by: Person, file: str) -> None:
    checked = uploads.StoredFile(kind, file, "image/jpeg", 5 * MEGABYTE, 1, "0" * 64, "a.jpg")
    attachments.attach(session, by, kind, checked)


def _detach(session, kind: Kind, by: Person, _file: str) -> None:
    if os.urandom(1)[0] < 60:
        attachments.detach(session, by, kind)


def _quarantine(session, kind: Kind, by: Person, _file: str) -> None:
    sizes = {"file": os.urandom(16).hex(), "size": 5 * MEGABYTE}
    uploads.issue_ticket(session, by, kind, **sizes, original_name="a.jpg", sign_in="a" * 64)


def _count_stored(seeker: int, tries: int) -> StoredAmounts:
    with db.reading() as session:
        size = func.coalesce(func.sum(Document.size), 0)
        papers = select(func.count(), size).where(Document.owner_id == seeker)
        waiting = select(func.count(), func.coalesce(func.sum(QuarantinedUpload.size), 0))
        return StoredAmounts(
            tries,
            current=session.exec(papers.where(col(Document.replaced).is_(None))).one(),
            replaced=session.exec(papers.where(col(Document.replaced).is_not(None))).one(),
            waiting=session.exec(waiting.where(QuarantinedUpload.owner_id == seeker)).one(),
        )
