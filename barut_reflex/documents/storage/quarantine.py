"""Quarantine: temporary local files for uploaded bytes, from arrival until they are checked."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ...core.settings import settings
from .folder import create_private, names_older_than, private_folder
from .names import StoreFull, ensure_name


def folder() -> Path:
    """The quarantine's folder; created when it is missing."""
    return private_folder(settings.var / "quarantine")


def open_quarantine() -> tuple[str, BinaryIO]:
    """Create a file for bytes that arrive; gives its name and the open file. Raises StoreFull."""
    name = secrets.token_hex(16)
    try:
        return name, os.fdopen(create_private(_path(name)), "wb")
    except OSError as error:
        raise StoreFull from error


def claim(name: str) -> bytes | None:
    """Read the bytes and delete the file; of two concurrent callers one gets None."""
    file = _path(name)
    taken = file.with_suffix(".taken")
    try:
        file.rename(taken)
    except FileNotFoundError:
        return None
    try:
        return taken.read_bytes()
    finally:
        taken.unlink()


def discard(name: str) -> None:
    """Delete a file of the quarantine, if it exists."""
    _path(name).unlink(missing_ok=True)


def empty_quarantine(before: datetime) -> None:
    """Delete every file last written before that moment, also those left by a crash."""
    for name in names_older_than(folder(), before):
        (folder() / name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    ensure_name(name)
    return folder() / name
