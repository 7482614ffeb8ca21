"""The store of accepted papers: files under random names, in a local folder or an S3 bucket.

A paper is written once and never changed. `BARUT_STORE_URL` chooses the store; both have the same
methods (`Store`). Only this module knows where a file is, and no name comes from outside. Uploaded
bytes that are not yet checked are in the quarantine, always on the local disk.
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
MIN_FREE_BYTES = 500 * MEGABYTE  # for the database, the log and the outbox on the same disk


@slow_work.slow
def add(content: bytes, extension: str) -> str:
    """Store a new paper and return its name; it is durable when this returns.

    Raises StoreFull or StoreAway; then nothing was stored.
    """
    ensure_free_space()
    name = f"{secrets.token_hex(16)}.{extension}"
    put(name, content)
    return name


def put(name: str, content: bytes) -> None:
    """Store a paper under the name it already has, when a backup is restored.

    Durable when this returns. The same bytes once more are accepted; other bytes under a name
    that is taken raise NameTaken. Not marked as slow work: a restore runs in one transaction,
    while the office is closed.
    """
    ensure_name(name)
    _store().put(name, content)


@slow_work.slow
def read(name: str) -> bytes:
    """The bytes of a stored paper; FileNotFoundError when it is gone."""
    ensure_name(name)
    return _store().read(name)


def exists(name: str) -> bool:
    """Whether a paper of that name is stored."""
    ensure_name(name)
    return _store().exists(name)


@slow_work.slow
def remove(name: str) -> None:
    """Delete a stored paper; no error when it is gone already."""
    ensure_name(name)
    _store().remove(name)


def names() -> list[str]:
    """Names of all stored papers, without half-written files."""
    return sorted(_store().names())


@slow_work.slow
def names_before(moment: datetime) -> Iterator[str]:
    """Names of stored papers and half-written files last written before `moment`."""
    return _store().names_before(moment)


@slow_work.slow
def is_reachable() -> bool:
    """Whether the store answers just now."""
    return _store().is_reachable()


def ensure_free_space() -> None:
    """Raise StoreFull below `MIN_FREE_BYTES` of free disk; papers can still be read then."""
    store = _store()
    paths = [quarantine.folder(), *([store.path] if isinstance(store, Folder) else [])]
    if min(shutil.disk_usage(path).free for path in paths) < MIN_FREE_BYTES:
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
