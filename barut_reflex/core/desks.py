"""What each desk tells the rest of the office about itself: the manifest in its `desk.py`.

A desk asks here what others need not import it for: which pages stand in the menu, what a person
holds, what belongs into a copy of somebody's data. `all_desks` finds the manifests by their place,
`barut_reflex/<desk>/desk.py`, so that no list has to name them.
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

# For `Desk.keeps`: nothing deletes the rows today.
WHILE_ACCOUNT = "selama akun ada, tanpa penghapusan otomatis"

PACKAGE = __name__.split(".")[0]
FOLDER = Path(__file__).parent.parent

K = TypeVar("K")
V = TypeVar("V")
CodePage = Callable[[Any, str], Awaitable[Any]]  # (request, code) to a response


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page: the function that draws it, its address, its title, the handlers run as it opens."""

    page: Callable[[], Any]
    route: str
    title: str
    on_load: tuple[object, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part that a desk adds to the page at `route`, which another desk draws."""

    route: str
    position: int  # the sections of a page stand in this order
    draw: Callable[[], Any]
    on_load: tuple[object, ...] = ()  # handlers run as the page opens


@dataclass(frozen=True, kw_only=True)
class MenuEntry:
    """A page in the menu of those roles; the entries of a menu stand in the order of `place`."""

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
    # What answers a scan of a signed code (`/v/<code>`) that says it is of that kind; the
    # signature is not yet checked, and the look not yet counted.
    code_pages: Mapping[int, CodePage] = field(default_factory=dict)


@dataclass(frozen=True)
class Database:
    """How a command asks and acts; the command line hands them over, as a desk opens no session."""

    reading: OpenSession
    writing: OpenSession


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command of the office's command line: `python -m barut_reflex <group> <name>`.

    Without a name it is the group itself, whose `help` tells what its commands are about.
    `run(database, arguments)` prints what is to be read and gives the exit status; a `Refusal` is
    printed and ends the command with 1.
    """

    group: str
    name: str = ""
    help: str
    run: Callable[[Database, argparse.Namespace], int] | None = None
    options: Callable[[argparse.ArgumentParser], object] = lambda parser: None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One desk's manifest; whatever a desk does not have stays empty.

    `person` is a row of `people.models.Person`, which lies above this module.
    """

    web: Callable[[], Web] = Web  # called by the server alone
    menu: Sequence[MenuEntry] = ()  # pages of the staff
    own_menu: Sequence[MenuEntry] = ()  # pages about oneself
    jobs: Sequence[Job] = ()  # run by the worker at set intervals
    commands: Sequence[Command] = ()  # of `python -m barut_reflex`
    # Figures of its rules in words, such as "3 menit", for pages of desks below.
    figure_texts: Mapping[str, str] = field(default_factory=dict)
    # -- rights of the person ---------------------------------------------------------------
    # Parts of the copy of one's own data: key in `data.json` to (session, person) -> content.
    own_data: Mapping[str, Callable[[Session, Any], object]] = field(default_factory=dict)
    # Files of that copy: their names, and what reads one (slow, without the session).
    own_files: Callable[[Session, Any], Mapping[str, Callable[[], bytes]]] = lambda *_: {}
    # Ids under which the trail speaks of a person, besides the person's own.
    audit_subjects: Callable[[Session, Any], Iterable[str]] = lambda *_: ()
    # The NIK of a person, empty for none; one desk knows it.
    nik_of: Callable[[Session, Any], str] = lambda *_: ""
    # The condition that the person with the id in that column holds something alive here.
    has_active_records: Callable[[int | Mapped[int]], ColumnElement[bool]] | None = None
    # How long the rows of a table about people are kept, in words, by the table's name.
    retention: Mapping[str, str] = field(default_factory=dict)  # noqa: V107  tests ask it
    # Acts in the trail that a person reads under "siapa melihat", with the sentence.
    view_sentences: Mapping[str, str] = field(default_factory=dict)
    # -- backup, restore, migration ---------------------------------------------------------
    excluded_from_backup: Sequence[type[SQLModel]] = ()  # must not come back to life with a backup
    backup_files: Sequence[Callable[[], BackupFiles]] = ()  # files beside the database
    # Acts of the ledger that a restored office has to do again, and what is left to do after all
    # of them; the ledger is None where it is lost.
    replay: Mapping[str, Callable[[Session, Entry, ReplayResult], None]] = field(
        default_factory=dict
    )
    after_replay: Sequence[Callable[[Session, list[Entry] | None, ReplayResult], None]] = ()
    # New codes in place of those the key with that id signed; how many.
    renew_codes: Callable[[Session, int], int] = lambda *_: 0
    # -- health -----------------------------------------------------------------------------
    # Parts of `/siap`: is it well?
    health: Mapping[str, Callable[[], Awaitable[bool]]] = field(default_factory=dict)
    # The server's clock was set: lets go of what the wrong time had made.
    after_clock_step: Sequence[Callable[[Session], object]] = ()


@cache
def all_desks() -> Mapping[str, Desk]:
    """The manifest of every desk by the name of its folder, in alphabetical order."""
    names = sorted(path.parent.name for path in FOLDER.glob("*/desk.py"))
    return {name: import_module(f"{PACKAGE}.{name}.desk").DESK for name in names}


@cache
def all_web() -> Mapping[str, Web]:
    """What every desk shows in the browser. Imports Reflex."""
    return {name: desk.web() for name, desk in all_desks().items()}


def sections_of(route: str) -> list[Section]:
    """What the desks add to the page at `route`, in order."""
    found = [one for web in all_web().values() for one in web.sections if one.route == route]
    return sorted(found, key=lambda section: section.position)


@cache
def code_pages() -> Mapping[int, CodePage]:
    """The page behind each kind of code; a kind that two desks answer is a `ValueError`."""
    return merge(lambda desk: desk.web().code_pages)


def merge(part: Callable[[Desk], Mapping[K, V]]) -> dict[K, V]:
    """One mapping out of a part of all manifests; a key that two desks give is a `ValueError`."""
    found: dict[K, V] = {}
    for name, desk in all_desks().items():
        if doubles := found.keys() & part(desk).keys():
            raise ValueError(f"{name}: another desk gives {', '.join(map(str, doubles))}")
        found |= part(desk)
    return found


def collect(part: Callable[[Desk], Iterable[V]]) -> Iterator[V]:
    """One list out of a part of all manifests."""
    for desk in all_desks().values():
        yield from part(desk)


def load_models() -> None:
    """Import the tables of every desk, so that the metadata knows them."""
    for path in sorted(FOLDER.glob("*/models.py")):
        import_module(f"{PACKAGE}.{path.parent.name}.models")
