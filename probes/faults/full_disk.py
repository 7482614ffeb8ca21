"""Disk full (ENOSPC) at each single write in turn: is every write operation undone or complete?

Files fail by an `os` that refuses its n-th call. The database fails as SQLite itself does when
its pages run out (`max_page_count`): the same "database or disk is full".
"""

import errno
import io
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import SQLModel

from barut_reflex.core import backup, db, ledger, mail
from barut_reflex.core.settings import settings
from barut_reflex.documents.storage import folder, names, quarantine
from barut_reflex.seal import codes

from . import write_operations
from .temporary_office import office_at

WRITERS = (
    folder,
    quarantine,
    ledger,
    mail,
    codes,
    backup,
)  # every module that writes files of the office


class NoSpace(OSError):
    """The error of a full disk, made by us."""

    def __init__(self):
        super().__init__(errno.ENOSPC, "No space left on device")


class FullDisk:
    """Stands in for `os`: the n-th of its calls that writes finds no space, and all later ones."""

    def __init__(self, nth: int):
        self.left = nth

    @property
    def has_struck(self) -> bool:
        return self.left <= 0

    def _spend(self) -> None:
        self.left -= 1
        if self.has_struck:
            raise NoSpace

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path, flags, mode=0o777):
        if flags & os.O_CREAT:
            self._spend()
        return os.open(path, flags, mode)

    def write(self, handle, content):
        self._spend()
        return os.write(handle, content)

    def fsync(self, handle):
        self._spend()
        os.fsync(handle)

    def fdopen(self, handle, mode):
        return _Writer(self, os.fdopen(handle, mode, buffering=0))


class _Writer(io.BufferedWriter):
    """A file whose bytes go to the full disk when they are flushed, as a real one's do."""

    def __init__(self, disk: FullDisk, raw: Any):
        super().__init__(_Raw(disk, raw))


class _Raw(io.RawIOBase):
    def __init__(self, disk: FullDisk, raw: Any):
        self.disk, self.raw = disk, raw

    def writable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self.raw.tell()

    def fileno(self):
        return self.raw.fileno()

    def write(self, content):
        self.disk._spend()
        return self.raw.write(content)

    def close(self):
        self.raw.close()
        super().close()


@contextmanager
def full_disk(nth: int) -> Iterator[FullDisk]:
    """Files find no space from the n-th write on."""
    disk = FullDisk(nth)
    with pytest.MonkeyPatch.context() as patch:
        for module in WRITERS:
            patch.setattr(module, "os", disk)
        yield disk


class FullDatabase:
    """SQLite may grow by so many pages only."""

    def __init__(self, pages: int):
        self.has_struck = False
        with db.engine.connect() as connection:
            ask = connection.exec_driver_sql
            self.most = ask("PRAGMA page_count").scalar_one() + pages

    def limit(self, raw, *_):
        raw.execute(f"PRAGMA max_page_count={self.most}")

    def note(self, context):
        self.has_struck |= "disk is full" in str(context.original_exception)


@contextmanager
def full_database(nth: int) -> Iterator[FullDatabase]:
    """The database finds no space for its n-th new page."""
    full = FullDatabase(nth - 1)
    listeners = [(db.engine, "checkout", full.limit), (db.engine, "handle_error", full.note)]
    for listener in listeners:
        event.listen(*listener)
    try:
        yield full
    finally:
        for listener in listeners:
            event.remove(*listener)
        full.most = 2**30
        with db.engine.connect() as connection:
            full.limit(connection.connection)


# -- write operations meanwhile -----------------------------------------------------------------


@dataclass
class DiskFullResult:
    """What full disks did. `points`: how often one was full; the lists name what was wrong."""

    points: int = 0
    partial: list[str] = field(default_factory=list)  # rows or files of an act that failed
    unexpected_errors: list[str] = field(default_factory=list)  # errors nobody had thought of
    failed_retries: list[str] = field(default_factory=list)  # acts that failed with room again


def try_all(folder: Path) -> DiskFullResult:
    """Every act that writes, at each of its writes: files first, then the database."""
    trouble = DiskFullResult()
    with office_at(folder):
        for fault, acts in (
            (full_disk, write_operations.FILES | write_operations.ROWS),
            (full_database, write_operations.ROWS),
        ):
            for name, make in acts.items():
                for nth in range(1, 100):
                    label = f"{name}, {fault.__name__} at {nth}"
                    if not _is_survived(trouble, label, make(), fault(nth)):
                        break
    return trouble


def _is_survived(
    trouble: DiskFullResult,
    name: str,
    act: write_operations.WriteOperation,
    fault: AbstractContextManager,
) -> bool:
    """One act while there is no space, and again once there is; False when none was missed."""
    before = _snapshot()
    try:
        with fault as full:
            act()
    except Exception as error:
        if not _is_expected_error(error):
            trouble.unexpected_errors.append(f"{name}: {error!r}")
    if not full.has_struck:  # pyright: ignore[reportPossiblyUnboundVariable]
        return False
    trouble.points += 1
    left = _differences(before, _snapshot())
    trouble.partial += [f"{name}: {what}" for what in left if not _is_recorded_before(name, what)]
    try:
        act()
    except Exception as error:
        trouble.failed_retries.append(f"{name}: {error!r}")
    return True


def _is_recorded_before(name: str, table: str) -> bool:
    """That a backup was begun stands in the trail before a byte leaves the office."""
    return name.startswith("backup") and table == "auditentry"


def _is_expected_error(error: Exception) -> bool:
    """A refusal tells the person; the others become "Terjadi gangguan …, data tidak berubah"."""
    return isinstance(error, names.StoreFull | NoSpace) or "disk is full" in str(error)


def _snapshot() -> tuple[dict[str, set[tuple]], dict[str, int]]:
    """All rows, and the sizes of all files that are not the database's own."""
    with db.engine.connect() as connection:
        rows = {
            table.name: set(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {table.name}")))
            for table in SQLModel.metadata.sorted_tables
        }
    folders = (settings.var, settings.uploads)
    files = {
        str(path): path.stat().st_size
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("barut.db")
    }
    return rows, files


def _differences(before: tuple, after: tuple) -> list[str]:
    """Rows that came or went, and files that are no whole paper."""
    rows = [name for name in before[0] if before[0][name] != after[0][name]]
    new = [Path(path) for path in after[1].keys() - before[1].keys()]
    whole = [path for path in new if path.parent.name == "papers" and path.suffix == ".jpg"]
    return rows + [path.name for path in new if path not in whole]
