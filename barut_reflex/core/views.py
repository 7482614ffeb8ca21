"""Looks of the office at people's data: each question says whom it gave, each look leaves a row.

A question marked with `gives` can be asked through the doors of `gate.doors` only in
such a way that its row is committed before the answer is given. `docs/decisions/0012` says why.
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

SAME_VIEW_WINDOW = timedelta(minutes=10)  # the same look within it leaves no second row
PEOPLE_ALARM = (200, timedelta(hours=1))  # people one officer may look at before the alarm
LINES_PER_PERSON = 10  # lines of a list, their NIK masked, count as much as one person seen whole
ALARM_ACT = "alarm_many_views"
NIK_DIGITS = 16
WHOSE = "__gives__"
log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
By = TypeVar("By", bound=audit.Actor)
Query = Callable[Concatenate[Session, By, P], T]


class ViewKind(StrEnum):
    """What was looked at, as the trail names it."""

    CASE = "view_case"
    PAPER = "view_paper"
    CARD = "view_card"
    IDENTITY = "view_identity"
    SHARED = "view_shared"
    CODE = "view_code"
    PRINT = "print_card"
    LIST = "view_list"


class View(NamedTuple):
    """Whom an answer gives: `subject` is the person's public id, `detail` what was opened.

    Of a list `subject` is the question, and `lines` how many people stand on it.
    """

    kind: ViewKind
    subject: str
    nik: str = ""
    detail: str = ""
    lines: int = 0

    @property
    def key(self) -> tuple[str, ...]:
        """Alike for two looks that are one: people come and go in a list without a new question."""
        return (self.kind, self.subject, self.nik, "" if self.lines else self.detail)


def audited(
    whose: Callable[..., View | None],
) -> Callable[[Query[By, P, T]], Query[By, P, T]]:
    """Mark a question that gives people's data to staff, and so must be told who looks.

    `whose(session, answer, ...)` takes what was asked as the question took it, and says whose data
    the answer gives; None when it gives nobody's.
    """

    def mark(question: Query[By, P, T]) -> Query[By, P, T]:
        setattr(question, WHOSE, whose)
        return question

    return mark


def is_audited(question: Callable) -> bool:
    """Whether it is marked as one that gives people's data."""
    return hasattr(question, WHOSE)


def view_of(
    session: Session, question: Callable, answer: object, *asked: object, **named: object
) -> View | None:
    """The look that this answer is; None when it gives nobody's data."""
    whose = getattr(question, WHOSE, None)
    return whose(session, answer, *asked, **named) if whose else None


def list_view(name: str, lines: int, *, search: str = "", **asked: str) -> View | None:
    """The look at a page of a list, for `whose` to give; None when nobody stands on it.

    What was typed into a search may be a name or a NIK: only a keyed hash of it is kept.
    """
    if not lines:
        return None
    typed = searchable(search).strip()
    asked |= {"cari": keyed("search", typed)[:16] if typed else ""}
    question = "; ".join([name, *(f"{key}={value}" for key, value in asked.items() if value)])
    digits = "".join(filter(str.isdigit, typed))
    return View(
        ViewKind.LIST,
        f"{name} {keyed('question', question)[:16]}",
        digits if len(digits) == NIK_DIGITS else "",
        f"{lines} orang; {question}",
        lines,
    )


def is_new(session: Session, view: View, *, by: audit.Actor) -> bool:
    """Whether this look has to be noted: the first like it within ten minutes."""
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
    """Write one look into the trail; more people than anybody needs in an hour is an alarm."""
    add_row(session, view, by=by)
    check_alarm(session, by=by)


def add_row(session: Session, view: View, *, by: audit.Actor) -> None:
    """The row alone, for many looks at once: ask `watch` after the last of them."""
    of = {"subject": view.subject, "nik": view.nik, "detail": view.detail}
    audit.record(session, view.kind, by=by, **of)


def check_alarm(session: Session, *, by: audit.Actor) -> None:
    """The one alarm for all ways to look, once an hour for each officer.

    Nobody is stopped, since a busy day may be honest; the alarm stands in log and trail.
    """
    many, per = PEOPLE_ALARM
    lately = (AuditEntry.actor_id == by.id, col(AuditEntry.at) > clock.now() - per)
    told = select(AuditEntry.id).where(*lately, AuditEntry.act == ALARM_ACT).limit(1)
    if session.exec(told).first() is not None:
        return
    whole = [seen.value for seen in ViewKind if seen is not ViewKind.LIST]
    seen = select(func.count(func.distinct(AuditEntry.subject))).where(
        *lately, col(AuditEntry.act).in_(whole)
    )
    people, lines = session.exec(seen).one(), _lines(session, lately)
    if people + lines // LINES_PER_PERSON <= many:
        return
    log.warning("alarm: officer %s opened more than %s people within %s", by.id, many, per)
    detail = f"more than {many}: {people} people, {lines} lines of lists"
    audit.record(session, ALARM_ACT, by=by, subject=str(by.id), detail=detail)


def _lines(session: Session, lately: tuple) -> int:
    """Lines of the lists that were asked for; the same question again gives no more people."""
    pages = select(AuditEntry.subject, AuditEntry.detail).where(
        *lately, AuditEntry.act == ViewKind.LIST.value
    )
    of_each = {subject: int(detail.split()[0]) for subject, detail in session.exec(pages)}
    return sum(of_each.values())
