"""The server's clock jumps while one-time codes are valid and while cards are issued (row 37).

Two times run here: the real one, which a person's watch shows, and the server's, which is the
real one plus whatever it was set by. The worker looks at its clock as it does when it runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel, create_engine, select

from barut_reflex.accounts.rules import Purpose
from barut_reflex.accounts.service import codes
from barut_reflex.cards.models import Card
from barut_reflex.core import clock, clock_step, db, worker
from barut_reflex.core.errors import Refusal
from barut_reflex.core.settings import settings
from barut_reflex.people.models import Person
from barut_reflex.review import service as review

from .backlog import make_officer, make_submitted_cases

MORNING = datetime(2026, 4, 20, 1, 0, tzinfo=clock.UTC)
HOUR, DAY = 3600, 86_400
TO_1970 = (datetime(1970, 1, 1, tzinfo=clock.UTC) - MORNING).total_seconds()
JUMPS = {
    "not at all": 0,
    "an hour ahead": HOUR,
    "an hour back": -HOUR,
    "a day ahead": DAY,
    "a day back": -DAY,
    "to 1970": TO_1970,
    "ten years ahead": 3650 * DAY,
    "two minutes ahead": 120,
    "two minutes back": -120,
}
CODE_LIFETIME = 180  # seconds a code may live


class SetClock:
    """The real time in seconds since the morning, and by how much the server's clock is off."""

    def __init__(self, start: float):
        self.real, self.off = start, 0.0
        self.watch = clock_step.StepDetector()

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.real + self.off)

    def go_to(self, real: float) -> None:
        """Let the time pass; the worker looks on its way."""
        self.real = max(self.real, real)
        worker.check_clock(self.watch)

    def set_by(self, seconds: float) -> None:
        """Somebody sets the clock; the worker's next look is half a second later."""
        self.off += seconds
        self.go_to(self.real + 0.5)


@dataclass
class ClockResult:
    """What wrong clocks did. `tries`: how often a right code was given."""

    tries: int = 0
    in_time: int = 0  # taken within its three minutes
    too_late: list[str] = field(default_factory=list)
    backdated: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)  # refused though the clock was right again


@contextmanager
def settable_clock(start: float = 0) -> Iterator[SetClock]:
    """A clock that can be set, for the office and for its worker."""
    with pytest.MonkeyPatch.context() as patch:
        own = SetClock(start)
        patch.setattr(clock, "now", own.now)
        patch.setattr(clock_step.time, "monotonic", lambda: own.real)
        own.go_to(start)
        yield own


@contextmanager
def office_in_memory(folder: Path) -> Iterator[None]:
    """An office that needs no disk; only the key of its codes lies in `folder`."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    SQLModel.metadata.create_all(engine)
    _ = settings.secret_key
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "engine", engine)
        patch.setattr(settings, "var", folder)
        yield


def try_all(folder: Path, jumps: dict[str, float] = JUMPS) -> ClockResult:
    """Every jump, with the code made before it and made during it."""
    found = ClockResult()
    with office_in_memory(folder):
        for name, seconds in jumps.items():
            for real in _entry_times(abs(seconds)):
                _enter_code(found, f"{name}, code before", real, [(10, seconds)])
                _enter_code(found, f"{name}, and back", real, [(10, seconds), (15, -seconds)])
                _enter_code(found, f"code during {name}", real, [(-1, seconds), (10, -seconds)])
            _issue_cards(found, name, seconds)
    return found


def _entry_times(jump: float) -> list[float]:
    """When somebody gives the code: around its end, and when a wrong clock would come by again."""
    again = (jump - 30, jump + 20, jump + 60, jump + CODE_LIFETIME - 5)
    return sorted(
        {
            20,
            60,
            CODE_LIFETIME - 2,
            CODE_LIFETIME + 2,
            CODE_LIFETIME + 55,
            *(at for at in again if at > CODE_LIFETIME),
        }
    )


def _enter_code(
    found: ClockResult, name: str, real: float, sets: list[tuple[float, float]]
) -> None:
    """Make a code at 0, set the clock as told, and give the right code at `real` seconds."""
    flow = f"{found.tries:064}"
    with settable_clock(found.tries * 10 * DAY) as own:
        for at, seconds in sets:
            if at < 0:
                own.set_by(seconds)
        begun = own.real
        with db.writing() as session:
            code, _ = codes.create_code(
                session, Purpose.SIGN_UP, email="dewi@contoh.id", flow=flow, is_real=True
            )
        for at, seconds in sets:
            if 0 <= at < real:
                own.go_to(begun + at)
                own.set_by(seconds)
        own.go_to(begun + real)
        found.tries += 1
        if _is_taken(code, flow):
            found.in_time += real <= CODE_LIFETIME
            found.too_late += [f"{name}, {real:.0f} s"] if real > CODE_LIFETIME else []


def _is_taken(code: str, flow: str) -> bool:
    try:
        with db.writing() as session:
            codes.use_code(session, Purpose.SIGN_UP, code, flow=flow)
    except Refusal:
        return False
    return True


def _issue_cards(found: ClockResult, name: str, seconds: float) -> None:
    """A card before the jump, one tried during it, one after: none is dated before the last."""
    with settable_clock(found.tries * 10 * DAY) as own:
        officer, dated = make_officer(), []
        for case, by in zip(make_submitted_cases(3), (0, seconds, -seconds), strict=True):
            own.set_by(by)
            own.go_to(own.real + 30)
            dated.append(_approve(case, officer))
        issued = [at for at in dated if at]
        if any(later < earlier for earlier, later in pairwise(issued)):
            found.backdated.append(name)
        if dated[2] is None and seconds <= 0:
            found.stuck.append(name)
        _revoke_all()


def _approve(case, officer: int) -> datetime | None:
    try:
        with db.writing() as session:
            by = session.get_one(Person, officer)
            return clock.utc(review.approve(session, by, case.public_id, seal=case.seal).issued)
    except Refusal:
        return None


def _revoke_all() -> None:
    """As an administrator revokes what a wrong clock had dated."""
    with db.writing() as session:
        for card in session.exec(select(Card)):
            card.revoked = card.revoked or clock.now()
            session.add(card)
