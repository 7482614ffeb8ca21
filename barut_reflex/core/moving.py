"""Copies all rows to another database, all uploaded papers to another store, and verifies both.

The rows of the source are read in one snapshot, written in one transaction, read back and compared
by count and checksum of each table; only then is it committed. The source is not changed. Papers
are copied first, each read back; an interrupted move can be started again.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlmodel import Session, SQLModel

from . import rows
from .backup import NotEmpty, OtherVersion
from .errors import Refusal

MODULUS = 1 << 256


class NotTheSame(Refusal):
    message = (
        "Hasil pindahan tidak sama dengan aslinya, jadi dibatalkan. Kantor lama tidak berubah."
    )


class Store(Protocol):
    """What a move needs from a store of papers."""

    def names(self) -> list[str]: ...
    def read(self, name: str) -> bytes: ...
    def put(self, name: str, content: bytes) -> None: ...


@dataclass(frozen=True)
class Sum:
    """Row count of a table, and a checksum that does not depend on the order of rows."""

    count: int
    total: int


def move_rows(source: Session, target: Session, then: Callable[[Session], None]) -> dict[str, Sum]:
    """Copy every row of every table and compare; returns count and checksum by table.

    `then(target)` may add rows to the target, such as the audit row of the move. Raises NotEmpty,
    OtherVersion or NotTheSame; the caller's transaction undoes whatever was written.
    """
    if not rows.is_empty(target):
        raise NotEmpty
    if rows.revision_of(source) != rows.revision_of(target):
        raise OtherVersion
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        rows.dump(source, Path(one))
        for table in SQLModel.metadata.sorted_tables:
            with (Path(one) / table.name).open("rb") as file:
                rows.load(target, table, file)
        target.flush()
        rows.write_tables(target, Path(other))
        moved = checksums(Path(one))
        if moved != checksums(Path(other)):
            raise NotTheSame
    then(target)
    return moved


def move_papers(source: Store, target: Store, expected: dict[str, str]) -> int:
    """Copy every stored paper and read it back; returns how many.

    `expected` are the SHA-256 sums the office's rows name. Raises NotEmpty when the target holds
    papers of somebody else, NotTheSame when a paper is not what the office stored.
    """
    names = source.names()
    if set(target.names()) - set(names):
        raise NotEmpty
    for name in names:
        content = source.read(name)
        target.put(name, content)
        if not _fits(expected.get(name), content, target.read(name)):
            raise NotTheSame(f"Berkas {name} rusak atau tidak sama setelah dipindahkan.")
    if missing := set(expected) - set(names):
        raise NotTheSame(f"Berkas hilang di kantor lama: {', '.join(sorted(missing))}.")
    return len(names)


def _fits(expected: str | None, before: bytes, after: bytes) -> bool:
    return before == after and expected in (None, hashlib.sha256(after).hexdigest())


def checksums(folder: Path) -> dict[str, Sum]:
    """The checksum of each table's file in a folder, by the file's name."""
    sums = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as lines:
            sums[path.name] = _sum(lines)
    return sums


def _sum(lines: Iterable[bytes]) -> Sum:
    count = total = 0
    for line in lines:
        count += 1
        total += int.from_bytes(hashlib.sha256(line).digest(), "big")
    return Sum(count, total % MODULUS)
