"""Counts approvals of data edited after the officer opened it, and what double submits do."""

from sqlmodel import Session, func, select

from barut_reflex.applications import service as applications
from barut_reflex.core import db
from barut_reflex.core.errors import Refusal
from barut_reflex.core.models import AuditEntry, OutboxMail, StatusMove
from barut_reflex.people.models import Person
from barut_reflex.review import service as review

from .backlog import SubmittedCase, change_profile, make_officer, make_ready_seeker
from .races import Operation, race


def count_stale_approvals(times: int) -> int:
    """Approvals of data that changed after it was opened; the applicant is always quicker."""
    officer, found = make_officer(), 0
    for number in range(times):
        seeker = make_ready_seeker()
        _act(seeker, applications.start_new)
        sent = _act(seeker, applications.submit)
        read = sent.public_id, sent.seal
        _act(seeker, applications.withdraw)
        _act(seeker, change_profile, address=f"Jl. Baru {number}")
        _act(seeker, applications.submit)
        try:
            _act(officer, review.approve, read[0], seal=read[1])
            found += 1
        except Refusal:
            continue
    return found


def submit_twice(url: str, times: int, *, together: bool) -> dict[str, int]:
    """Each of so many seekers sends twice, at the same time or at once after; what came of it."""
    people = [make_ready_seeker() for _ in range(times)]
    for seeker in people:
        _act(seeker, applications.start_new)
    if together:
        cases = [SubmittedCase(0, "", "", seeker) for seeker in people]
        race(url, cases, _submit, _submit)
    else:
        for seeker in people * 2:
            _act_ignoring_refusal(seeker, applications.submit)
    return _counted()


def _counted() -> dict[str, int]:
    with db.reading() as session:
        moves = session.exec(select(func.count()).select_from(StatusMove)).one()
        letters = session.exec(select(func.count()).select_from(OutboxMail)).one()
        trail = select(func.count()).where(AuditEntry.act == "submit")
        return {"moves": moves, "letters": letters, "audit rows": session.exec(trail).one()}


def _submit(session: Session, case: SubmittedCase) -> None:
    applications.submit(session, session.get_one(Person, case.applicant_id))


def _act(person_id: int, service: Operation, *args, **kwargs):
    with db.writing() as session:
        return service(session, session.get_one(Person, person_id), *args, **kwargs)


def _act_ignoring_refusal(person_id: int, service: Operation) -> None:
    try:
        _act(person_id, service)
    except Refusal:
        return
