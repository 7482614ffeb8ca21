"""Papers in a folder of this machine: written, synced, renamed, and the folder synced."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from .names import NameTaken, StoreFull


class Folder:
    """A folder nobody else may enter."""

    def __init__(self, place: Path):
        self._place = place

    @property
    def place(self) -> Path:
        return private_folder(self._place)

    def put(self, name: str, content: bytes) -> None:
        """Whole on the disk under its name, or not there at all."""
        place = self.place / name
        if place.exists():
            return _ensure_same(place, content)
        draft = place.with_suffix(".tmp")
        try:
            with os.fdopen(create_private(draft), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(place)
            _fsync_folder(place.parent)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise StoreFull from error

    def read(self, name: str) -> bytes:
        return (self.place / name).read_bytes()

    def exists(self, name: str) -> bool:
        return (self.place / name).is_file()

    def remove(self, name: str) -> None:
        (self.place / name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        return [entry.name for entry in os.scandir(self.place) if entry.name[-4:] != ".tmp"]

    def names_before(self, moment: datetime) -> Iterator[str]:
        return names_older_than(self.place, moment)

    def is_reachable(self) -> bool:
        return os.access(self.place, os.R_OK | os.W_OK | os.X_OK)


def private_folder(path: Path) -> Path:
    """The folder, there and private."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def create_private(path: Path) -> int:
    """A new file for this user alone; FileExistsError if there is one."""
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)


def names_older_than(folder: Path, moment: datetime) -> Iterator[str]:
    """Names of files last written before that moment."""
    for entry in os.scandir(folder):
        if entry.is_file(follow_symlinks=False) and _written(entry) < moment.timestamp():
            yield entry.name


def _written(entry: os.DirEntry) -> float:
    try:
        return entry.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:
        return float("inf")


def _ensure_same(place: Path, content: bytes) -> None:
    if place.read_bytes() != content:
        raise NameTaken


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
