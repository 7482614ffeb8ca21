"""Registration numbers of cards: region (4), sequence without gaps (6), issue date (8 digits).

Numbers are left out only after a restore, so that none is given twice.
"""

from datetime import datetime

from sqlalchemy import text, update
from sqlmodel import Session, col, func, select

from ..core import clock
from ..core.errors import Refusal
from ..core.models import Counter
from ..core.settings import settings
from .models import Card

MAX_SEQUENCE = 999_999
# When the sequence begins again at 1, by `BARUT_NUMBER_RESET`: the part of the date in its counter.
PERIODS = {"daily": "%Y-%m-%d", "monthly": "%Y-%m", "yearly": "%Y", "never": "semua"}


class ClockBehind(Refusal):
    message = (
        "Jam server lebih lambat dari kartu terakhir, jadi nomor tidak diterbitkan. "
        "Minta administrator membetulkan jam server, lalu coba lagi."
    )


class NumbersSpent(Refusal):
    message = "Nomor pendaftaran untuk masa ini sudah habis. Hubungi administrator."


def next_number(session: Session, at: datetime) -> str:
    """The next free registration number for a card issued at `at`, such as 620500000320042026.

    The counter row is raised in the caller's transaction: an approval that fails gives the number
    back, so the sequence has no gaps, and two approvals wait for each other at that row. Raises
    `ClockBehind` when the clock was set back, `NumbersSpent` after 999,999 numbers of a period.
    """
    check_clock(session, at)
    sequence = _take_next(session, _counter_key(at))
    if sequence > MAX_SEQUENCE:
        raise NumbersSpent
    return format_number(at, sequence)


def format_number(at: datetime, sequence: int) -> str:
    """The registration number of a day's date and a place in the sequence."""
    return f"{settings.region_code}{sequence:06}{clock.local(at):%d%m%Y}"


def skip_to(session: Session, number: str) -> tuple[int, int]:
    """Make sure that `number` and all before it in its period are never given again.

    Returns the counter before and after.
    """
    day = datetime.strptime(number[10:], "%d%m%Y").replace(tzinfo=clock.WIB)
    return _raise_to(session, _counter_key(day), int(number[4:10]))


def skip(session: Session, at: datetime, count: int) -> tuple[int, int]:
    """Leave out the next `count` numbers of the period of `at`.

    Returns the counter before and after.
    """
    counter = session.get(Counter, _counter_key(at))
    return _raise_to(session, _counter_key(at), (counter.value if counter else 0) + count)


def _raise_to(session: Session, key: str, value: int) -> tuple[int, int]:
    counter = session.get(Counter, key) or Counter(key=key, value=0)
    before, counter.value = counter.value, max(counter.value, value)
    session.add(counter)
    session.flush()
    return before, counter.value


def check_clock(session: Session, at: datetime) -> None:
    """Refuse a time before the newest card: a clock that was set back would backdate one."""
    if at < clock.EPOCH:
        raise ClockBehind
    if clock.is_pretended():  # the demo fills its database with cards of past days
        return
    # A clock that ran ahead leaves a card dated in the future. Once that card is revoked it must
    # not stop the next ones, so revoked cards are left out.
    good = select(func.max(col(Card.issued))).where(col(Card.revoked).is_(None))
    last = session.exec(good).one()
    if last is not None and clock.utc(last) > at + clock.CLOCK_TOLERANCE:
        raise ClockBehind


def _counter_key(at: datetime) -> str:
    return f"card-number:{clock.local(at).strftime(PERIODS[settings.number_reset])}"


def _take_next(session: Session, key: str) -> int:
    session.execute(
        text("INSERT INTO counter (key, value) VALUES (:key, 0) ON CONFLICT DO NOTHING"),
        {"key": key},
    )
    raised = (
        update(Counter)
        .where(col(Counter.key) == key)
        .values(value=Counter.value + 1)
        .returning(col(Counter.value))
    )
    return session.execute(raised).scalar_one()
