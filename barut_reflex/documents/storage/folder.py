"""Store of uploaded papers in a local folder; atomic writes: temporary name, fsync, rename."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from .names import NameTaken, StoreFull


class Folder:
    """A store in one folder that only the server's user may enter."""

    def __init__(self, path: Path):
        self._path = path

    @property
    def path(self) -> Path:
        """The folder; created when it is missing."""
        return private_folder(self._path)

    def put(self, name: str, content: bytes) -> None:
        """Store a file; it is written whole or not at all. Raises NameTaken, StoreFull."""
        path = self.path / name
        if path.exists():
            return _ensure_same(path, content)
        draft = path.with_suffix(".tmp")
        try:
            with os.fdopen(create_private(draft), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(path)
            _fsync_folder(path.parent)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise StoreFull from error

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    def exists(self, name: str) -> bool:
        return (self.path / name).is_file()

    def remove(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        return [entry.name for entry in os.scandir(self.path) if entry.name[-4:] != ".tmp"]

    def names_before(self, moment: datetime) -> Iterator[str]:
        return names_older_than(self.path, moment)

    def is_reachable(self) -> bool:
        return os.access(self.path, os.R_OK | os.W_OK | os.X_OK)


def private_folder(path: Path) -> Path:
    """Create the folder, for this user alone, unless it exists."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def create_private(path: Path) -> int:
    """Open a new file for this user alone; raises FileExistsError."""
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)


def names_older_than(folder: Path, moment: datetime) -> Iterator[str]:
    """Names of the files last written before that moment."""
    for entry in os.scandir(folder):
        if entry.is_file(follow_symlinks=False) and _written(entry) < moment.timestamp():
            yield entry.name


def _written(entry: os.DirEntry) -> float:
    try:
        return entry.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:
        return float("inf")


def _ensure_same(path: Path, content: bytes) -> None:
    if path.read_bytes() != content:
        raise NameTaken


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
