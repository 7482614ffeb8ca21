"""Backup of the database and the files that desks name into one tar file; restore from it.

The database is read first, in one snapshot, then the files, which are written once and never
changed. A file that rows refer to and that is missing is named to the caller. Rows travel as JSON
lines, so that a backup of SQLite can be restored into PostgreSQL. A manifest with the SHA-256 of
every member closes the file; without it, or with one wrong sum, nothing is restored. The caller
names the tables to leave out, such as sign-ins.
"""

import contextlib
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from sqlmodel import Session, SQLModel

from . import clock, origin, rows, schema
from .errors import Refusal
from .origin import Origin
from .settings import settings

FORMAT = 1
MANIFEST = "manifest.json"
TABLES = "tables/"
OpenSession = Callable[[], AbstractContextManager[Session]]


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
class BackupFiles:
    """A set of files outside the database: how to list, read and write them by name.

    `required` gives the files that the rows refer to, with their SHA-256.
    """

    name: str
    names: Callable[[], Iterable[str]]
    read: Callable[[str], bytes]
    put: Callable[[str, bytes], None]
    required: Callable[[Session], Mapping[str, str]] = lambda session: {}


@dataclass(frozen=True)
class Manifest:
    """Table of contents of a backup: members with their SHA-256, and when it was made (UTC)."""

    made: datetime
    revision: str
    members: dict[str, str]
    origin: Origin | None = None  # None in backups of older versions
    missing: list[str] = field(default_factory=list)


def make(
    path: Path,
    open_session: OpenSession,
    file_sets: list[BackupFiles],
    *,
    leave_out: set[str],
) -> Manifest:
    """Write the backup to `path`, whole or not at all, readable by this user alone.

    `open_session` opens a session for reading; rows of the tables in `leave_out` stay behind. The
    manifest names the files that rows refer to and that are missing.
    """
    draft = path.with_name(f"{path.name}.part")
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        with open_session() as session:
            made = clock.now()
            revision = rows.dump(session, Path(folder), leave_out)
            maker = origin.find(session.connection()) or origin.own()
            facts = Manifest(made, revision, {}, maker)
            wanted = _required_files(session, file_sets)
        try:
            handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as file:
                manifest = _pack(file, Path(folder), file_sets, facts)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(path)
        finally:
            draft.unlink(missing_ok=True)  # left over after an error such as a full disk
    held = manifest.members.items()
    return replace(manifest, missing=sorted(name for name, _ in wanted.items() - held))


def restore(
    path: Path,
    open_session: OpenSession,
    file_sets: list[BackupFiles],
    *,
    leave_out: set[str],
    then: Callable,
) -> Any:
    """Bring the backup at `path` into an empty office; gives what `then(session, manifest)` gives.

    `open_session` opens one for writing: all rows, and what `then` does, are one transaction.
    Raises NotABackup, OtherVersion, NotEmpty, OtherOffice or WrongSecret before anything is
    written.
    """
    manifest = checked_manifest(path)
    _check_origin(manifest)
    with open_session() as session:
        if not rows.is_empty(session):
            raise NotEmpty
        if rows.revision_of(session) != manifest.revision:
            raise OtherVersion
        with tarfile.open(path) as tar:
            for table in SQLModel.metadata.sorted_tables:
                if table.name not in leave_out and f"{TABLES}{table.name}" in manifest.members:
                    with _open(tar, f"{TABLES}{table.name}") as file:
                        rows.load(session, table, file)
            if not manifest.origin and not settings.is_demo:
                schema.check(session.connection())  # by the audit trail just loaded
            _restore_files(tar, file_sets)
        return then(session, manifest)


def _required_files(session: Session, file_sets: list[BackupFiles]) -> dict[str, str]:
    return {
        f"{file_set.name}/{name}": sha256
        for file_set in file_sets
        for name, sha256 in file_set.required(session).items()
    }


def folder(name: str, location: Path, *patterns: str) -> BackupFiles:
    """The files in `location` that match; a restore refuses to overwrite a file that differs."""

    def names() -> list[str]:
        found = (path for pattern in patterns for path in location.glob(pattern))
        return sorted(str(path.relative_to(location)) for path in found)

    def put(file: str, content: bytes) -> None:
        target = location / file
        if not any(target.match(str(location / pattern)) for pattern in patterns) or ".." in file:
            raise NotABackup
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists() and target.read_bytes() != content:
            raise NotEmpty
        with os.fdopen(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as out:
            out.write(content)

    return BackupFiles(name, names, lambda file: (location / file).read_bytes(), put)


def _check_origin(manifest: Manifest) -> None:
    """Refuse a backup made with another secret, or by a demo for a real office, or the reverse."""
    if manifest.origin:
        brings_secret = settings.is_demo and not (settings.var / "secret").exists()
        origin.compare(manifest.origin, brings_secret=brings_secret)
        return
    env = "demo" if f"var/{schema.DEMO_ACCOUNTS}" in manifest.members else "production"
    if env != settings.env:
        raise origin.OtherOffice(env)


# -- the tar file -----------------------------------------------------------------------------


def _pack(
    file: IO[bytes], tables: Path, file_sets: list[BackupFiles], manifest: Manifest
) -> Manifest:
    """Tables, then files, then the manifest; gives it with the members and their sums."""
    with tarfile.open(fileobj=file, mode="w") as tar:
        members = {
            f"{TABLES}{path.name}": _add_file(tar, path) for path in sorted(tables.iterdir())
        }
        for file_set in file_sets:
            members |= _add_all(tar, file_set)
        facts = {"format": FORMAT, "made": manifest.made.isoformat()}
        facts |= {"revision": manifest.revision, "members": members}
        if manifest.origin:
            facts["origin"] = asdict(manifest.origin)
        _add(tar, MANIFEST, json.dumps(facts, indent=1).encode())
    return replace(manifest, members=members)


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


def _add_all(tar: tarfile.TarFile, file_set: BackupFiles) -> dict[str, str]:
    sums = {}
    for name in file_set.names():
        with contextlib.suppress(FileNotFoundError):  # deleted by a sweep since it was listed
            member = f"{file_set.name}/{name}"
            sums[member] = _add(tar, member, file_set.read(name))
    return sums


def checked_manifest(path: Path) -> Manifest:
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
    maker = Origin(**facts["origin"]) if "origin" in facts else None
    return Manifest(datetime.fromisoformat(facts["made"]), facts["revision"], sums, maker)


def _open(tar: tarfile.TarFile, name: str | tarfile.TarInfo) -> io.BufferedReader:
    if (file := tar.extractfile(name)) is None:
        raise NotABackup
    return cast(io.BufferedReader, file)


def _restore_files(tar: tarfile.TarFile, file_sets: list[BackupFiles]) -> None:
    by_name = {file_set.name: file_set for file_set in file_sets}
    for about in tar:
        file_set, _, name = about.name.partition("/")
        if file_set in by_name:
            with _open(tar, about) as file:
                _put(by_name[file_set], name, file.read())


def _put(file_set: BackupFiles, name: str, content: bytes) -> None:
    try:
        file_set.put(name, content)
    except FileNotFoundError as error:  # a name that this set of files never listed
        raise NotABackup from error
