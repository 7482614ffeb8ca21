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

STEP_TOLERANCE = 30  # seconds a clock may be set without anybody minding
RECORD_INTERVAL = 60  # seconds between two notes of the time in the database
LAST_TIME_KEY = "clock seen"
log = logging.getLogger(__name__)
_reset_functions: list[Callable[[Session], object]] = []


def after_step(function: Callable[[Session], object]) -> None:
    """Run `function(session)` whenever the clock was found to have been set."""
    if function not in _reset_functions:
        _reset_functions.append(function)


def run_reset_functions(session: Session, step: float) -> None:
    """Sound the alarm, and do what was asked for with `after_step`."""
    log.error("alarm: the clock was set by %s seconds", round(step))
    for function in _reset_functions:
        function(session)


class StepDetector:
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
        return step if abs(step) >= STEP_TOLERANCE else 0

    def is_record_due(self) -> bool:
        """Whether it is a minute since the time was noted; asked once, it is noted."""
        if (steady := time.monotonic()) - self._noted < RECORD_INTERVAL:
            return False
        self._noted = steady
        return True


def record_time(session: Session) -> None:
    """Write down the time, for the next run."""
    session.merge(Counter(key=LAST_TIME_KEY, value=_seconds(clock.now())))


def _since_last_run(session: Session, now: datetime) -> float:
    """Below 0 when the clock was set back meanwhile; a step ahead looks like a pause."""
    seen = session.get(Counter, LAST_TIME_KEY)
    return min(0, _seconds(now) - seen.value) if seen else 0


def _seconds(moment: datetime) -> int:
    return int((moment - clock.EPOCH).total_seconds())
