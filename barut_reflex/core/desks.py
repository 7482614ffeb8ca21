"""Plug-in registry: each feature folder ("desk") declares in `desk.py` what it adds to the rest.

Such a declaration is a manifest, of the class `Desk`: pages, routes, menu entries, scheduled jobs,
commands, its part of a copy of somebody's data, of backup and restore, and more. Lower desks read
the manifests of higher ones here without importing them. `all_desks` finds them by path,
`barut_reflex/<desk>/desk.py`, so that no list names them.
"""

import argparse
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import Session, SQLModel

from .backup import BackupFiles, OpenSession
from .ledger import Entry, ReplayResult
from .worker import Job

# For `Desk.retention`: as long as the account exists; nothing deletes the rows automatically.
WHILE_ACCOUNT = "selama akun ada, tanpa penghapusan otomatis"

PACKAGE = __name__.split(".")[0]
FOLDER = Path(__file__).parent.parent

K = TypeVar("K")
V = TypeVar("V")
CodePage = Callable[[Any, str], Awaitable[Any]]  # (request, code) -> response


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A Reflex page: the function that returns it, its route, title, and handlers run on load."""

    page: Callable[[], Any]
    route: str
    title: str
    on_load: tuple[object, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part that a desk adds to the page at `route`; that page belongs to another desk."""

    route: str
    position: int  # order of the sections on that page
    draw: Callable[[], Any]
    on_load: tuple[object, ...] = ()  # handlers run as the page opens


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """A page in the menu of those roles; entries are sorted by `position`."""

    name: str
    route: str
    icon: str
    roles: frozenset[str]
    position: int


@dataclass(frozen=True, kw_only=True)
class Web:
    """What a desk shows in the browser; loaded by the server alone, since it imports Reflex."""

    screens: Sequence[Screen] = ()
    routes: Sequence[Any] = ()
    sections: Sequence[Section] = ()
    # Handler of a scanned signed code (`/v/<code>`) by the kind it claims to be; it has to check
    # the signature and count the view itself.
    code_pages: Mapping[int, CodePage] = field(default_factory=dict)


@dataclass(frozen=True)
class Database:
    """Opens sessions for a command; the command line passes it, since desks must not open any."""

    reading: OpenSession
    writing: OpenSession


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command of the command line: `python -m barut_reflex <group> <name>`.

    Without a name it is the group itself, and `help` describes the group. `run(database,
    arguments)` prints its result and returns the exit status; a `Refusal` is printed and exits
    with 1.
    """

    group: str
    name: str = ""
    help: str
    run: Callable[[Database, argparse.Namespace], int] | None = None
    options: Callable[[argparse.ArgumentParser], object] = lambda parser: None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The manifest of one desk; what it does not have is left out.

    `Any` stands for `people.models.Person`, which this lower module must not import.
    """

    web: Callable[[], Web] = Web  # called by the server alone
    menu: Sequence[MenuEntry] = ()  # pages of the staff
    own_menu: Sequence[MenuEntry] = ()  # pages about oneself
    jobs: Sequence[Job] = ()  # run by the worker at set intervals
    commands: Sequence[Command] = ()  # of `python -m barut_reflex`
    # Limits of its rules as text, such as "3 menit", for pages of desks below.
    figure_texts: Mapping[str, str] = field(default_factory=dict)
    # -- rights of the person ---------------------------------------------------------------
    # Parts of the copy of one's own data: key in `data.json` to (session, person) -> content.
    own_data: Mapping[str, Callable[[Session, Any], object]] = field(default_factory=dict)
    # Files of that copy: name to a function that reads it (slow, so without the session).
    own_files: Callable[[Session, Any], Mapping[str, Callable[[], bytes]]] = lambda *_: {}
    # Ids that stand for a person as `subject` in the audit trail, besides the person's own id.
    audit_subjects: Callable[[Session, Any], Iterable[str]] = lambda *_: ()
    # The NIK of a person, empty for none; exactly one desk gives it.
    nik_of: Callable[[Session, Any], str] = lambda *_: ""
    # SQL condition: the person with the id in that column has an open or valid record here, so
    # nothing of theirs may be deleted by age.
    has_active_records: Callable[[int | Mapped[int]], ColumnElement[bool]] | None = None
    # How long the rows of a table about people are kept, in words, by the table's name.
    retention: Mapping[str, str] = field(default_factory=dict)  # noqa: V107  tests ask it
    # Audit acts that count as a view of a person's data, with the sentence the person reads.
    view_sentences: Mapping[str, str] = field(default_factory=dict)
    # -- backup, restore, migration ---------------------------------------------------------
    excluded_from_backup: Sequence[
        type[SQLModel]
    ] = ()  # sign-ins and the like, which a restore must not revive
    backup_files: Sequence[Callable[[], BackupFiles]] = ()  # files beside the database
    # Handlers that apply the ledger's lines to a restored database, by act, and functions run after
    # all of them; they get None where the ledger is lost.
    replay: Mapping[str, Callable[[Session, Entry, ReplayResult], None]] = field(
        default_factory=dict
    )
    after_replay: Sequence[Callable[[Session, list[Entry] | None, ReplayResult], None]] = ()
    # Replaces all codes signed with the key of that id; returns how many.
    renew_codes: Callable[[Session, int], int] = lambda *_: 0
    # -- health -----------------------------------------------------------------------------
    # Health checks of `/siap`: whether the part works.
    health: Mapping[str, Callable[[], Awaitable[bool]]] = field(default_factory=dict)
    # Run when the server's clock was changed: reset what the wrong time produced.
    after_clock_step: Sequence[Callable[[Session], object]] = ()


@cache
def all_desks() -> Mapping[str, Desk]:
    """The manifest of every desk by the name of its folder, in alphabetical order."""
    names = sorted(path.parent.name for path in FOLDER.glob("*/desk.py"))
    return {name: import_module(f"{PACKAGE}.{name}.desk").DESK for name in names}


@cache
def all_web() -> Mapping[str, Web]:
    """The web part of every desk, by its name. Imports Reflex."""
    return {name: desk.web() for name, desk in all_desks().items()}


def sections_of(route: str) -> list[Section]:
    """The sections that desks add to the page at `route`, in order."""
    sections = [one for web in all_web().values() for one in web.sections if one.route == route]
    return sorted(sections, key=lambda section: section.position)


@cache
def code_pages() -> Mapping[int, CodePage]:
    """The handler for each kind of code; ValueError when two desks handle one kind."""
    return merge(lambda desk: desk.web().code_pages)


def merge(part: Callable[[Desk], Mapping[K, V]]) -> dict[K, V]:
    """Merge one mapping of all manifests; ValueError when two desks give the same key."""
    merged: dict[K, V] = {}
    for name, desk in all_desks().items():
        if doubles := merged.keys() & part(desk).keys():
            raise ValueError(f"{name}: another desk gives {', '.join(map(str, doubles))}")
        merged |= part(desk)
    return merged


def collect(part: Callable[[Desk], Iterable[V]]) -> Iterator[V]:
    """Concatenate one list of all manifests."""
    for desk in all_desks().values():
        yield from part(desk)


def load_models() -> None:
    """Import the tables of every desk, so that the metadata knows them."""
    for path in sorted(FOLDER.glob("*/models.py")):
        import_module(f"{PACKAGE}.{path.parent.name}.models")
