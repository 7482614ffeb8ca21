"""Faults: kill -9, flush order, full disk, locked database, SMTP, clock jumps (rows 31-35, 37)."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from barut_reflex.accounts.service import sweep
from barut_reflex.applications import service as applications
from barut_reflex.core import clock_step, db
from barut_reflex.people.models import Person
from measure.row import Figure, Scale
from probes.faults import bad_mail, busy_database, clock_changes, flush_order, full_disk, killing
from probes.faults.backlog import make_ready_seeker
from probes.faults.temporary_office import temporary_office
from probes.servers import empty_database, start_postgres, stop_postgres

from .table import TABLE

MAX_SECONDS_TO_REPORT = 5.5  # seconds: five of patience, and what it takes to say so


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="barut-bar-") as folder:
        yield Path(folder)


@TABLE.row(
    31,
    "kill -9: acknowledged acts lost / rows without file / torn",
    goal="0 / 0 / 0 (500 kills)",
    points=4,
)
def kills(scale: Scale) -> Figure:
    with _folder() as folder:
        found = killing.kill_loop(folder, scale.of(20, 500, 500))
    with _folder() as folder:
        control = killing.kill_loop(folder, 20, attach=killing.row_first)
    detail = (
        f"{found.kills} kills while people sign up, hand in, send and are approved; "
        f"{found.acknowledged:,} acts acknowledged, {found.inconsistent} half acts; "
        f"control (row before file): {control.torn} torn, {control.without_file} without file"
    )
    value = f"{found.lost} / {found.without_file} / {found.torn}"
    return Figure(value, found.is_none and control.torn + control.without_file > 0, detail)


@TABLE.row(32, "Flushed to disk before success is reported", goal="100 % of 50", points=1)
def flushed_in_order(scale: Scale) -> Figure:
    if not shutil.which("strace"):
        return Figure("not measured", False, "strace is not here; the suite checks the calls")
    wanted = scale.of(3, 50, 50)
    with _folder() as folder:
        acts = flush_order.traced(folder, wanted)
    with _folder() as folder:
        control = flush_order.traced(folder, 3, way="row_first")
    right = sum(map(flush_order.is_in_order, acts))
    detail = f"as the kernel saw it: {', '.join(flush_order.STEPS)}; "
    detail += f"control (row before file): {sum(map(flush_order.is_in_order, control))} of 3"
    passed = right == len(acts) == wanted and not any(map(flush_order.is_in_order, control))
    return Figure(f"{right} of {wanted}", passed, detail)


@TABLE.row(
    33, "Full disk: faults injected / half acts / failed retries", goal=">= 50 / 0 / 0", points=2
)
def disk_full(scale: Scale) -> Figure:
    with _folder() as folder:
        found = full_disk.try_all(folder)
    wrong = [*found.partial, *found.unexpected_errors, *found.failed_retries]
    detail = "every write of files, database and ledger in turn; each act again once there is room"
    value = f"{found.points} / {len(found.partial)} / {len(found.failed_retries)}"
    return Figure(value, not wrong and found.points >= 50, f"{detail} {wrong[:3] or ''}")


@TABLE.row(
    34,
    "Database locked 3 s / 10 s; PostgreSQL restarted",
    goal="done / reported within 5 s, nothing half; <= 5 s",
    points=1,
    timed=True,
)
def database_away(scale: Scale) -> Figure:
    with temporary_office():
        short = busy_database.try_under_lock(_start(make_ready_seeker()), lambda: time.sleep(3))
        long = busy_database.try_under_lock(_start(make_ready_seeker()), lambda: time.sleep(10))
    with empty_database() as url, temporary_office(url):
        seeker = make_ready_seeker()
        stop_postgres()
        refused = busy_database.try_once(_start(seeker))
        start_postgres()
        began = time.monotonic()
        _start(seeker)()
        back = time.monotonic() - began
    value = f"{_said(short)} / {_said(long)}; {back:.1f} s"
    detail = f"waited {short.seconds:.1f} s; gave up after {long.seconds:.1f} s; while away: "
    detail += _said(refused)
    passed = short.is_done and long.is_reported and refused.is_reported and back <= 5
    passed = passed and long.seconds < MAX_SECONDS_TO_REPORT
    return Figure(value, passed, detail)


def _start(seeker: int):
    def act():
        with db.writing() as session:
            applications.start_new(session, session.get_one(Person, seeker))

    return act


def _said(met: busy_database.LockedAttempt) -> str:
    return "done" if met.is_done else "reported, nothing half" if met.is_reported else "crashed"


@TABLE.row(35, "SMTP faults: lost emails / emails sent after expiry", goal="0 / 0 (12)", points=2)
def mail_faults(scale: Scale) -> Figure:
    with _folder() as folder:
        found = bad_mail.try_all(folder, timeout=scale.of(0.3, 0.5, 2))
    detail = f"{found.faults} faults ({', '.join(bad_mail.FAULTS)}); {found.sent} letters arrived; "
    detail += f"copies beyond lost answers: {len(found.copies)}"
    wrong = [*found.lost, *found.late, *found.copies]
    value = f"{len(found.lost)} / {len(found.late)}"
    return Figure(value, not wrong and found.faults >= 12, f"{detail} {wrong[:3] or ''}")


@TABLE.row(37, "Clock jumps: codes over 180 s / backdated cards", goal="0 / 0 (8)", points=1)
def clock_jumps(scale: Scale) -> Figure:
    clock_step.after_step(sweep.after_clock_step)  # as the app does
    with _folder() as folder:
        found = clock_changes.try_all(folder)
    detail = f"{len(clock_changes.JUMPS) - 1} jumps ({', '.join(list(clock_changes.JUMPS)[1:])}), "
    detail += f"{found.tries} right codes given, {found.in_time} taken in time"
    wrong = [*found.too_late, *found.backdated, *found.stuck]
    value = f"{len(found.too_late)} / {len(found.backdated)}"
    return Figure(value, not wrong and found.in_time > 0, f"{detail} {wrong[:3] or ''}")
