"""Query: the numbers of sent applications, accounts and active staff, cached for a few seconds."""

from dataclasses import dataclass
from threading import Condition

from cachetools import TTLCache, cached
from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from ...applications.models import Application
from ...applications.status import Status
from ...people.models import Person
from ...people.rules import STAFF

CACHE_SECONDS = 3  # seconds


@dataclass(frozen=True)
class Counts:
    """Totals of the office; `sent` maps each status but DRAFT to its number of applications."""

    sent: dict[str, int]
    people: int
    staff: int


def count_now(session: Session) -> Counts:
    """The totals, counted now. Each by an index (`totals` of `list-*`: 30 ms at 100,000)."""
    sent = select(Application.status, func.count()).where(Application.status != Status.DRAFT)
    people = select(func.count()).select_from(Person)
    staff = people.where(col(Person.role).in_(STAFF), col(Person.is_active))
    return Counts(
        sent=dict(session.exec(sent.group_by(col(Application.status))).all()),
        people=session.exec(people).one(),
        staff=session.exec(staff).one(),
    )


def _database(session: Session) -> Engine:
    return session.connection().engine


@cached(TTLCache(maxsize=1, ttl=CACHE_SECONDS), key=_database, condition=Condition())
def cached_counts(session: Session) -> Counts:
    """The totals, up to `CACHE_SECONDS` old, shared by all open pages of this worker process.

    For staff: callers check that. If each page counted for itself, the list would miss its goal
    of 10 ms at 1,000,000 applications (`list-*` in `docs/benchmarks.md`).
    """
    return count_now(session)
