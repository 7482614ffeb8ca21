"""Runs services in a session: for a sign-in, a guest or a batch; caches sign-ins, audits views."""

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
Request = TypeVar("Request")
Answer = TypeVar("Answer")
OpenSession = Callable[[], AbstractContextManager[Session]]

MAX_CACHED_SIGN_INS = 5000


def run(
    door: OpenSession,
    sign_in: str,
    service: Callable[Concatenate[Session, Person, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service for the person of the sign-in; raises SignedOut without one.

    A dangerous act also raises ConfirmFirst unless the password was confirmed lately.
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
    query: Callable,
    answer: object,
    *args: object,
    **kwargs: object,
) -> views.View | None:
    """The view to record in the audit trail; None for job seekers, or if it is recorded."""
    if by.role not in STAFF:
        return None
    view = views.view_of(session, query, answer, *args, **kwargs)
    return view if view and views.is_new(session, view, by=by) else None


def run_as_guest(
    door: OpenSession,
    service: Callable[Concatenate[Session, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service that takes no person; TypeError for one marked as needing them."""
    if sessions.is_dangerous(service) or views.is_audited(service):
        raise TypeError(f"{service} must be told who acts")
    with _measured(door, service), door() as session:
        return service(session, *args, **kwargs)


def run_batch(
    service: Callable[[Session, list[Request]], Sequence[Answer | Exception]],
    batch: list[Request],
    *,
    writes: bool,
) -> Sequence[Answer | Exception]:
    """Run a service once for several callers, in one transaction: an answer or refusal for each.

    A refusal that is returned keeps what it wrote; one that is raised rolls back all of them.
    """
    door = db.writing if writes else db.reading
    with metrics.measured_group(_name_of(service), is_act=writes) as answers, door() as session:
        answers.extend(results := service(session, batch))
    return results


def _measured(door: OpenSession, service: Callable) -> AbstractContextManager[None]:
    return metrics.measured(_name_of(service), is_act=door is db.writing)


def _name_of(service: Callable) -> str:
    return getattr(service, "__name__", "other")


async def current_sign_in(sign_in: str) -> sessions.LoadedSignIn | None:
    """The valid sign-in with this token hash, complete or not; None without one.

    Cached only until the next commit of anybody (`db.data_version`), so a sign-in that was ended is
    refused at once; its age is checked on each call.
    """
    if not sign_in:
        return None
    version = db.data_version()
    if _cache.version != (db.engine, version):
        _cache.version, _cache.sign_ins = (db.engine, version), {}
    known = _cache.sign_ins
    if (found := known.get(sign_in)) is None:
        found = await asyncio.to_thread(run_as_guest, db.reading, sessions.load_sign_in, sign_in)
        if found and version is not None and len(known) < MAX_CACHED_SIGN_INS:
            known[sign_in] = found
    return found if found and sessions.is_valid(found) else None


class _SignInCache:
    """Cache of the sign-ins read at one version of the database."""

    def __init__(self):
        self.version: tuple = ()
        self.sign_ins: dict[str, sessions.LoadedSignIn] = {}


_cache = _SignInCache()
