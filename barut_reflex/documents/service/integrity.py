"""Checksums of the stored papers: the files for backup and restore, which are lost or changed."""

import hashlib

from sqlmodel import Session, select

from ...core import slow_work
from ...core.backup import BackupFiles
from ..models import Document
from ..storage import store


def shelf() -> BackupFiles:
    """The papers as a set of files for backup and restore."""
    return BackupFiles("papers", store.names, store.read, store.put, checksums)


def checksums(session: Session) -> dict[str, str]:
    """The SHA-256 that every stored paper must have, by its name in the store."""
    return dict(session.exec(select(Document.file, Document.sha256)).all())


def broken_papers(session: Session) -> list[str]:
    """Names of papers whose file is lost or has other bytes than were stored; slow."""
    known = checksums(session)
    slow_work.release_connection(session)
    return [name for name, sha256 in known.items() if _checksum_of(name) != sha256]


def _checksum_of(name: str) -> str:
    try:
        return hashlib.sha256(store.read(name)).hexdigest()
    except FileNotFoundError:
        return ""
