"""Restore drill: backup under load, loss of all but backup and ledger, restore, comparison."""

import multiprocessing
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, func, select

from barut_reflex import cli
from barut_reflex.accounts.models import OneTimeCode
from barut_reflex.cards.dates import Verdict
from barut_reflex.cards.models import Card
from barut_reflex.cards.service import issuing
from barut_reflex.core import audit, db
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import AuditEntry
from barut_reflex.core.tokens import fingerprint
from barut_reflex.documents.models import Document
from barut_reflex.documents.service import integrity
from barut_reflex.people.models import Person, SignIn
from barut_reflex.people.rules import Role
from barut_reflex.people.service import sessions
from barut_reflex.review import service as review
from barut_reflex.verify.service import scans, verdicts
from probes.factories import known

from .backlog import SubmittedCase, make_officer, make_submitted_cases
from .restore_work import (
    Acknowledged,
    act_as,
    approve_all,
    code_of,
    merge,
    store_photo,
    work_in_process,
)
from .temporary_office import office_at

_fork = multiprocessing.get_context("fork")


@dataclass
class RestoreResult:
    """What was wrong after the restore, and how long things took."""

    missing: int = 0  # papers without their file, or with another content
    lost: int = 0  # papers handed in before the backup began and not in it
    reissued: int = 0
    revived: int = 0  # sessions and codes that work again
    wrong_codes: int = 0  # revoked cards and old codes that are good again, new codes that are not
    broken_rows: int = 0  # rows of the trail
    restore_rows: int = 0  # rows of the trail that tell of the restore
    papers_in_backup: int = 0  # papers in the backup
    numbers_after_backup: int = 0  # numbers given after the backup began
    megabytes: float = 0
    seconds: tuple[float, float] = (0, 0)

    @property
    def is_clean(self) -> bool:
        wrong = (
            self.missing,
            self.lost,
            self.reissued,
            self.revived,
            self.wrong_codes,
            self.broken_rows,
        )
        return not any(wrong) and self.restore_rows == 1


def run_drill(
    folder: Path,
    *,
    desks: int = 2,
    size: int = 20_000,
    before: int = 10,
    after: int = 10,
    urls: tuple[str, str] = ("", ""),
    keep_ledger: bool = True,
) -> RestoreResult:
    """Work, back up under load, work on, lose everything, restore, and look."""
    backup = folder / "cadangan.tar"
    with office_at(folder, urls[0]) as url:
        officer, admin = make_officer(), make_officer(Role.ADMINISTRATOR)
        photo = store_photo()
        early, told = make_submitted_cases(before, photo), Acknowledged()
        for _ in approve_all(early, officer, admin, 1, size, told):
            continue
        left = make_submitted_cases(5, photo)
        piles = [make_submitted_cases(after, photo) for _ in range(desks + 1)]
        meanwhile = _under_load(url, piles, officer, admin, size, backup, told)
    for place in ("var", "uploaded_files"):
        shutil.rmtree(folder / place)
    if not keep_ledger:
        (folder / "ledger.jsonl").unlink()
    began = time.monotonic()
    with office_at(folder, urls[1]):
        assert cli.main(["restore", "--from", str(backup)]) == 0
        found = check_restored(told, meanwhile, left, officer)
    found.megabytes = backup.stat().st_size / 2**20
    found.seconds = (meanwhile[-1], time.monotonic() - began)
    return found


def _under_load(url, piles, officer, admin, size, backup, told) -> tuple[Acknowledged, float]:
    """Make the backup while desks work; they go on a while after it."""
    pipes = [_fork.Pipe(duplex=False) for _ in piles[1:]]
    busy = _fork.Semaphore(0)
    db.engine.dispose()
    workers = [
        _fork.Process(
            target=work_in_process, args=(url, pipe[1], busy, cases, officer, admin, seed, size)
        )
        for seed, (cases, pipe) in enumerate(zip(piles[1:], pipes, strict=True))
    ]
    for worker, pipe in zip(workers, pipes, strict=True):
        worker.start()
        pipe[1].close()
    for _ in workers:
        assert busy.acquire(timeout=600)
    began = time.monotonic()
    assert cli.main(["backup", "--to", str(backup)]) == 0
    took = time.monotonic() - began
    late = Acknowledged()
    for _ in approve_all(piles[0][:3], officer, admin, 99, size, late):
        continue
    for pipe in pipes:
        merge(late, pipe[0].recv())
    for worker in workers:
        worker.join()
    renew_and_revoke_one(told, late)
    return late, took


def renew_and_revoke_one(told: Acknowledged, late: Acknowledged) -> None:
    """After the backup a card of before it gets a new code, and another one is revoked."""
    with db.reading() as session:
        good = select(Card).where(col(Card.number).in_(told.numbers), col(Card.revoked).is_(None))
        renewed, revoked = session.exec(good.limit(2)).all()
    before = code_of(renewed)
    act_as(renewed.holder_id, issuing.renew_code, renewed.public_id)
    late.renewed[renewed.public_id] = (before, code_of(renewed))
    with db.reading() as session:
        admins = select(Person.id).where(Person.role == Role.ADMINISTRATOR)
        admin = known(session.exec(admins).first())
    act_as(admin, issuing.revoke, revoked.public_id, reason="Kartu hilang.")
    late.revoked.append(revoked.public_id)


def check_restored(
    told: Acknowledged,
    meanwhile: tuple[Acknowledged, float],
    left: list[SubmittedCase],
    officer: int,
) -> RestoreResult:
    """What the restored office gets wrong."""
    late, found = meanwhile[0], RestoreResult(numbers_after_backup=len(meanwhile[0].numbers))
    with db.reading() as session:
        found.missing = len(integrity.broken_papers(session))
        held = set(session.exec(select(Document.file)))
        found.lost, found.papers_in_backup = len(set(told.papers) - held), len(held)
        alive = [sessions.find_person(session, fingerprint(t)) for t in told.tokens + late.tokens]
        rows = [select(func.count()).select_from(table) for table in (SignIn, OneTimeCode)]
        found.revived = sum(map(bool, alive)) + sum(session.exec(row).one() for row in rows)
        found.broken_rows = len(audit.verify(session))
        jumps = select(func.count()).where(AuditEntry.act == "restore")
        found.restore_rows = session.exec(jumps).one()
    found.wrong_codes = _wrong_codes(told, late)
    again = [act_as(officer, review.approve, case.public_id, seal=case.seal) for case in left]
    found.reissued = len({card.number for card in again} & {*told.numbers, *late.numbers})
    return found


def _wrong_codes(told: Acknowledged, late: Acknowledged) -> int:
    """Codes that say something else than they should: of cards the backup knew."""
    renewed, revoked = told.renewed | late.renewed, {*told.revoked, *late.revoked}
    wrong = 0
    with db.writing() as session:
        known = set(session.exec(select(Card.public_id)))
        for card, (old, new) in renewed.items():
            if card in known:
                dead = Verdict.REVOKED if card in revoked else None
                wrong += _verdict(session, old) is not (dead or Verdict.REPLACED)
                wrong += _verdict(session, new) is not (dead or Verdict.VALID)
        rows = session.exec(select(Card).where(col(Card.public_id).in_(revoked)))
        wrong += sum(card.revoked is None for card in rows)
    return wrong


def _verdict(session: Session, code: str) -> Verdict | None:
    try:
        row, _ = scans.scan(session, code, address="203.0.113.9", sign_in="")
    except Refusal:
        return None
    return verdicts.verdict_on(session, row)
