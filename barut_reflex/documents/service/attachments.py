"""A person's papers: attaches a stored file, replaces, removes and lists papers, checks quotas."""

from sqlalchemy import delete
from sqlmodel import Session, col, or_, select

from ...core import audit, clock
from ...core.errors import Refusal
from ...core.figures import size_text
from ...core.locks import lock
from ...people.models import Person
from .. import rules
from ..models import Document, QuarantinedUpload
from ..rules import AK1_PAPERS, Kind
from .uploads import StoredFile


class QuotaReached(Refusal):
    pass


class ReplacedTooOften(Refusal):
    message = "Anda sudah sering mengganti berkas hari ini. Coba lagi besok, atau hubungi kantor."


def attach(
    session: Session, by: Person, kind: Kind, checked: StoredFile, *, proves: str = ""
) -> Document:
    """Make the stored file this person's paper; an older one of its kind is replaced.

    `proves` is the public id of the profile entry that a proof belongs to; each entry has one.

    Raises QuotaReached beyond `MAX_PAPERS` or `MAX_BYTES`, and ReplacedTooOften beyond
    `MAX_STORED_PAPERS` or `MAX_STORED_BYTES`, which count the papers replaced within a day too.
    """
    lock(session, f"papers {by.id}")
    papers = {(paper.kind, paper.proves): paper for paper in _current(session, by.id)}
    older = papers.pop((kind, proves), None)
    _check_quota(kind, checked.size, list(papers.values()))
    check_stored_quota(session, kind, checked.size, by)
    if older:
        older.replaced = clock.now()
        session.add(older)
        session.flush()  # first, since an index allows one current paper of a kind
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
    """Remove a paper from a person; does nothing when there is none (a button pressed twice)."""
    lock(session, f"papers {by.id}")
    papers = {(paper.kind, paper.proves): paper for paper in _current(session, by.id)}
    document = papers.get((kind, proves))
    if document is None:
        return
    document.replaced = clock.now()
    session.add(document)
    audit.record(session, "remove_paper", by=by, subject=by.public_id, detail=document.public_id)


def current_papers(session: Session, owner_id: int) -> dict[Kind, Document]:
    """The person's current papers for an application, by kind, in the order of the form."""
    by_kind = {row.kind: row for row in _current(session, owner_id)}
    return {kind: by_kind[kind] for kind in AK1_PAPERS if kind in by_kind}


def current_proofs(session: Session, owner_id: int) -> dict[str, Document]:
    """The person's current proofs, by the public id of the profile entry they prove."""
    rows = _current(session, owner_id)
    return {row.proves: row for row in rows if row.kind is Kind.PROOF}


def _current(session: Session, owner_id: int) -> list[Document]:
    is_current = col(Document.replaced).is_(None)
    return list(session.exec(select(Document).where(Document.owner_id == owner_id, is_current)))


def check_stored_quota(session: Session, kind: Kind, size: int, by: Person) -> None:
    """Quota on all files of a person, since replaced ones stay in the store for a day."""
    replaced = col(Document.replaced)
    is_stored = or_(replaced.is_(None), replaced > clock.now() - rules.UNREFERENCED_RETENTION)
    stored = session.exec(select(Document.size).where(Document.owner_id == by.id, is_stored)).all()
    if len(stored) >= rules.MAX_STORED_PAPERS or sum(stored) + size > rules.MAX_STORED_BYTES:
        raise ReplacedTooOften(field=kind)


def _check_quota(kind: Kind, size: int, others: list[Document]) -> None:
    total = size + sum(other.size for other in others)
    if len(others) >= rules.MAX_PAPERS:
        raise QuotaReached(
            f"Anda sudah menyimpan {len(others)} berkas, batasnya {rules.MAX_PAPERS}. "
            "Hapus berkas yang tidak diperlukan, lalu pilih lagi.",
            field=kind,
        )
    if total > rules.MAX_BYTES:
        raise QuotaReached(
            f"Seluruh berkas Anda menjadi {size_text(total)}, batasnya "
            f"{size_text(rules.MAX_BYTES)}. Kirim berkas yang lebih kecil.",
            field=kind,
        )
