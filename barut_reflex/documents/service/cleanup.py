"""Deletes expired uploads, replaced papers, files without a row; marks papers as replaced.

`retention_cutoff` is the moment before which other features mark papers.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from ...core import clock
from ...core.locks import execute_change
from ...core.settings import settings
from .. import rules
from ..models import Document, QuarantinedUpload
from ..storage import quarantine, store
from .uploads import is_fresh


def delete_unneeded(session: Session, *, still_needed: Callable[[list[int]], set[int]]) -> None:
    """Delete expired uploads, and the rows of replaced papers no application was sent with.

    `still_needed` gets ids of replaced papers and gives back those an application still shows.
    Files are deleted later (`orphaned`): if this transaction fails, the row still needs its file.
    """
    now = clock.now()
    quarantine.empty_quarantine(now - rules.TICKET_LIFETIME)
    session.execute(delete(QuarantinedUpload).where(~is_fresh()))
    old = col(Document.replaced) < now - rules.UNREFERENCED_RETENTION
    replaced = list(session.exec(select(Document.id).where(old)))
    if gone := set(replaced) - still_needed(replaced):
        session.execute(delete(Document).where(col(Document.id).in_(gone)))


def retention_cutoff() -> datetime:
    """The moment before which papers are deleted: now less `BARUT_RETENTION_DAYS_AFTER_END`."""
    return clock.now() - timedelta(days=settings.retention_days_after_end)


def mark_replaced(session: Session, which: ColumnElement[bool]) -> None:
    """Mark current papers as replaced, so that a later cleanup deletes their rows and files."""
    own = update(Document).where(which, col(Document.replaced).is_(None))
    execute_change(session, own.values(replaced=clock.now()))


def old_file_names() -> list[str]:
    """Names of files stored at least a day ago; lists the whole store, so not in a transaction."""
    return list(store.names_before(clock.now() - rules.UNREFERENCED_RETENTION))


def orphaned(session: Session, names: list[str]) -> list[str]:
    """Those of these names that no row uses.

    The names must come from `old_file_names`: a new file may be waiting for its row.
    """
    without_row: list[str] = []
    for start in range(0, len(names), 500):
        part = set(names[start : start + 500])
        known = session.exec(select(Document.file).where(col(Document.file).in_(part)))
        without_row += part - set(known)
    return without_row


def remove_files(names: list[str]) -> None:
    """Delete files from the store; one that is gone already is no error."""
    for name in names:
        store.remove(name)
