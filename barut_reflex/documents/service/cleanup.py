"""Deletion of papers nothing needs any more: old uploads, replaced papers, files without a row."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from ...core import clock
from ...core.locks import change
from ...core.settings import settings
from .. import rules
from ..models import Document, QuarantinedUpload
from ..storage import quarantine, store
from .uploads import is_fresh


def delete_unneeded(session: Session, *, still_needed: Callable[[list[int]], set[int]]) -> None:
    """The worker's broom: old quarantine, and rows of replaced papers nobody handed in.

    `still_needed` gets ids of replaced papers and names those an application still shows. Their
    files go later (`old_file_names`): a row taken back by a failed commit must still find its file.
    """
    now = clock.now()
    quarantine.empty_quarantine(now - rules.TICKET_LIFETIME)
    session.execute(delete(QuarantinedUpload).where(~is_fresh()))
    old = col(Document.replaced) < now - rules.UNREFERENCED_RETENTION
    replaced = list(session.exec(select(Document.id).where(old)))
    if gone := set(replaced) - still_needed(replaced):
        session.execute(delete(Document).where(col(Document.id).in_(gone)))


def retention_cutoff() -> datetime:
    """The moment that is as long ago as the office keeps papers."""
    return clock.now() - timedelta(days=settings.retention_days_after_end)


def mark_replaced(session: Session, which: ColumnElement[bool]) -> None:
    """Those papers are no longer their person's own; a file goes with the next delete_unneeded."""
    own = update(Document).where(which, col(Document.replaced).is_(None))
    change(session, own.values(replaced=clock.now()))


def old_file_names() -> list[str]:
    """Names that have lain in the store for a day; asks all of it, so outside a transaction."""
    return list(store.names_before(clock.now() - rules.UNREFERENCED_RETENTION))


def orphaned(session: Session, names: list[str]) -> list[str]:
    """Those of the names that belong to no paper. So old a file no new row can come to use."""
    found: list[str] = []
    for start in range(0, len(names), 500):
        part = set(names[start : start + 500])
        known = session.exec(select(Document.file).where(col(Document.file).in_(part)))
        found += part - set(known)
    return found


def remove_files(names: list[str]) -> None:
    """Out of the store; one that is gone already does not matter."""
    for name in names:
        store.remove(name)
