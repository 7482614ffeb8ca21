"""Services run in a session of the database, for the person behind a sign-in or for a guest."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from ..core import db, metrics, views
from ..people.models import Person
from ..people.rules import STAFF
from ..people.service import sessions

P = ParamSpec("P")
T = TypeVar("T")
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
Door = Callable[[], AbstractContextManager[Session]]

KNOWN_AT_MOST = 5000


def run(
    door: Door,
    sign_in: str,
    service: Callable[Concatenate[Session, Person, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run it for the person behind the sign-in; without one it is refused.

    A dangerous act also wants a password given within the last five minutes.
    """
    with _measured(door, service), door() as session:
        by = sessions.get_person(session, sign_in)
        sessions.ensure_confirmed(session, service, sign_in)
        answer = service(session, by, *args, **kwargs)
        view = _new_view(session, by, service, answer, *args, **kwargs)
    if view:
        with db.writing() as session:
            views.record(session, view, by=by)
    return answer


def _new_view(
    session: Session,
    by: Person,
    question: Callable,
    answer: object,
    *asked: object,
    **named: object,
) -> views.View | None:
    """The look this answer is, unless nobody of the staff looks or the trail knows it already."""
    if by.role not in STAFF:
        return None
    view = views.view_of(session, question, answer, *asked, **named)
    return view if view and views.is_new(session, view, by=by) else None


def run_as_guest(
    door: Door,
    service: Callable[Concatenate[Session, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run what asks for no person; one marked to ask for them has no business here."""
    if sessions.is_dangerous(service) or views.is_audited(service):
        raise TypeError(f"{service} must be told who acts")
    with _measured(door, service), door() as session:
        return service(session, *args, **kwargs)


def run_all(
    service: Callable[[Session, list[Asked]], Sequence[Answer | Exception]],
    asked: list[Asked],
    *,
    writes: bool,
) -> Sequence[Answer | Exception]:
    """A service that answers several callers in one transaction: an answer or refusal for each.

    What a refusal among the answers wrote is kept; one that is raised undoes all of them.
    """
    door = db.writing if writes else db.reading
    with metrics.measured_group(_name_of(service), is_act=writes) as answers, door() as session:
        answers.extend(found := service(session, asked))
    return found


def _measured(door: Door, service: Callable) -> AbstractContextManager[None]:
    return metrics.measured(_name_of(service), is_act=door is db.writing)


def _name_of(service: Callable) -> str:
    return getattr(service, "__name__", "other")


async def standing(sign_in: str) -> sessions.LoadedSignIn | None:
    """Who stands behind a token's hash at this moment, complete or not.

    What was read is believed only until anybody commits anything, so authority that ends, ends
    at once; whether it has grown too old is asked each time.
    """
    if not sign_in:
        return None
    version = db.data_version()
    if _known.until != (db.engine, version):
        _known.until, _known.found = (db.engine, version), {}
    known = _known.found
    if (found := known.get(sign_in)) is None:
        found = await asyncio.to_thread(run_as_guest, db.reading, sessions.load_sign_in, sign_in)
        if found and version is not None and len(known) < KNOWN_AT_MOST:
            known[sign_in] = found
    return found if found and sessions.is_valid(found) else None


class _Known:
    """Sign-ins as they were read at one version of the database."""

    def __init__(self):
        self.until: tuple = ()
        self.found: dict[str, sessions.LoadedSignIn] = {}


_known = _Known()
