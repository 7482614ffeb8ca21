"""A test office in this process: database, handlers, service calls, and a clock set by hand."""

import asyncio
import functools
import hashlib
import re
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pytest
from reflex_base.registry import RegistrationContext
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from barut_reflex.core import clock, db
from barut_reflex.core.errors import Refusal
from barut_reflex.people.models import Person
from barut_reflex.people.rules import Role, StaffKind
from barut_reflex.people.service import passwords, sessions

from .composed import app, registered
from .factories import make_person

P = ParamSpec("P")
Result = TypeVar("Result")
ROLES: tuple[Role | None, ...] = (None, *Role)
IGNORED_TABLES = frozenset({"signin", "limithit"})  # the last look of a session, counted tries
_loop = asyncio.new_event_loop()
threading.Thread(target=_loop.run_forever, daemon=True).start()


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """All of it on one loop: locks of the app belong to the loop they first waited on.

    In a thread of its own, since Playwright keeps a loop running in the caller's.
    """
    return asyncio.run_coroutine_threadsafe(work, _loop).result()


@functools.cache
def handlers() -> dict[str, Any]:
    """Every event handler by the name a socket would call it by."""
    with registered(app()):
        return {n: entry.handler for n, entry in RegistrationContext.get().event_handlers.items()}


def own_handlers() -> dict[str, Any]:
    """The handlers of this product, without the framework's."""
    return {n: h for n, h in handlers().items() if h.fn.__module__ != "reflex.state"}


def handler_name(end: str) -> str:
    """The full name of the one handler whose name ends in `end`, such as `who.load`.

    Raises LookupError when none or several do: a renamed handler must not go unattacked.
    """
    found = [name for name in handlers() if re.search(rf"(?:^|____|\.){re.escape(end)}$", name)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} event handlers are named …{end}")
    return found[0]


@contextmanager
def office() -> Iterator[Engine]:
    """An empty office in a file of its own; `core.db` writes there meanwhile."""
    with tempfile.TemporaryDirectory(prefix="barut-bar-") as folder:
        engine = db.make_engine(f"sqlite:///{Path(folder) / 'office.db'}")
        app()  # every table known
        SQLModel.metadata.create_all(engine)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(db, "engine", engine)
            yield engine
        engine.dispose()


@contextmanager
def patched(*changes: tuple[Any, str, Any]) -> Iterator[None]:
    """Attributes set otherwise for a while, as `monkeypatch` does in tests."""
    with pytest.MonkeyPatch.context() as patch:
        for target, name, value in changes:
            patch.setattr(target, name, value)
        yield


def person_of(role: Role, name: str = "") -> Person:
    """A person of that role, known to the office."""
    staff = {"staff_kind": StaffKind.PNS, "staff_number": "198501012010012001"}
    with Session(db.engine, expire_on_commit=False) as session:
        return make_person(
            session,
            name=name or f"Orang {role}",
            role=role,
            position="" if role is Role.JOB_SEEKER else "Pengantar Kerja",
            **({} if role is Role.JOB_SEEKER else staff),
        )


def sign_in(person: Person) -> str:
    """The hash of a new session of theirs, as their socket would carry it."""
    with Session(db.engine) as session:
        token = sessions.sign_in(session, person.id, device="bar")
        session.commit()
    return hashlib.sha256(token.encode()).hexdigest()


def hash_password(password: str) -> str:
    """As the office keeps a password."""
    with db.reading() as session:
        return passwords.hash_password(session, password)


def snapshot(engine: Engine, ignored: frozenset[str] = IGNORED_TABLES) -> dict[str, list[str]]:
    """All rows of all tables but the ignored ones, which must exist."""
    assert ignored <= SQLModel.metadata.tables.keys(), ignored
    with engine.connect() as connection:
        return {
            table.name: sorted(map(str, connection.execute(table.select()).all()))
            for table in SQLModel.metadata.sorted_tables
            if table.name not in ignored
        }


def act(
    service: Callable[Concatenate[Session, P], Result], /, *args: P.args, **kwargs: P.kwargs
) -> Result | Refusal:
    """One act in a transaction of its own, as `gate.doors.act` does; a refusal is the answer."""
    try:
        with db.writing() as session:
            return service(session, *args, **kwargs)
    except Refusal as refusal:
        return refusal


def look(
    service: Callable[Concatenate[Session, P], Result], /, *args: P.args, **kwargs: P.kwargs
) -> Result | Refusal:
    """One question, or slow work, in a session that only reads; a refusal is the answer."""
    try:
        with db.reading() as session:
            return service(session, *args, **kwargs)
    except Refusal as refusal:
        return refusal


class Clock:
    """The office's clock, set by hand."""

    def __init__(self, start: datetime):
        self.now = start

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@contextmanager
def clock_at(year: int, month: int, day: int, *time: int) -> Iterator[Clock]:
    """`clock_at(2026, 4, 20, 3)` in UTC; stands still until it is moved."""
    set_clock = Clock(datetime(year, month, day, *time, tzinfo=UTC))
    with patched((clock, "now", lambda: set_clock.now)):
        yield set_clock
