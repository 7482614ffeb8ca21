"""Rate limits: sliding-window counters stored as rows, shared by all workers, failing closed."""

import math
from collections import Counter
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import delete, func, insert
from sqlmodel import Session, col, select

from . import clock
from .locks import execute_change, lock, lock_all
from .models import LimitHit
from .tokens import keyed

Window = tuple[int, timedelta]  # maximum number of hits, length of the window
HIT_RETENTION = timedelta(days=31)  # also the longest window


def spend(session: Session, key: str, *, limit: int, per: timedelta) -> bool:
    """Count one try at `key`; False, and nothing counted, when the window is full."""
    return spend_within(session, key, (limit, per))


def spend_within(session: Session, key: str, *windows: Window) -> bool:
    """Count one try that must fit several windows at once (5 an hour and 10 a day)."""
    lock(session, f"limit {key}")
    if any(count(session, key, per=per) >= limit for limit, per in windows):
        return False
    count_event(session, key)
    return True


def count_event(session: Session, key: str) -> None:
    """Count one event at `key` without any limit."""
    session.execute(insert(LimitHit).values(key=_hashed(key), at=clock.now()))


class BulkCounter:
    """Rate limits for many keys at once, with one query to count and one statement to write.

    All keys are locked at the beginning; call `save` in the same transaction.
    """

    def __init__(self, session: Session, keys: Collection[str], *, per: timedelta):
        lock_all(session, [f"limit {key}" for key in keys])
        self._session, self._now = session, clock.now()
        self._hashes = {key: _hashed(key) for key in keys}
        recent = col(LimitHit.key).in_(self._hashes.values()), col(LimitHit.at) > self._now - per
        counts = select(LimitHit.key, func.count()).where(*recent).group_by(col(LimitHit.key))
        self._count = Counter(dict(session.exec(counts).all()))
        self._spent: list[str] = []

    def spend(self, key: str, *, limit: int) -> bool:
        """As `limits.spend`, for one of the keys; `save` writes it."""
        key_hash = self._hashes[key]
        if self._count[key_hash] >= limit:
            return False
        self._count[key_hash] += 1
        self._spent.append(key_hash)
        return True

    def save(self) -> None:
        """Write the tries counted so far."""
        if self._spent:
            rows = [{"key": key, "at": self._now} for key in self._spent]
            self._session.execute(insert(LimitHit), rows)


def count(session: Session, key: str, *, per: timedelta) -> int:
    """How many tries of the last `per` are counted at `key`."""
    recent = col(LimitHit.at) > clock.now() - per
    hits = select(func.count()).where(LimitHit.key == _hashed(key), recent)
    return session.exec(hits).one()


def seconds_left(session: Session, key: str, *, per: timedelta) -> int:
    """Whole seconds until the newest try at `key` leaves its window; 0 when it already has."""
    newest = session.exec(
        select(func.max(LimitHit.at)).where(LimitHit.key == _hashed(key))
    ).one_or_none()
    left = clock.utc(newest) + per - clock.now() if newest else timedelta(0)
    return max(0, math.ceil(left.total_seconds()))


def seconds_until_free(session: Session, key: str, *, limit: int, per: timedelta) -> int:
    """Whole seconds until one more of `limit` tries fits into the window; 0 when one fits now."""
    newest = select(LimitHit.at).where(LimitHit.key == _hashed(key))
    last = newest.order_by(col(LimitHit.at).desc()).offset(limit - 1).limit(1)
    found = session.exec(last).first()
    left = clock.utc(found) + per - clock.now() if found else timedelta(0)
    return max(0, math.ceil(left.total_seconds()))


def clear(session: Session, key: str) -> None:
    """Forget the tries at `key`: after a success, failures before it no longer count."""
    execute_change(session, delete(LimitHit).where(col(LimitHit.key) == _hashed(key)))


def refund(session: Session, key: str) -> None:
    """Delete the newest try at `key`: it was counted beforehand, and then succeeded."""
    newest = select(LimitHit.id).where(LimitHit.key == _hashed(key))
    newest = newest.order_by(col(LimitHit.at).desc()).limit(1)
    if (hit := session.exec(newest).first()) is not None:
        execute_change(session, delete(LimitHit).where(col(LimitHit.id) == hit))


def sweep(session: Session) -> int:
    """Delete tries older than every window; returns how many."""
    return execute_change(
        session, delete(LimitHit).where(col(LimitHit.at) < clock.now() - HIT_RETENTION)
    )


def forget_future(session: Session) -> int:
    """Delete tries dated in the future, counted while the clock was wrong; returns how many."""
    return execute_change(session, delete(LimitHit).where(col(LimitHit.at) > clock.now()))


def _hashed(key: str) -> str:
    return keyed("limit", key)
