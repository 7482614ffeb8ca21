"""Notices when the server's clock is set, and lets go of what the wrong time had made.

A code made while the clock was an hour ahead would come to life again an hour later, a letter
would wait for years, a counted try would count for years. So after a step all of these go.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from . import clock
from .models import Counter

SLACK = 30  # seconds a clock may be set without anybody minding
NOTED_EVERY = 60  # seconds between two notes of the time in the database
NOTE = "clock seen"
log = logging.getLogger(__name__)
HANDLERS: list[Callable[[Session], object]] = []  # run after a step of the clock


def after_step(function: Callable[[Session], object]) -> None:
    """Run `function(session)` whenever the clock was found to have been set."""
    if function not in HANDLERS:
        HANDLERS.append(function)


def let_go(session: Session, step: float) -> None:
    """Sound the alarm, and do what was asked for with `after_step`."""
    log.error("alarm: the clock was set by %s seconds", round(step))
    for function in HANDLERS:
        function(session)


class Watch:
    """Compares the clock with one that cannot be set, from its first look on.

    A clock set back while the office was closed shows by the time the last run noted.
    """

    def __init__(self):
        self._offset: float | None = None
        self._noted = float("-inf")

    def step(self, session: Session) -> float:
        """How many seconds the clock was set since the last look; 0 for less than 30."""
        now = clock.now()
        offset = now.timestamp() - time.monotonic()
        step = _since_last_run(session, now) if self._offset is None else offset - self._offset
        self._offset = offset
        return step if abs(step) >= SLACK else 0

    def is_due(self) -> bool:
        """Whether it is a minute since the time was noted; asked once, it is noted."""
        if (steady := time.monotonic()) - self._noted < NOTED_EVERY:
            return False
        self._noted = steady
        return True


def note(session: Session) -> None:
    """Write down the time, for the next run."""
    session.merge(Counter(key=NOTE, value=_counted(clock.now())))


def _since_last_run(session: Session, now: datetime) -> float:
    """Below 0 when the clock was set back meanwhile; a step ahead looks like a pause."""
    seen = session.get(Counter, NOTE)
    return min(0, _counted(now) - seen.value) if seen else 0


def _counted(moment: datetime) -> int:
    return int((moment - clock.EPOCH).total_seconds())
