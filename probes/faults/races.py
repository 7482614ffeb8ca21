"""Race conditions: several processes act on the same applications at the same moment."""

import multiprocessing
import os
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, func, select

from barut_reflex.applications import service as applications
from barut_reflex.applications.models import Application
from barut_reflex.applications.status import MACHINE, Action, Status
from barut_reflex.cards.models import Card
from barut_reflex.core import db
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import StatusMove
from barut_reflex.people.models import Person
from barut_reflex.review import service as review

from .backlog import SubmittedCase, make_officer, make_submitted_cases

_fork = multiprocessing.get_context("fork")
Approval = Callable[[SubmittedCase, int], str]
Operation = Callable[..., Any]


def run_in_processes(url: str, jobs: list[Callable[[], Any]]) -> list[Any]:
    """What each job gives, run in a process of its own with its own connections to `url`.

    The caller's own connections must be closed: a child must not inherit an open one.
    """
    db.engine.dispose()
    gate = _fork.Barrier(len(jobs))
    pipes = [_fork.Pipe(duplex=False) for _ in jobs]
    children = [
        _fork.Process(target=_work, args=(url, job, gate, pipe[1]))
        for job, pipe in zip(jobs, pipes, strict=True)
    ]
    for child, pipe in zip(children, pipes, strict=True):
        child.start()
        pipe[1].close()
    answers = [pipe[0].recv() for pipe in pipes]
    for child in children:
        child.join()
    if crashes := [answer for answer in answers if isinstance(answer, _Crash)]:
        raise AssertionError(crashes[0].told)
    return answers


@dataclass
class _Crash:
    told: str


def _work(url: str, job: Callable[[], Any], gate: Any, answer: Any) -> None:
    try:
        db.engine = db.make_engine(url)
        gate.wait(60)
        answer.send(job())
    except BaseException:
        answer.send(_Crash(traceback.format_exc()))
    finally:
        answer.close()
        os._exit(0)


# -- many officers, the same applications ------------------------------------------------------


@dataclass
class RaceResult:
    """What came of several officers approving the same applications at the same time."""

    applications: int = 0
    duplicates: int = 0
    doubles: int = 0
    gaps: int = 0
    refused: int = 0
    waited: int = 0  # times an officer was told to press again
    wrong: list[str] = field(default_factory=list)

    def __add__(self, other: "RaceResult") -> "RaceResult":
        sums = {name: vars(self)[name] + vars(other)[name] for name in vars(self)}
        return RaceResult(**sums)

    @property
    def is_clean(self) -> bool:
        return not (self.duplicates or self.doubles or self.gaps or self.wrong)


def approve_atomically(case: SubmittedCase, officer_id: int) -> str:
    """The office's own way; gives the number."""
    with db.writing() as session:
        by = session.get_one(Person, officer_id)
        return review.approve(session, by, case.public_id, seal=case.seal).number


def approve_unsafely(case: SubmittedCase, officer_id: int) -> str:
    """Read, then write, as it must not be: the negative control."""
    with db.reading() as session:
        application = session.get_one(Application, case.application_id)
        value = session.execute(text("SELECT max(value) FROM counter")).scalar() or 0
    if application.status is not Status.SUBMITTED:
        raise Refusal
    time.sleep(0.005)  # so that on any machine somebody else reads before this one writes
    with db.writing() as session:
        session.execute(
            text("INSERT INTO counter (key, value) VALUES (:key, :value)"),
            {"key": f"{officer_id} {case.application_id} {value}", "value": value + 1},
        )
        session.get_one(Application, case.application_id).status = Status.APPROVED
    return f"6205{value + 1:06}01012026"


def approve_all(cases: list[SubmittedCase], officer_id: int, seed: int, approval: Approval) -> dict:
    """One officer's day: every case, in an order two officers share."""
    order, won, refused, waited = list(cases), [], 0, 0
    Random(seed // 2).shuffle(order)
    for case in order:
        while True:
            try:
                won.append((case.application_id, approval(case, officer_id)))
            except OperationalError:  # the database was busy for too long: pressed again
                waited += 1
                continue
            except Refusal:
                refused += 1
            break
    return {"won": won, "refused": refused, "waited": waited}


def run_number_race(
    url: str, *, processes: int, applications: int, approval: Approval = approve_atomically
) -> RaceResult:
    """All officers approve all applications; what must never happen is counted."""
    cases, officers = make_submitted_cases(applications), [make_officer() for _ in range(processes)]
    answers = run_in_processes(
        url,
        [
            lambda seed=seed, officer=officer: approve_all(cases, officer, seed, approval)
            for seed, officer in enumerate(officers)
        ],
    )
    won = [pair for answer in answers for pair in answer["won"]]
    numbers = [number for _, number in won]
    times = Counter(application for application, _ in won)
    found = RaceResult(
        applications=applications,
        duplicates=len(numbers) - len(set(numbers)),
        doubles=sum(n - 1 for n in times.values()),
        refused=sum(answer["refused"] for answer in answers),
        waited=sum(answer["waited"] for answer in answers),
    )
    if approval is approve_atomically:
        found.gaps = _gaps()
        found.wrong = _database_errors(cases, len(won))
    return found


def _gaps() -> int:
    """Numbers missing from the sequence of any day."""
    days: dict[str, list[int]] = {}
    with db.reading() as session:
        for number in session.exec(select(Card.number)):
            days.setdefault(number[10:], []).append(int(number[4:10]))
    return sum(max(day) - len(set(day)) for day in days.values())


def _database_errors(cases: list[SubmittedCase], told: int) -> list[str]:
    """Whether the database says what the officers were told."""
    ids = [case.application_id for case in cases]
    with db.reading() as session:
        cards = session.exec(select(func.count()).where(col(Card.application_id).in_(ids))).one()
        approvals = select(func.count()).where(
            StatusMove.machine == MACHINE.name,
            col(StatusMove.subject_id).in_(ids),
            StatusMove.action == Action.APPROVE,
        )
        changes = session.exec(approvals).one()
        left = session.exec(
            select(func.count()).where(
                col(Application.id).in_(ids), Application.status != Status.APPROVED
            )
        ).one()
    expected = len(cases)
    facts = {"told": told, "cards": cards, "approvals": changes, "approved": expected - left}
    return [f"{name} {value} of {expected}" for name, value in facts.items() if value != expected]


# -- two conflicting operations ------------------------------------------------------------


def try_all(cases: list[SubmittedCase], deed: Operation, gate: Any) -> list[bool]:
    """Do `deed` to each case when the other side is ready for the same case; which succeeded."""
    done = []
    for case in cases:
        gate.wait(60)
        done.append(_succeeds(case, deed))
    return done


def _succeeds(case: SubmittedCase, deed: Operation) -> bool:
    while True:
        try:
            with db.writing() as session:
                deed(session, case)
        except OperationalError:
            continue
        except Refusal:
            return False
        return True


def race(
    url: str,
    cases: list[SubmittedCase],
    one: Operation,
    other: Operation,
) -> list[tuple[bool, bool]]:
    """For each case, whether `one` and `other` succeeded when both tried at the same time."""
    gate = _fork.Barrier(2)
    mine, theirs = run_in_processes(
        url, [lambda: try_all(cases, one, gate), lambda: try_all(cases, other, gate)]
    )
    return list(zip(mine, theirs, strict=True))


def withdraw_case(session: Session, case: SubmittedCase) -> None:
    """The applicant cancels."""
    applications.withdraw(session, session.get_one(Person, case.applicant_id))


def approval_by(officer_id: int) -> Operation:
    """The officer approves."""

    def approve(session: Session, case: SubmittedCase) -> None:
        by = session.get_one(Person, officer_id)
        review.approve(session, by, case.public_id, seal=case.seal)

    return approve
