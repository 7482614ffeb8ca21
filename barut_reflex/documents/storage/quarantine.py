"""Bytes that have just arrived, on the local disk, until a handler has looked at them."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ...core.settings import settings
from .folder import create_private, names_older_than, private_folder
from .names import StoreFull, ensure_name


def folder() -> Path:
    return private_folder(settings.var / "quarantine")


def open_quarantine() -> tuple[str, BinaryIO]:
    """A new place for bytes that arrive, and its name; raises StoreFull."""
    name = secrets.token_hex(16)
    try:
        return name, os.fdopen(create_private(_path(name)), "wb")
    except OSError as error:
        raise StoreFull from error


def claim(name: str) -> bytes | None:
    """Take the quarantined bytes out, once: of two at the same time one gets None."""
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
    """Forget quarantined bytes."""
    _path(name).unlink(missing_ok=True)


def empty_quarantine(before: datetime) -> None:
    """Forget whatever lies in quarantine since before that moment, torn leftovers too."""
    for name in names_older_than(folder(), before):
        (folder() / name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    ensure_name(name)
    return folder() / name
