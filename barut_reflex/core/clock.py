"""Current time, replaceable for demo and tests; stored times are UTC, calendar days WIB (UTC+7)."""

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
)  # a stored time that far ahead is a small clock correction, no forgery
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """This moment in UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Replace the current time while the block runs; for the demo's data and for tests."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def is_pretended() -> bool:
    """Whether the current time is replaced by `pretend`, and so may lie in the past."""
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
    """`moment` with a time zone; a naive one is UTC, since SQLite returns times without a zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
