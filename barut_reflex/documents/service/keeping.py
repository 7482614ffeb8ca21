"""Which papers a person has, how many they may be, and the broom behind them."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, or_, select

from ...core import audit, clock, slow_work
from ...core.backup import BackupFiles
from ...core.errors import Refusal
from ...core.figures import size_text
from ...core.locks import execute_change, lock
from ...core.settings import settings
from ...people.models import Person
from .. import rules
from ..models import Document, QuarantinedUpload
from ..rules import AK1_PAPERS, Kind
from ..storage import quarantine, store
from .arrival import Checked, is_fresh

UNREFERENCED_FOR = timedelta(hours=24)


class QuotaReached(Refusal):
    pass


class ReplacedTooOften(Refusal):
    message = "Anda sudah sering mengganti berkas hari ini. Coba lagi besok, atau hubungi kantor."


def attach(
    session: Session, by: Person, kind: Kind, checked: Checked, *, proves: str = ""
) -> Document:
    """Make the stored file this person's paper; the older one of that kind is replaced.

    `proves` is the entry of the profile a proof belongs to; each has one of its own.

    Raises QuotaReached beyond `PAPERS_A_PERSON` or `BYTES_A_PERSON`, ReplacedTooOften when
    twice as much lies there with the papers replaced within a day.
    """
    lock(session, f"papers {by.id}")
    papers = {(paper.kind, paper.proves): paper for paper in _current(session, by.id)}
    older = papers.pop((kind, proves), None)
    _check_quota(kind, checked.size, list(papers.values()))
    check_stored_quota(session, kind, checked.size, by)
    if older:
        older.replaced = clock.now()
        session.add(older)
        session.flush()  # before the newer row: one current paper of a kind
    used = col(QuarantinedUpload.ticket_hash).in_(checked.tickets)
    session.execute(delete(QuarantinedUpload).where(used))
    document = Document(
        owner_id=by.id,
        kind=kind,
        proves=proves,
        file=checked.file,
        media_type=checked.media_type,
        size=checked.size,
        pages=checked.pages,
        sha256=checked.sha256,
        original_name=checked.original_name,
        at=clock.now(),
    )
    session.add(document)
    session.flush()
    audit.record(session, "attach_paper", by=by, subject=by.public_id, detail=document.public_id)
    return document


def detach(session: Session, by: Person, kind: Kind, *, proves: str = "") -> None:
    """Take a paper away; pressed twice, the second press finds nothing and changes nothing."""
    lock(session, f"papers {by.id}")
    papers = {(paper.kind, paper.proves): paper for paper in _current(session, by.id)}
    document = papers.get((kind, proves))
    if document is None:
        return
    document.replaced = clock.now()
    session.add(document)
    audit.record(session, "remove_paper", by=by, subject=by.public_id, detail=document.public_id)


def current_papers(session: Session, owner_id: int) -> dict[Kind, Document]:
    """The person's papers of today for an application, by kind, in the order of the form."""
    found = {row.kind: row for row in _current(session, owner_id)}
    return {kind: found[kind] for kind in AK1_PAPERS if kind in found}


def current_proofs(session: Session, owner_id: int) -> dict[str, Document]:
    """The person's proofs of today, by the public id of the entry they prove."""
    rows = _current(session, owner_id)
    return {row.proves: row for row in rows if row.kind is Kind.PROOF}


def _current(session: Session, owner_id: int) -> list[Document]:
    is_current = col(Document.replaced).is_(None)
    return list(session.exec(select(Document).where(Document.owner_id == owner_id, is_current)))


def sweep(session: Session, *, still_needed: Callable[[list[int]], set[int]]) -> None:
    """The worker's broom: old quarantine, and rows of replaced papers nobody handed in.

    `still_needed` gets ids of replaced papers and names those an application still shows. Their
    files go later (`old_files`): a row taken back by a failed commit must still find its file.
    """
    now = clock.now()
    quarantine.empty_quarantine(now - rules.TICKET_LIFE)
    session.execute(delete(QuarantinedUpload).where(~is_fresh()))
    old = col(Document.replaced) < now - UNREFERENCED_FOR
    replaced = list(session.exec(select(Document.id).where(old)))
    if gone := set(replaced) - still_needed(replaced):
        session.execute(delete(Document).where(col(Document.id).in_(gone)))


def kept_since() -> datetime:
    """The moment that is as long ago as the office keeps papers."""
    return clock.now() - timedelta(days=settings.retention_days_after_end)


def let_go(session: Session, which: ColumnElement[bool]) -> None:
    """Those papers are no longer their person's own; a file goes with the next sweep."""
    own = update(Document).where(which, col(Document.replaced).is_(None))
    execute_change(session, own.values(replaced=clock.now()))


def old_files() -> list[str]:
    """Names that have lain in the store for a day; asks all of it, so outside a transaction."""
    return list(store.names_before(clock.now() - UNREFERENCED_FOR))


def without_row(session: Session, names: list[str]) -> list[str]:
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


def backup_files() -> BackupFiles:
    """The papers, for a backup."""
    return BackupFiles("papers", store.names, store.read, store.put, sums)


def sums(session: Session) -> dict[str, str]:
    """The SHA-256 that every stored paper must have, by its name in the store."""
    return dict(session.exec(select(Document.file, Document.sha256)).all())


def broken_papers(session: Session) -> list[str]:
    """Names of papers whose file is gone or is no longer what was stored; slow."""
    known = sums(session)
    slow_work.release_connection(session)
    return [name for name, sha256 in known.items() if _sum_of(name) != sha256]


def _sum_of(name: str) -> str:
    try:
        return hashlib.sha256(store.read(name)).hexdigest()
    except FileNotFoundError:
        return ""


def check_stored_quota(session: Session, kind: Kind, size: int, by: Person) -> None:
    """Refuse what would pass a person's quota with their replaced papers, which lie a day yet."""
    replaced = col(Document.replaced)
    lies_there = or_(replaced.is_(None), replaced > clock.now() - UNREFERENCED_FOR)
    stored = session.exec(select(Document.size).where(Document.owner_id == by.id, lies_there)).all()
    if len(stored) >= rules.STORED_PAPERS or sum(stored) + size > rules.STORED_BYTES:
        raise ReplacedTooOften(field=kind)


def _check_quota(kind: Kind, size: int, others: list[Document]) -> None:
    total = size + sum(other.size for other in others)
    if len(others) >= rules.PAPERS_A_PERSON:
        raise QuotaReached(
            f"Anda sudah menyimpan {len(others)} berkas, batasnya {rules.PAPERS_A_PERSON}. "
            "Hapus berkas yang tidak diperlukan, lalu pilih lagi.",
            field=kind,
        )
    if total > rules.BYTES_A_PERSON:
        raise QuotaReached(
            f"Seluruh berkas Anda menjadi {size_text(total)}, batasnya "
            f"{size_text(rules.BYTES_A_PERSON)}. Kirim berkas yang lebih kecil.",
            field=kind,
        )
