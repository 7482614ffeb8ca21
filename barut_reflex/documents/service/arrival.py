"""From the route's bytes to a stored paper without a row."""

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
from ..rules import STORED_AS, Format, Kind, Reason, Unfit
from ..storage import quarantine, store


class UploadLost(Refusal):
    message = (
        f"Berkas tidak sampai atau sudah lebih dari {duration(rules.TICKET_LIFE)}. Periksa "
        "sambungan internet, lalu pilih berkas itu lagi."
    )


class TooManyUploads(Refusal):
    message = "Terlalu banyak berkas dikirim. Tunggu beberapa menit, lalu pilih berkas itu lagi."


@dataclass(frozen=True)
class Checked:
    """A paper that passed: stored already, waiting for its row."""

    kind: Kind
    file: str
    media_type: str
    size: int
    pages: int
    sha256: str
    original_name: str
    tickets: tuple[str, ...] = ()  # hashes of what was used up


def ensure_upload_allowed(session: Session, by: Person) -> None:
    """Before a byte is read: is there room, and has this person not sent too much already?"""
    store.ensure_room()
    waiting = select(QuarantinedUpload.size).where(QuarantinedUpload.owner_id == by.id, is_fresh())
    sizes = session.exec(waiting).all()
    if len(sizes) >= rules.WAITING_A_PERSON or sum(sizes) >= rules.BYTES_A_PERSON:
        raise TooManyUploads


def issue_ticket(
    session: Session, by: Person, kind: Kind, file: str, size: int, original_name: str, *, sign_in
) -> str:
    """Register quarantined bytes; the ticket opens them once, for this sign-in and this kind."""
    lock(session, f"uploads {by.id}")
    ensure_upload_allowed(session, by)
    hourly = limits.spend(
        session, f"upload {by.id}", limit=rules.UPLOADS_AN_HOUR, per=timedelta(hours=1)
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
) -> Checked:
    """Take quarantined uploads, in order, draw them anew and store them as one paper.

    Slow. Writes no row, but files: whatever the outcome, the bytes leave the quarantine here, and
    a paper that passed lies in the store. Raises UploadLost for a ticket that is unknown, old,
    used or another session's; Unfit; Busy; StoreFull.
    """
    try:
        uploads = _uploads(session, kind, tickets, by, sign_in)
        slow_work.release_connection(session)
        contents = [quarantine.claim(upload.file) for upload in uploads]
        taken = [content for content in contents if content is not None]
        if len(taken) < len(contents):
            raise UploadLost
        checked = check(kind, taken, [upload.original_name for upload in uploads])
    except Refusal as refusal:
        refusal.field = kind
        raise
    return replace(checked, tickets=tuple(upload.ticket_hash for upload in uploads))


def check(kind: Kind, contents: list[bytes], names: list[str]) -> Checked:
    """Decode, draw anew, store: what is kept holds nothing but what can be seen."""
    _check_arrival(kind, contents, names)
    rebuilt = jail.rebuild(contents)
    return Checked(
        kind=kind,
        file=store.keep(rebuilt.content, STORED_AS[Format(rebuilt.media_type)]),
        media_type=rebuilt.media_type,
        size=len(rebuilt.content),
        pages=rebuilt.pages,
        sha256=hashlib.sha256(rebuilt.content).hexdigest(),
        original_name=names[0],
    )


def _uploads(
    session: Session, kind: Kind, tickets: list[str], by: Person, sign_in: str
) -> list[QuarantinedUpload]:
    """The rows behind the tickets, in their order; one that is not mine is missing."""
    if len(tickets) > rules.FILES_AT_ONCE:
        limit = str(rules.FILES_AT_ONCE)
        raise Unfit(Reason.TOO_MANY_FILES, actual=str(len(tickets)), limit=limit)
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
    found = {row.ticket_hash: row for row in rows}
    if not hashes or set(found) != set(hashes) or len(found) != len(hashes):
        raise UploadLost
    return [found[one] for one in hashes]


def is_fresh():
    return col(QuarantinedUpload.created) > clock.now() - rules.TICKET_LIFE


def _check_arrival(kind: Kind, contents: list[bytes], names: list[str]) -> None:
    """Size, first bytes and name, before anything is decoded."""
    for content, name in zip(contents, names, strict=True):
        rules.check_size(len(content), settings.paper_limit)
        found = rules.format_of(content[:16])
        if kind is Kind.PHOTO and (found is Format.PDF or len(contents) > 1):
            raise Unfit(Reason.NOT_A_PICTURE)
        rules.check_name(name, found)
