"""Who may look at a paper, and what they see."""

import hashlib
import logging
from functools import lru_cache

from sqlmodel import Session, or_, select

from ...accounts.models import STAFF, Person
from ...core import views
from ...core.errors import Refusal
from .. import jail, storage
from ..models import Document

THUMBNAIL = 320  # pixels, long side; shown at 80, on a dense screen at 240
FULL_VIEW = 1_800
log = logging.getLogger(__name__)


class NotFound(Refusal):
    """Also for a paper of somebody else: whether it exists is nobody's business."""

    message = "Berkas tidak ditemukan. Muat ulang halaman untuk melihat berkas terbaru."


def find_document(session: Session, public_id: str, *, by: Person) -> Document:
    """The paper's row, for its owner and for staff; raises NotFound for everybody else."""
    is_mine = Document.owner_id == by.id
    allowed = or_(is_mine, by.role in STAFF)
    row = session.exec(select(Document).where(Document.public_id == public_id, allowed)).first()
    if row is None:
        raise NotFound
    return row


def _seen(session: Session, _answer: object, public_id: str, *_: int) -> views.View:
    """Whose paper it is: pages turned within ten minutes are one look."""
    paper = session.exec(select(Document).where(Document.public_id == public_id)).one()
    owner = session.get_one(Person, paper.owner_id)
    return views.View(views.Seen.PAPER, owner.public_id, detail=public_id)


@views.gives(_seen)
def open_paper(session: Session, public_id: str, *, by: Person) -> tuple[Document, bytes]:
    """The paper and its bytes as stored; raises NotFound as `find_document` does."""
    document = find_document(session, public_id, by=by)
    return document, read(document)


@views.gives(_seen)
def open_page(
    session: Session, public_id: str, page: int, *, is_small: bool = False, by: Person
) -> bytes:
    """Page `page` (from 1) of a paper as a JPEG, 1,800 pixels long, or 320 as a thumbnail."""
    document = find_document(session, public_id, by=by)
    if not 1 <= page <= document.pages:
        raise NotFound
    if is_small:
        return thumbnail(document, page)
    return _drawn(document, page, FULL_VIEW)


def thumbnail(document: Document, page: int = 1) -> bytes:
    """A small JPEG of one page, kept in memory: a stored file never changes."""
    return _thumbnail(document.file, document.sha256, document.media_type, page)


def read(document: Document) -> bytes:
    """The stored bytes, for a caller that may see them (the card, the check page)."""
    return _whole(document.file, document.sha256)


def _whole(file: str, sha256: str) -> bytes:
    """The bytes as they were stored; what was lost or exchanged in the store is not shown."""
    try:
        content = storage.read(file)
    except FileNotFoundError as error:
        log.error("alarm: paper %s has no file", file[:8])
        raise NotFound from error
    if hashlib.sha256(content).hexdigest() != sha256:
        log.error("alarm: paper %s is not what was stored", file[:8])
        raise NotFound
    return content


def _drawn(document: Document, page: int, long_side: int) -> bytes:
    return jail.draw(read(document), document.media_type, page=page, long_side=long_side)


@lru_cache(maxsize=512)
def _thumbnail(file: str, sha256: str, media_type: str, page: int) -> bytes:
    return jail.draw(_whole(file, sha256), media_type, page=page, long_side=THUMBNAIL)
