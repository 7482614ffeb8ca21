"""Audit of staff viewing personal data: a view writes an audit row; too many raise an alarm.

The same view again within ten minutes writes none; the alarm is a log line and an audit row.
A query marked with `@audited` says whose data it returned; the functions of `gate.doors` that run
queries commit its row before they return the result. Why: `docs/decisions/0012`.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from sqlmodel import Session, col, func, select

from . import audit, clock
from .indonesian import searchable
from .models import AuditEntry
from .tokens import keyed

SAME_VIEW_WINDOW = timedelta(minutes=10)  # the same view again within it writes no second row
PEOPLE_ALARM = (
    200,
    timedelta(hours=1),
)  # people one officer may view within an hour before the alarm
LINES_PER_PERSON = 10  # lines of a list, their NIK masked, count as one person seen in full
ALARM_ACT = "alarm_many_views"
NIK_DIGITS = 16
WHOSE = "__gives__"
log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
By = TypeVar("By", bound=audit.Actor)
Query = Callable[Concatenate[Session, By, P], T]


class ViewKind(StrEnum):
    """What was viewed; the value is the act in the audit trail."""

    CASE = "view_case"
    PAPER = "view_paper"
    CARD = "view_card"
    IDENTITY = "view_identity"
    SHARED = "view_shared"
    CODE = "view_code"
    PRINT = "print_card"
    LIST = "view_list"


class View(NamedTuple):
    """One view: `subject` is the public id of the person viewed, `detail` what was opened.

    For a list `subject` is a hash of the query, and `lines` the number of people on it.
    """

    kind: ViewKind
    subject: str
    nik: str = ""
    detail: str = ""
    lines: int = 0

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for views that count as one; a list stays the same view when its people change."""
        return (self.kind, self.subject, self.nik, "" if self.lines else self.detail)


def audited(
    whose: Callable[..., View | None],
) -> Callable[[Query[By, P, T]], Query[By, P, T]]:
    """Mark a query that returns personal data to staff, so that each view of it is recorded.

    `whose(session, result, ...)` takes the arguments of the query and returns the View of that
    result; None when it has nobody's data.
    """

    def mark(query: Query[By, P, T]) -> Query[By, P, T]:
        setattr(query, WHOSE, whose)
        return query

    return mark


def is_audited(query: Callable) -> bool:
    """Whether a query is marked with `@audited`."""
    return hasattr(query, WHOSE)


def view_of(
    session: Session, query: Callable, result: object, /, *args: object, **kwargs: object
) -> View | None:
    """The view that this result is; None when it has nobody's data."""
    whose = getattr(query, WHOSE, None)
    return whose(session, result, *args, **kwargs) if whose else None


def list_view(name: str, lines: int, *, search: str = "", **filters: str) -> View | None:
    """The view of one page of a list, for `whose` to return; None for an empty page.

    A search text may be a name or a NIK, so only a keyed hash of it is stored.
    """
    if not lines:
        return None
    typed = searchable(search).strip()
    filters |= {"cari": keyed("search", typed)[:16] if typed else ""}
    query = "; ".join([name, *(f"{key}={value}" for key, value in filters.items() if value)])
    digits = "".join(filter(str.isdigit, typed))
    return View(
        ViewKind.LIST,
        f"{name} {keyed('question', query)[:16]}",
        digits if len(digits) == NIK_DIGITS else "",
        f"{lines} orang; {query}",
        lines,
    )


def is_new(session: Session, view: View, *, by: audit.Actor) -> bool:
    """Whether this view needs a row: there is no equal one of the last ten minutes."""
    alike = select(AuditEntry.id).where(
        AuditEntry.actor_id == by.id,
        col(AuditEntry.at) > clock.now() - SAME_VIEW_WINDOW,
        AuditEntry.act == view.kind.value,
        AuditEntry.subject == view.subject,
        AuditEntry.nik_hash == audit.nik_hash(view.nik),
    )
    if not view.lines:
        alike = alike.where(AuditEntry.detail == view.detail)
    return session.exec(alike.limit(1)).first() is None


def record(session: Session, view: View, *, by: audit.Actor) -> None:
    """Write one view into the audit trail, and check the alarm."""
    add_row(session, view, by=by)
    check_alarm(session, by=by)


def add_row(session: Session, view: View, *, by: audit.Actor) -> None:
    """Write the row without checking the alarm, for many views; call `check_alarm` once after."""
    of = {"subject": view.subject, "nik": view.nik, "detail": view.detail}
    audit.record(session, view.kind, by=by, **of)


def check_alarm(session: Session, *, by: audit.Actor) -> None:
    """Raise the alarm if an officer viewed too many people; at most once an hour for each.

    Nobody is stopped, since a busy day may be honest; the alarm is in the log and the trail.
    """
    many, per = PEOPLE_ALARM
    lately = (AuditEntry.actor_id == by.id, col(AuditEntry.at) > clock.now() - per)
    alarmed = select(AuditEntry.id).where(*lately, AuditEntry.act == ALARM_ACT).limit(1)
    if session.exec(alarmed).first() is not None:
        return
    single = [kind.value for kind in ViewKind if kind is not ViewKind.LIST]
    count_people = select(func.count(func.distinct(AuditEntry.subject))).where(
        *lately, col(AuditEntry.act).in_(single)
    )
    people, lines = session.exec(count_people).one(), _lines(session, lately)
    if people + lines // LINES_PER_PERSON <= many:
        return
    log.warning("alarm: officer %s opened more than %s people within %s", by.id, many, per)
    detail = f"more than {many}: {people} people, {lines} lines of lists"
    audit.record(session, ALARM_ACT, by=by, subject=str(by.id), detail=detail)


def _lines(session: Session, lately: tuple) -> int:
    """Lines of the lists that were viewed; the same page of a list counts once."""
    pages = select(AuditEntry.subject, AuditEntry.detail).where(
        *lately, AuditEntry.act == ViewKind.LIST.value
    )
    of_each = {subject: int(detail.split()[0]) for subject, detail in session.exec(pages)}
    return sum(of_each.values())
