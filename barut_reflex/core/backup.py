"""A backup of the whole office in one tar file, and the way back.

The database is read first, in one snapshot, then the files: they are written once and never
changed, so whatever the snapshot names is there. Rows travel as JSON lines, so that a backup of
SQLite can be restored into PostgreSQL. A manifest with the SHA-256 of every member closes the
file; without it, or with one wrong sum, nothing is restored.
"""

import contextlib
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import IO, Any, cast

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, func, select

from . import clock
from .errors import Refusal

FORMAT = 1
AT_ONCE = 500  # rows
MANIFEST = "manifest.json"
TABLES = "tables/"
Door = Callable[[], AbstractContextManager[Session]]


class NotABackup(Refusal):
    message = "Berkas ini bukan cadangan yang utuh, jadi tidak ada yang dipulihkan."


class OtherVersion(Refusal):
    message = (
        "Cadangan ini dibuat versi lain. Pulihkan dengan versi yang membuatnya, lalu perbarui."
    )


class NotEmpty(Refusal):
    message = (
        "Kantor ini sudah berisi data. Pindahkan dulu database, var/, dan uploaded_files/, "
        "lalu pulihkan ke tempat yang kosong."
    )


@dataclass(frozen=True)
class Shelf:
    """Files beside the database: how to list, read and put them. A name stays what it was."""

    name: str
    names: Callable[[], Iterable[str]]
    read: Callable[[str], bytes]
    put: Callable[[str, bytes], None]


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: members with their sums, and when it was made (UTC)."""

    made: datetime
    revision: str
    members: dict[str, str]
    missing: list[str] = field(default_factory=list)


def make(
    path: Path,
    door: Door,
    shelves: list[Shelf],
    *,
    leave_out: set[str],
    expect: Callable[[Session], dict[str, str]],
) -> Manifest:
    """Write the backup to `path`, whole or not at all, readable by this user alone.

    `door` opens a session for reading; rows of the tables in `leave_out` stay behind. `expect`
    says which members the rows need, with their sums; the manifest names those that are missing.
    """
    draft = path.with_name(f"{path.name}.part")
    with tempfile.TemporaryDirectory(dir=path.parent) as place:
        with door() as session:
            made = clock.now()
            revision = _dump(session, Path(place), leave_out)
            wanted = expect(session)
        handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            manifest = Manifest(made, revision, _pack(file, Path(place), shelves, made, revision))
            file.flush()
            os.fsync(file.fileno())
    draft.rename(path)
    held = manifest.members.items()
    return replace(manifest, missing=sorted(name for name, _ in wanted.items() - held))


def restore(
    path: Path, door: Door, shelves: list[Shelf], *, leave_out: set[str], then: Callable
) -> Any:
    """Bring the backup at `path` into an empty office; gives what `then(session, manifest)` gives.

    `door` opens a session for writing: all rows, and whatever `then` does, are one transaction.
    Raises NotABackup, OtherVersion or NotEmpty before anything is written.
    """
    manifest = _checked(path)
    with door() as session:
        _refuse_full(session)
        if _revision(session) != manifest.revision:
            raise OtherVersion
        with tarfile.open(path) as tar:
            _fill_shelves(tar, shelves)
            for table in SQLModel.metadata.sorted_tables:
                if table.name not in leave_out and f"{TABLES}{table.name}" in manifest.members:
                    _load(session, tar, table)
        return then(session, manifest)


def folder(name: str, place: Path, *patterns: str) -> Shelf:
    """A shelf of the files in `place` that match; a file that differs from one there is refused."""

    def names() -> list[str]:
        found = (path for pattern in patterns for path in place.glob(pattern))
        return sorted(str(path.relative_to(place)) for path in found)

    def put(file: str, content: bytes) -> None:
        target = place / file
        if not any(target.match(str(place / pattern)) for pattern in patterns) or ".." in file:
            raise NotABackup
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists() and target.read_bytes() != content:
            raise NotEmpty
        with os.fdopen(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as out:
            out.write(content)

    return Shelf(name, names, lambda file: (place / file).read_bytes(), put)


# -- rows -------------------------------------------------------------------------------------


def _dump(session: Session, into: Path, leave_out: set[str]) -> str:
    """Every table as JSON lines, all of one moment; gives the version of the tables."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    revision = _revision(session)
    for table in SQLModel.metadata.sorted_tables:
        if table.name in leave_out:
            continue
        rows = session.execute(sa.select(table).execution_options(yield_per=AT_ONCE))
        with (into / table.name).open("w") as file:
            file.writelines(json.dumps([_plain(v) for v in row]) + "\n" for row in rows)
    return revision


def _revision(session: Session) -> str:
    return session.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()


def _refuse_full(session: Session) -> None:
    for table in SQLModel.metadata.sorted_tables:
        if session.exec(select(func.count()).select_from(table)).one():
            raise NotEmpty


def _load(session: Session, tar: tarfile.TarFile, table: sa.Table) -> None:
    columns = list(table.columns)
    with _open(tar, f"{TABLES}{table.name}") as file:
        for lines in _batches(file):
            values = [json.loads(line) for line in lines]
            rows = [
                {c.name: _typed(c, v) for c, v in zip(columns, row, strict=True)} for row in values
            ]
            session.execute(table.insert(), rows)
    if "id" in table.columns and isinstance(table.columns["id"].type, sa.Integer):
        _go_on_counting(session, table)


def _go_on_counting(session: Session, table: sa.Table) -> None:
    """PostgreSQL gives ids from a sequence, which rows brought along do not move."""
    if session.get_bind().dialect.name == "postgresql":
        last = sa.select(func.max(table.columns["id"])).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, "id")
        session.execute(sa.select(func.setval(sequence, last)))


def _batches(file: IO[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in file:
        batch.append(line)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.utc(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.name if isinstance(value, Enum) else value


def _typed(column: sa.Column, value: Any) -> Any:
    kind = column.type
    if value is None:
        return None
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    if isinstance(kind, sa.Enum) and kind.enum_class:
        return kind.enum_class[value]
    return value


# -- the tar file -----------------------------------------------------------------------------


def _pack(
    file: IO[bytes], tables: Path, shelves: list[Shelf], made: datetime, revision: str
) -> dict[str, str]:
    """Tables, then files, then the manifest; gives the members and their sums."""
    with tarfile.open(fileobj=file, mode="w") as tar:
        members = {
            f"{TABLES}{path.name}": _add_file(tar, path) for path in sorted(tables.iterdir())
        }
        for shelf in shelves:
            members |= _add_shelf(tar, shelf)
        facts = {"format": FORMAT, "made": made.isoformat(), "revision": revision}
        _add(tar, MANIFEST, json.dumps(facts | {"members": members}, indent=1).encode())
    return members


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> str:
    about = tarfile.TarInfo(name)
    about.size, about.mode = len(content), 0o600
    tar.addfile(about, io.BytesIO(content))
    return hashlib.sha256(content).hexdigest()


def _add_file(tar: tarfile.TarFile, path: Path) -> str:
    about = tarfile.TarInfo(f"{TABLES}{path.name}")
    about.size, about.mode = path.stat().st_size, 0o600
    with path.open("rb") as file:
        tar.addfile(about, file)
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add_shelf(tar: tarfile.TarFile, shelf: Shelf) -> dict[str, str]:
    sums = {}
    for name in shelf.names():
        with contextlib.suppress(FileNotFoundError):  # swept away since it was listed
            member = f"{shelf.name}/{name}"
            sums[member] = _add(tar, member, shelf.read(name))
    return sums


def _checked(path: Path) -> Manifest:
    """The manifest, once every member was read and has the sum it should have."""
    try:
        with tarfile.open(path) as tar:
            sums, text = {}, b""
            for about in tar:
                with _open(tar, about) as file:
                    if about.name == MANIFEST:
                        text = file.read()
                    else:
                        sums[about.name] = hashlib.file_digest(file, "sha256").hexdigest()
        facts = json.loads(text)
    except (tarfile.TarError, ValueError, EOFError, OSError) as error:
        raise NotABackup from error
    if facts["format"] != FORMAT:
        raise OtherVersion
    if facts["members"] != sums:
        raise NotABackup
    return Manifest(datetime.fromisoformat(facts["made"]), facts["revision"], sums)


def _open(tar: tarfile.TarFile, name: str | tarfile.TarInfo) -> io.BufferedReader:
    if (file := tar.extractfile(name)) is None:
        raise NotABackup
    return cast(io.BufferedReader, file)


def _fill_shelves(tar: tarfile.TarFile, shelves: list[Shelf]) -> None:
    by_name = {shelf.name: shelf for shelf in shelves}
    for about in tar:
        shelf, _, name = about.name.partition("/")
        if shelf in by_name:
            with _open(tar, about) as file:
                by_name[shelf].put(name, file.read())
