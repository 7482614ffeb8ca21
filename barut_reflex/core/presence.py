"""Detects running server processes: each holds a shared lock on a file in `var/`.

A move to another database takes the lock alone, and so refuses to run beside a server.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from .errors import Refusal
from .settings import settings


class OfficeIsOpen(Refusal):
    message = "Server masih berjalan. Hentikan dulu semua proses Barut Kerja, lalu ulangi."


def mark_open() -> int:
    """Take the shared lock for this server process until it ends; returns its file descriptor."""
    handle = _lock_file()
    fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)  # fails while the office is being moved
    return handle


@contextmanager
def closed_office() -> Iterator[None]:
    """Hold the lock alone, so that no server starts meanwhile; raises OfficeIsOpen if one runs."""
    handle = _lock_file()
    try:
        _take_alone(handle)
        yield
    finally:
        os.close(handle)


def _take_alone(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OfficeIsOpen from error


def _lock_file() -> int:
    settings.var.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(settings.var / "office.lock", os.O_CREAT | os.O_RDWR, 0o600)
