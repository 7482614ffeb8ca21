"""Where papers lie. Nothing else knows a path, and no name comes from outside.

Papers are written once under a random name and never changed. Another store (S3) has to offer
`keep`, `put`, `read`, `remove`, `exists`, `names` and `names_before`; the quarantine stays on
the local disk.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ..core.errors import Refusal
from ..core.settings import settings
from .rules import MEGABYTE

ROOM_NEEDED = 500 * MEGABYTE  # kept free for the database, the log and the outbox
NAME = re.compile(r"[0-9a-f]{32}(\.jpg|\.pdf|\.tmp)?")


class StoreFull(Refusal):
    message = (
        "Penyimpanan kantor sedang penuh, jadi berkas baru belum dapat diterima. "
        "Data Anda aman. Coba lagi nanti atau hubungi kantor."
    )


def keep(content: bytes, extension: str) -> str:
    """Store a paper for good and return its name; safe on disk before this returns.

    Raises StoreFull when the disk has no room; nothing is left behind then.
    """
    ensure_room()
    name = f"{secrets.token_hex(16)}.{extension}"
    put(name, content)
    return name


def put(name: str, content: bytes) -> None:
    """Store a paper under a name it already has (from a backup); as safe as `keep`."""
    place = _in(_papers(), name)
    draft = place.with_suffix(".tmp")
    try:
        with os.fdopen(_create(draft), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(place)
        _fsync_folder(place.parent)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreFull from error


def read(name: str) -> bytes:
    """The bytes of a stored paper; FileNotFoundError when it is gone."""
    return _in(_papers(), name).read_bytes()


def exists(name: str) -> bool:
    return _in(_papers(), name).is_file()


def remove(name: str) -> None:
    _in(_papers(), name).unlink(missing_ok=True)


def names() -> list[str]:
    """Names of all stored papers, those of drafts and torn leftovers left out."""
    return sorted(entry.name for entry in os.scandir(_papers()) if not entry.name.endswith(".tmp"))


def names_before(moment: datetime) -> Iterator[str]:
    """Names of stored papers, and of torn leftovers, last written before `moment`."""
    return _older(_papers(), moment)


def ensure_room() -> None:
    """Raise StoreFull below 500 MB of free disk; reading goes on."""
    if min(shutil.disk_usage(place).free for place in (_papers(), _quarantine())) < ROOM_NEEDED:
        raise StoreFull


def open_quarantine() -> tuple[str, BinaryIO]:
    """A new place for bytes that arrive, and its name; raises StoreFull."""
    name = secrets.token_hex(16)
    try:
        return name, os.fdopen(_create(_in(_quarantine(), name)), "wb")
    except OSError as error:
        raise StoreFull from error


def claim(name: str) -> bytes | None:
    """Take the quarantined bytes out, once: of two at the same time one gets None."""
    place = _in(_quarantine(), name)
    taken = place.with_suffix(".taken")
    try:
        place.rename(taken)
    except FileNotFoundError:
        return None
    try:
        return taken.read_bytes()
    finally:
        taken.unlink()


def discard(name: str) -> None:
    """Forget quarantined bytes."""
    _in(_quarantine(), name).unlink(missing_ok=True)


def empty_quarantine(before: datetime) -> None:
    """Forget whatever lies in quarantine since before that moment, torn leftovers too."""
    for name in _older(_quarantine(), before):
        (_quarantine() / name).unlink(missing_ok=True)


def _papers() -> Path:
    return _folder(settings.uploads / "papers")


def _quarantine() -> Path:
    return _folder(settings.var / "quarantine")


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _in(folder: Path, name: str) -> Path:
    if not NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return folder / name


def _create(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _older(folder: Path, moment: datetime) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_file(follow_symlinks=False) and _written(entry) < moment.timestamp():
            yield entry.name


def _written(entry: os.DirEntry) -> float:
    try:
        return entry.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:
        return float("inf")
