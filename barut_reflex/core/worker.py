"""Work nobody waits for: sending the outbox, and sweeps at set intervals.

Several workers may run: each takes a lease by one guarded UPDATE, and only one can win it.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, update
from sqlmodel import Session, col, select

from . import audit, clock, clock_step, db, limits, mail
from .locks import change, one_at_a_time
from .models import Counter, OutboxMail
from .settings import settings

LEASE = timedelta(seconds=120)  # longer than one talk with the mail server
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=24)
KEPT = timedelta(days=30)  # rows of letters that were sent
BATCH = 20  # letters over one connection
PAUSE = 0.5  # seconds between two looks into the outbox
log = logging.getLogger(__name__)


# -- the outbox -------------------------------------------------------------------------------


def send_due(*, codes_only: bool = False) -> int:
    """Send letters that are due over one connection, codes first; how many were taken up.

    Codes and links are the letters that expire. Some senders take nothing else, so that the rest
    of the mail never holds all connections.
    """
    taken = 0
    with mail.Line() as line:
        while taken < BATCH and (row := take_next(codes_only)):
            taken += 1
            _send(row, line)
    return taken


def outbox_figures() -> dict[str, float]:
    """Letters that wait, seconds the oldest waits, letters given up today; for the monitoring."""
    now = clock.now()
    waits = [col(OutboxMail.sent).is_(None), col(OutboxMail.given_up).is_(None)]
    with db.reading() as session:
        asked = select(func.count(), func.min(OutboxMail.created)).where(*waits)
        count, oldest = session.exec(asked).one()
        lost = select(func.count()).where(col(OutboxMail.given_up) > now - timedelta(days=1))
        given_up = session.exec(lost).one()
    age = (now - clock.utc(oldest)).total_seconds() if oldest else 0
    figures: dict[str, float] = {"outbox_waiting": count, "outbox_oldest_seconds": max(0, age)}
    return figures | {"outbox_given_up_today": given_up}


def take_next(codes_only: bool) -> OutboxMail | None:
    """Lease the letter whose turn it is; letters that expired while they waited are given up."""
    with db.reading() as session:  # the write lock is for those who have something to do
        if _next(session, codes_only) is None:
            return None
    now = clock.now()
    with db.writing() as session:
        one_at_a_time(session, "outbox")
        _give_up_expired(session, now)
        mail_id = _next(session, codes_only)
        row = session.get_one(OutboxMail, mail_id) if mail_id else None
        if row:
            row.leased_until = now + LEASE
            session.flush()
            session.refresh(row)  # the lease as the table tells it: `finish` compares
        return row


def _next(session: Session, codes_only: bool) -> str | None:
    """The code that ends first, else the letter that waits longest; which nobody else has."""
    waiting = select(OutboxMail.id).where(*_is_waiting(clock.now())).limit(1)
    expires = col(OutboxMail.expires)
    code = session.exec(waiting.where(expires.is_not(None)).order_by(expires)).first()
    if code or codes_only:
        return code
    rest = waiting.where(expires.is_(None)).order_by(col(OutboxMail.next_try))
    return session.exec(rest).first()


def _is_waiting(now: datetime) -> list[ColumnElement[bool]]:
    lease = col(OutboxMail.leased_until)
    return [
        col(OutboxMail.sent).is_(None),
        col(OutboxMail.given_up).is_(None),
        col(OutboxMail.next_try) <= now,
        or_(lease.is_(None), lease <= now),
    ]


def _give_up_expired(session: Session, now: datetime) -> None:
    expired = update(OutboxMail).where(*_is_waiting(now), col(OutboxMail.expires) <= now)
    trouble = "Masa berlaku habis sebelum terkirim."
    values = {"given_up": now, "trouble": trouble, "leased_until": None, "text": "", "html": ""}
    change(session, expired.values(**values))


def _send(row: OutboxMail, line: mail.Line) -> None:
    try:
        mail.deliver(mail.build_message(row), line)
    except Exception as trouble:  # whatever the mail server does must not stop the others
        log.warning("mail %s (%s) not sent: %s", row.id, row.kind, type(trouble).__name__)
        finish(row, trouble)
    else:
        finish(row, None)


def finish(taken: OutboxMail, trouble: Exception | None) -> None:
    """Record the outcome of one delivery, unless another worker has the letter or it is gone."""
    now = clock.now()
    with db.writing() as session:
        row = session.get(OutboxMail, taken.id)
        if row is None or row.sent or row.leased_until != taken.leased_until:
            return
        if trouble is None:
            _close(row, sent=now, trouble="")
        else:
            _postpone(row, f"{type(trouble).__name__}: {trouble}"[:300], now)


def _postpone(row: OutboxMail, trouble: str, now: datetime) -> None:
    wait = min(FIRST_WAIT * 2**row.tries, LONGEST_WAIT)
    row.tries += 1
    if now + wait > clock.utc(row.created) + GIVE_UP_AFTER:
        _close(row, given_up=now, trouble=trouble)
    else:
        row.next_try, row.leased_until, row.trouble = now + wait, None, trouble


def _close(row: OutboxMail, *, trouble: str, sent=None, given_up=None) -> None:
    """The letter is done with; its body, which may hold a code or a link, is not kept."""
    row.sent, row.given_up, row.trouble, row.leased_until = sent, given_up, trouble, None
    row.text = row.html = ""


def _sweep_outbox(session: Session) -> None:
    old = clock.now() - KEPT
    done = or_(col(OutboxMail.sent) < old, col(OutboxMail.given_up) < old)
    change(session, delete(OutboxMail).where(done))


# -- work at set intervals --------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """One act of housekeeping, run in a transaction of its own every so many seconds.

    What takes long and needs no database (asking a store) stands before or after it: `before`
    gives what `function` gets beside the session, `after` gets what `function` gave.
    """

    seconds: int
    name: str
    function: Callable[..., object]
    before: Callable[[], object] | None = None
    after: Callable[[Any], object] | None = None


JOBS: dict[str, Job] = {}


def add(job: Job) -> None:
    """Run the job at its intervals from now on, once among all workers."""
    JOBS[job.name] = job


def run_jobs() -> list[str]:
    """Run the jobs that are due and not taken by another worker; their names."""
    return [job.name for job in JOBS.values() if _is_mine(job) and _run(job)]


def _is_mine(job: Job) -> bool:
    """The lease is a row that says when the job is due next, in seconds since `clock.EPOCH`."""
    now, key = int((clock.now() - clock.EPOCH).total_seconds()), f"job {job.name}"[:60]
    with db.reading() as session:
        known = session.get(Counter, key)
        if known and now < known.value <= now + job.seconds:
            return False  # further off than that only a wrong clock can have written
    with db.writing() as session:
        one_at_a_time(session, key)
        if session.get(Counter, key) is None:
            session.add(Counter(key=key, value=0))
            session.flush()
        value = col(Counter.value)
        is_due = or_(value <= now, value > now + job.seconds)
        due = update(Counter).where(col(Counter.key) == key, is_due)
        return change(session, due.values(value=now + job.seconds)) == 1


def _run(job: Job) -> bool:
    try:
        given = [job.before()] if job.before else []
        with db.writing() as session:
            left = job.function(session, *given)
        if job.after:
            job.after(left)
    except Exception:  # the next job must run all the same
        log.exception("job %s failed", job.name)
        return False
    return True


def _note_head(session: Session) -> None:
    row, seal = audit.head(session)
    log.info("audit head", extra={"row": row, "seal": seal})


def _wake_letters(session: Session) -> None:
    """After the clock was set: codes are void, and no letter waits for a time never meant."""
    now = clock.now()
    waiting = [col(OutboxMail.sent).is_(None), col(OutboxMail.given_up).is_(None)]
    too_far = or_(
        col(OutboxMail.next_try) > now + LONGEST_WAIT, col(OutboxMail.leased_until) > now + LEASE
    )
    letters = update(OutboxMail).where(*waiting)
    change(session, letters.where(col(OutboxMail.expires).is_not(None)).values(expires=now))
    change(session, letters.where(too_far).values(next_try=now, leased_until=None, created=now))


clock_step.after_step(_wake_letters)
clock_step.after_step(limits.forget_future)
add(Job(3600, "limits", limits.sweep))
add(Job(24 * 3600, "outbox", _sweep_outbox))
add(Job(24 * 3600, "audit head", _note_head))


# -- the loop ---------------------------------------------------------------------------------


def run_forever(stop: threading.Event) -> None:
    """Send and sweep until `stop` is set; for a thread of the app. Trouble is logged, then on.

    Half of the connections are kept for codes, and no letter waits for a sweep that takes long.
    """
    many = settings.smtp_connections
    work: list[Callable[[], object]] = [partial(look_at_clock, clock_step.Watch())]
    work += [partial(send_due, codes_only=number < many // 2) for number in range(many)]
    threads = [threading.Thread(target=_repeat, args=(stop, one), daemon=True) for one in work]
    for thread in threads:
        thread.start()
    _repeat(stop, run_jobs, pause=5)
    for thread in threads:
        thread.join()


def _repeat(stop: threading.Event, work: Callable[[], object], pause: float = PAUSE) -> None:
    """Work until `stop` is set, with a pause whenever there was nothing to do."""
    while not stop.is_set():
        try:
            done = work()
        except Exception:  # a locked or absent database must not end the worker
            log.exception("worker failed, trying on")
            done = None
        if not done:
            stop.wait(pause)


def look_at_clock(watch: clock_step.Watch) -> None:
    """Let go of what a wrong clock had made, as soon as it was set right (or wrong)."""
    with db.reading() as session:
        step = watch.step(session)
    if not (watch.is_due() or step):
        return
    with db.writing() as session:
        if step:
            clock_step.let_go(session, step)
        clock_step.note(session)
