"""Where papers lie. Nothing else knows a place, and no name comes from outside.

Papers are written once under a random name and never changed: in a folder of this machine, or in
a bucket of an S3 server (`BARUT_STORE_URL`). Both keep the same promise (`Store`). Bytes that
arrive wait in the quarantine, which is always on the local disk.
"""

import secrets
import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from ...core import slow_work
from ...core.figures import MEGABYTE
from ...core.settings import settings
from . import quarantine
from .bucket import Bucket
from .folder import Folder
from .names import StoreFull, ensure_name

Store = Bucket | Folder
ROOM_NEEDED = 500 * MEGABYTE  # kept free for the database, the log and the outbox


@slow_work.slow
def keep(content: bytes, extension: str) -> str:
    """Store a paper for good and return its name; safe in the store before this returns.

    Raises StoreFull or StoreAway; nothing is left behind then.
    """
    ensure_room()
    name = f"{secrets.token_hex(16)}.{extension}"
    put(name, content)
    return name


def put(name: str, content: bytes) -> None:
    """Store a paper under a name it already has (from a backup, which is brought back in one
    act while the office is shut); as safe as `keep`.

    The same once more is fine; other bytes under a name that is taken raise WrittenOnce.
    """
    ensure_name(name)
    _store().put(name, content)


@slow_work.slow
def read(name: str) -> bytes:
    """The bytes of a stored paper; FileNotFoundError when it is gone."""
    ensure_name(name)
    return _store().read(name)


def exists(name: str) -> bool:
    ensure_name(name)
    return _store().exists(name)


@slow_work.slow
def remove(name: str) -> None:
    ensure_name(name)
    _store().remove(name)


def names() -> list[str]:
    """Names of all stored papers, those of drafts and torn leftovers left out."""
    return sorted(_store().names())


@slow_work.slow
def names_before(moment: datetime) -> Iterator[str]:
    """Names of stored papers, and of torn leftovers, last written before `moment`."""
    return _store().names_before(moment)


@slow_work.slow
def is_reachable() -> bool:
    """Whether the store answers just now."""
    return _store().is_reachable()


def ensure_room() -> None:
    """Raise StoreFull below `ROOM_NEEDED` of free disk; reading goes on."""
    store = _store()
    places = [quarantine.place(), *([store.place] if isinstance(store, Folder) else [])]
    if min(shutil.disk_usage(place).free for place in places) < ROOM_NEEDED:
        raise StoreFull


def open_store(url: str) -> Store:
    """The store at an address: `s3://bucket/prefix?endpoint=…`, or the path of a folder."""
    if url.startswith("s3://"):
        return Bucket(url)
    return Folder(Path(url.removeprefix("file://")) if url else settings.uploads / "papers")


def _store() -> Store:
    return _opened(settings.store_url, settings.uploads)


@lru_cache(maxsize=8)
def _opened(url: str, _uploads: Path) -> Store:
    return open_store(url)
