"""The office's one clock. Stored times are UTC, the office's days are WIB."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Pontianak")
# Seconds from here fit into 32 bits; each QR counts so too.
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
CLOCK_TOLERANCE = timedelta(
    seconds=60
)  # a moment that far ahead is a clock that was corrected, no lie
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """This moment in UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Let acts of the demo office and of tests happen at another moment."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def is_pretended() -> bool:
    """Whether this act happens at a moment chosen on purpose, so that it may lie in the past."""
    return _pretended.get() is not None


def today() -> date:
    """The office's calendar day, in WIB."""
    return office_day(now())


def office_day(moment: datetime) -> date:
    """The calendar day in WIB on which `moment` falls; a naive moment is read as UTC."""
    return local(moment).date()


def local(moment: datetime) -> datetime:
    """`moment` in WIB; a naive moment (as SQLite returns it) is read as UTC."""
    return utc(moment).astimezone(WIB)


def utc(moment: datetime) -> datetime:
    """`moment` with its zone: SQLite hands back naive UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
