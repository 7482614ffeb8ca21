"""Detects that the server's clock was changed, and runs the reset functions registered for that.

Without it a code made while the clock was an hour ahead would become valid again an hour later, an
email would wait for years, and a counted try would count for years.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from . import clock
from .models import Counter

STEP_TOLERANCE = 30  # seconds; smaller changes of the clock are ignored
RECORD_INTERVAL = 60  # seconds between two recordings of the time in the database
LAST_TIME_KEY = "clock seen"
log = logging.getLogger(__name__)
HANDLERS: list[Callable[[Session], object]] = []  # run after a step of the clock


def after_step(function: Callable[[Session], object]) -> None:
    """Run `function(session)` whenever the clock was found to have been set."""
    if function not in HANDLERS:
        HANDLERS.append(function)


def run_reset_functions(session: Session, step: float) -> None:
    """Log an alarm and run what `after_step` registered; `step` in seconds."""
    log.error("alarm: the clock was set by %s seconds", round(step))
    for function in HANDLERS:
        function(session)


class StepDetector:
    """Compares the clock with the monotonic clock, which nobody can set, from its first call on.

    A clock set back while no server ran is noticed by the time that the last run recorded.
    """

    def __init__(self):
        self._offset: float | None = None
        self._recorded = float("-inf")

    def step(self, session: Session) -> float:
        """By how many seconds the clock was changed since the last call; 0 for less than 30."""
        now = clock.now()
        offset = now.timestamp() - time.monotonic()
        step = _since_last_run(session, now) if self._offset is None else offset - self._offset
        self._offset = offset
        return step if abs(step) >= STEP_TOLERANCE else 0

    def is_record_due(self) -> bool:
        """Whether the time was recorded a minute ago or longer; True only once a minute."""
        if (steady := time.monotonic()) - self._recorded < RECORD_INTERVAL:
            return False
        self._recorded = steady
        return True


def record_time(session: Session) -> None:
    """Store the current time, for the first comparison of the next run."""
    session.merge(Counter(key=LAST_TIME_KEY, value=_seconds(clock.now())))


def _since_last_run(session: Session, now: datetime) -> float:
    """Seconds below 0 if the clock was set back since; a step ahead cannot be told from a pause."""
    seen = session.get(Counter, LAST_TIME_KEY)
    return min(0, _seconds(now) - seen.value) if seen else 0


def _seconds(moment: datetime) -> int:
    return int((moment - clock.EPOCH).total_seconds())
