"""Uploads: limits them, registers quarantined bytes by ticket, re-encodes them into a stored file.

The stored file becomes somebody's paper in `attachments.attach`.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session, col, select

from ...core import clock, limits, slow_work
from ...core.errors import Refusal
from ...core.figures import duration
from ...core.locks import lock
from ...core.settings import settings
from ...core.tokens import fingerprint, new_token
from ...people.models import Person
from .. import jail, rules
from ..models import QuarantinedUpload
from ..rules import STORED_AS, FileRefused, Format, Kind, Reason
from ..storage import quarantine, store


class UploadLost(Refusal):
    message = (
        f"Berkas tidak sampai atau sudah lebih dari {duration(rules.TICKET_LIFETIME)}. Periksa "
        "sambungan internet, lalu pilih berkas itu lagi."
    )


class TooManyUploads(Refusal):
    message = "Terlalu banyak berkas dikirim. Tunggu beberapa menit, lalu pilih berkas itu lagi."


@dataclass(frozen=True)
class StoredFile:
    """A file that was accepted and is stored already; its `Document` row does not exist yet."""

    kind: Kind
    file: str
    media_type: str
    size: int
    pages: int
    sha256: str
    original_name: str
    tickets: tuple[str, ...] = ()  # hashes of the tickets that were used for it


def ensure_upload_allowed(session: Session, by: Person) -> None:
    """Check disk space and the person's uploads in quarantine, before a byte is read.

    Raises StoreFull or TooManyUploads.
    """
    store.ensure_free_space()
    waiting = select(QuarantinedUpload.size).where(QuarantinedUpload.owner_id == by.id, is_fresh())
    sizes = session.exec(waiting).all()
    if len(sizes) >= rules.MAX_WAITING_UPLOADS or sum(sizes) >= rules.MAX_BYTES:
        raise TooManyUploads


def issue_ticket(
    session: Session, by: Person, kind: Kind, file: str, size: int, original_name: str, *, sign_in
) -> str:
    """Register quarantined bytes; gives a ticket that is good once, for this sign-in and kind."""
    lock(session, f"uploads {by.id}")
    ensure_upload_allowed(session, by)
    hourly = limits.spend(
        session, f"upload {by.id}", limit=rules.MAX_UPLOADS_PER_HOUR, per=timedelta(hours=1)
    )
    if not hourly:
        raise TooManyUploads
    ticket = new_token()
    session.add(
        QuarantinedUpload(
            ticket_hash=fingerprint(ticket),
            sign_in=sign_in,
            owner_id=by.id,
            kind=kind,
            file=file,
            original_name=rules.shown_name(original_name),
            size=size,
            created=clock.now(),
        )
    )
    return ticket


def rebuild_upload(
    session: Session, kind: Kind, tickets: list[str], *, by: Person, sign_in: str
) -> StoredFile:
    """Re-encode quarantined uploads, in order, and store them as one paper. Slow.

    Writes no row, but files: whatever the outcome, the bytes are deleted from the quarantine, and
    an accepted paper is in the store. Raises UploadLost for a ticket that is unknown, old, used or
    another session's; FileRefused; JailBusy; StoreFull; StoreAway.
    """
    try:
        uploads = _uploads(session, kind, tickets, by, sign_in)
        slow_work.release_connection(session)
        contents = [quarantine.claim(upload.file) for upload in uploads]
        taken = [content for content in contents if content is not None]
        if len(taken) < len(contents):
            raise UploadLost
        checked = rebuild_and_store(kind, taken, [upload.original_name for upload in uploads])
    except Refusal as refusal:
        refusal.field = kind
        raise
    return replace(checked, tickets=tuple(upload.ticket_hash for upload in uploads))


def rebuild_and_store(kind: Kind, contents: list[bytes], names: list[str]) -> StoredFile:
    """Check, re-encode and store files: what is stored holds nothing but what can be seen."""
    _check_arrival(kind, contents, names)
    rebuilt = jail.rebuild(contents)
    return StoredFile(
        kind=kind,
        file=store.add(rebuilt.content, STORED_AS[Format(rebuilt.media_type)]),
        media_type=rebuilt.media_type,
        size=len(rebuilt.content),
        pages=rebuilt.pages,
        sha256=hashlib.sha256(rebuilt.content).hexdigest(),
        original_name=names[0],
    )


def _uploads(
    session: Session, kind: Kind, tickets: list[str], by: Person, sign_in: str
) -> list[QuarantinedUpload]:
    """The rows of these tickets, in their order; UploadLost unless all are valid and mine."""
    if len(tickets) > rules.MAX_FILES_PER_PAPER:
        limit = str(rules.MAX_FILES_PER_PAPER)
        raise FileRefused(Reason.TOO_MANY_FILES, actual=str(len(tickets)), limit=limit)
    hashes = [fingerprint(ticket) for ticket in tickets]
    rows = session.exec(
        select(QuarantinedUpload).where(
            col(QuarantinedUpload.ticket_hash).in_(hashes),
            QuarantinedUpload.sign_in == sign_in,
            QuarantinedUpload.owner_id == by.id,
            QuarantinedUpload.kind == kind,
            is_fresh(),
        )
    )
    by_hash = {row.ticket_hash: row for row in rows}
    if not hashes or set(by_hash) != set(hashes) or len(by_hash) != len(hashes):
        raise UploadLost
    return [by_hash[one] for one in hashes]


def is_fresh():
    """The SQL condition that an upload's ticket has not expired."""
    return col(QuarantinedUpload.created) > clock.now() - rules.TICKET_LIFETIME


def _check_arrival(kind: Kind, contents: list[bytes], names: list[str]) -> None:
    """Check size, first bytes and name, before anything is decoded; raises FileRefused."""
    for content, name in zip(contents, names, strict=True):
        rules.check_size(len(content), settings.paper_limit)
        file_format = rules.format_of(content[:16])
        if kind is Kind.PHOTO and (file_format is Format.PDF or len(contents) > 1):
            raise FileRefused(Reason.NOT_A_PICTURE)
        rules.check_name(name, file_format)
