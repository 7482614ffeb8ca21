"""Background worker: sends the mail outbox, and runs scheduled jobs of all desks.

Several processes may run it: each takes a lease by one conditional UPDATE, which only one can win.
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
from .locks import execute_change, lock
from .models import Counter, OutboxMail
from .settings import settings

LEASE_LIFETIME = timedelta(seconds=120)  # longer than one dialogue with the mail server
FIRST_RETRY_DELAY = timedelta(seconds=5)
MAX_RETRY_DELAY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=24)
MAIL_RETENTION = timedelta(days=30)  # rows of emails that were sent or given up
MAILS_PER_CONNECTION = 20  # over one SMTP connection
POLL_INTERVAL = 0.5  # seconds between two queries of the outbox
log = logging.getLogger(__name__)


# -- the outbox -------------------------------------------------------------------------------


def send_due(*, codes_only: bool = False) -> int:
    """Send the emails that are due over one connection, codes first; returns how many were tried.

    Codes and links are the emails that expire. Some threads send nothing else (`codes_only`), so
    that the other mail never uses all connections.
    """
    taken = 0
    with mail.SmtpConnection() as line:
        while taken < MAILS_PER_CONNECTION and (row := take_next(codes_only)):
            taken += 1
            _send(row, line)
    return taken


def outbox_figures() -> dict[str, float]:
    """Metrics: unsent emails, age of the oldest in seconds, emails given up within a day."""
    now = clock.now()
    waits = [col(OutboxMail.sent).is_(None), col(OutboxMail.given_up).is_(None)]
    with db.reading() as session:
        unsent = select(func.count(), func.min(OutboxMail.created)).where(*waits)
        count, oldest = session.exec(unsent).one()
        today = col(OutboxMail.given_up) > now - timedelta(days=1)
        given_up = session.exec(select(func.count()).where(today)).one()
    age = (now - clock.utc(oldest)).total_seconds() if oldest else 0
    figures: dict[str, float] = {"outbox_waiting": count, "outbox_oldest_seconds": max(0, age)}
    return figures | {"outbox_given_up_today": given_up}


def take_next(codes_only: bool) -> OutboxMail | None:
    """Lease the next email to send; emails that expired while they waited are given up."""
    with db.reading() as session:  # the write lock is for those who have something to do
        if _next(session, codes_only) is None:
            return None
    now = clock.now()
    with db.writing() as session:
        lock(session, "outbox")
        _give_up_expired(session, now)
        mail_id = _next(session, codes_only)
        row = session.get_one(OutboxMail, mail_id) if mail_id else None
        if row:
            row.leased_until = now + LEASE_LIFETIME
            session.flush()
            session.refresh(row)  # the lease as the table tells it: `finish` compares
        return row


def _next(session: Session, codes_only: bool) -> str | None:
    """Id of the code that expires first, else of the email due longest, unless leased."""
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
    execute_change(session, expired.values(**values))


def _send(row: OutboxMail, line: mail.SmtpConnection) -> None:
    try:
        mail.deliver(mail.build_message(row), line)
    except Exception as trouble:  # no error of one email may stop the others
        log.warning("mail %s (%s) not sent: %s", row.id, row.kind, type(trouble).__name__)
        finish(row, trouble)
    else:
        finish(row, None)


def finish(taken: OutboxMail, trouble: Exception | None) -> None:
    """Record the outcome of one delivery; not if another worker leased the email or it is gone."""
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
    wait = min(FIRST_RETRY_DELAY * 2**row.tries, MAX_RETRY_DELAY)
    row.tries += 1
    if now + wait > clock.utc(row.created) + GIVE_UP_AFTER:
        _close(row, given_up=now, trouble=trouble)
    else:
        row.next_try, row.leased_until, row.trouble = now + wait, None, trouble


def _close(row: OutboxMail, *, trouble: str, sent=None, given_up=None) -> None:
    """Mark the email as sent or given up, and delete its body, which may hold a code or a link."""
    row.sent, row.given_up, row.trouble, row.leased_until = sent, given_up, trouble, None
    row.text = row.html = ""


def _sweep_outbox(session: Session) -> None:
    old = clock.now() - MAIL_RETENTION
    done = or_(col(OutboxMail.sent) < old, col(OutboxMail.given_up) < old)
    execute_change(session, delete(OutboxMail).where(done))


# -- work at set intervals --------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """A scheduled job: a function run in its own transaction every `seconds`.

    Slow parts without the database (such as listing a store) run around it: the result of `before`
    is passed to `function` after the session, the result of `function` to `after`.
    """

    seconds: int
    name: str
    function: Callable[..., object]
    before: Callable[[], object] | None = None
    after: Callable[[Any], object] | None = None


JOBS: dict[str, Job] = {}


def add(job: Job) -> None:
    """Register a job; of all workers one runs it at each interval."""
    JOBS[job.name] = job


def run_jobs() -> list[str]:
    """Run the jobs that are due and not leased by another worker; returns their names."""
    return [job.name for job in JOBS.values() if _takes_lease(job) and _run(job)]


def _takes_lease(job: Job) -> bool:
    """Take the lease: a `Counter` row with the next due time, in seconds since `clock.EPOCH`."""
    now, key = int((clock.now() - clock.EPOCH).total_seconds()), f"job {job.name}"[:60]
    with db.reading() as session:
        known = session.get(Counter, key)
        if known and now < known.value <= now + job.seconds:
            return False  # a later time was written under a wrong clock, so the job is due
    with db.writing() as session:
        lock(session, key)
        if session.get(Counter, key) is None:
            session.add(Counter(key=key, value=0))
            session.flush()
        value = col(Counter.value)
        is_due = or_(value <= now, value > now + job.seconds)
        due = update(Counter).where(col(Counter.key) == key, is_due)
        return execute_change(session, due.values(value=now + job.seconds)) == 1


def _run(job: Job) -> bool:
    try:
        arguments = [job.before()] if job.before else []
        with db.writing() as session:
            result = job.function(session, *arguments)
        if job.after:
            job.after(result)
    except Exception:  # the next job must run all the same
        log.exception("job %s failed", job.name)
        return False
    return True


def _log_audit_head(session: Session) -> None:
    row, seal = audit.head(session)
    log.info("audit head", extra={"row": row, "seal": seal})


def _reset_mail(session: Session) -> None:
    """After a change of the clock: expire unsent codes, and send emails due in the far future."""
    now = clock.now()
    waiting = [col(OutboxMail.sent).is_(None), col(OutboxMail.given_up).is_(None)]
    too_far = or_(
        col(OutboxMail.next_try) > now + MAX_RETRY_DELAY,
        col(OutboxMail.leased_until) > now + LEASE_LIFETIME,
    )
    emails = update(OutboxMail).where(*waiting)
    execute_change(session, emails.where(col(OutboxMail.expires).is_not(None)).values(expires=now))
    execute_change(
        session, emails.where(too_far).values(next_try=now, leased_until=None, created=now)
    )


clock_step.after_step(_reset_mail)
clock_step.after_step(limits.forget_future)
add(Job(3600, "limits", limits.sweep))
add(Job(24 * 3600, "outbox", _sweep_outbox))
add(Job(24 * 3600, "audit head", _log_audit_head))


# -- the loop ---------------------------------------------------------------------------------


def run_forever(stop: threading.Event) -> None:
    """Run all background threads until `stop` is set; errors are logged, and the loops go on.

    Half of the SMTP connections send codes only, and jobs have a thread apart from the mail.
    """
    many = settings.smtp_connections
    work: list[Callable[[], object]] = [partial(check_clock, clock_step.StepDetector())]
    work += [partial(send_due, codes_only=number < many // 2) for number in range(many)]
    threads = [threading.Thread(target=_repeat, args=(stop, one), daemon=True) for one in work]
    for thread in threads:
        thread.start()
    _repeat(stop, run_jobs, pause=5)
    for thread in threads:
        thread.join()


def _repeat(
    stop: threading.Event, work: Callable[[], object], pause: float = POLL_INTERVAL
) -> None:
    """Call `work` until `stop` is set, with a pause whenever it did nothing."""
    while not stop.is_set():
        try:
            done = work()
        except Exception:  # a locked or absent database must not end the worker
            log.exception("worker failed, trying on")
            done = None
        if not done:
            stop.wait(pause)


def check_clock(detector: clock_step.StepDetector) -> None:
    """Detect a change of the clock, and reset what the wrong time produced (`clock_step`)."""
    with db.reading() as session:
        step = detector.step(session)
    if not (detector.is_record_due() or step):
        return
    with db.writing() as session:
        if step:
            clock_step.run_reset_functions(session, step)
        clock_step.record_time(session)
