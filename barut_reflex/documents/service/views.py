"""Who may look at a paper, and what they see."""

import hashlib
import logging
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache
from sqlmodel import Session, or_, select

from ...core import slow_work, views
from ...core.errors import Refusal
from ...people.models import Person
from ...people.rules import STAFF
from .. import jail
from ..models import Document
from ..rules import FULL_VIEW, Unfit
from ..storage import store

THUMBNAIL = 320  # pixels, long side; shown at 80, on a dense screen at 240
DRAWN = 32 * 1024 * 1024  # bytes of drawn pages a worker keeps: a page is turned back to
FAILED = 10_000  # pages that could not be drawn
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


@dataclass(frozen=True)
class Page:
    """One page of a stored file, `number` from 1, to be drawn `long_side` pixels long."""

    file: str
    sha256: str
    media_type: str
    number: int
    long_side: int


# In memory, by sum and page: a stored file never changes, so neither does a page of it. What
# failed is forgotten with the process: perhaps only the machine was short of memory that day.
drawn_pages: LRUCache[Page, bytes] = LRUCache(DRAWN, getsizeof=len)
failed_pages: LRUCache[tuple[str, int], Unfit] = LRUCache(FAILED)
_one_at_a_time = Lock()  # for both; free while a page is drawn


def _seen(session: Session, _answer: object, public_id: str, *_: int, **__: int) -> views.View:
    """Whose paper it is: pages turned within ten minutes are one look."""
    paper = session.exec(select(Document).where(Document.public_id == public_id)).one()
    owner = session.get_one(Person, paper.owner_id)
    return views.View(views.ViewKind.PAPER, owner.public_id, detail=public_id)


@views.audited(_seen)
def open_paper(session: Session, by: Person, public_id: str) -> tuple[Document, bytes]:
    """The paper and its bytes as stored; raises NotFound as `find_document` does. Slow."""
    document = find_document(session, public_id, by=by)
    slow_work.release_connection(session)
    return document, read(document)


@views.audited(_seen)
def find_page(
    session: Session, by: Person, public_id: str, number: int, *, is_small: bool = False
) -> Page:
    """Page `number` (from 1) of a paper, 1,800 pixels long, or 320 as a thumbnail."""
    document = find_document(session, public_id, by=by)
    if not 1 <= number <= document.pages:
        raise NotFound
    long_side = THUMBNAIL if is_small else FULL_VIEW
    return Page(document.file, document.sha256, document.media_type, number, long_side)


def drawn_before(page: Page) -> bytes | None:
    """The page as a JPEG, if it was drawn lately; raises Unfit if it could not be drawn."""
    with _one_at_a_time:
        if failed := failed_pages.get((page.sha256, page.number)):
            raise Unfit(failed.reason, actual=failed.actual, limit=failed.limit)
        return drawn_pages.get(page)


def draw_page(page: Page) -> bytes:
    """The page as a JPEG; slow. What could not be drawn once is not tried again."""
    if kept := drawn_before(page):
        return kept
    content = _whole(page.file, page.sha256)
    try:
        drawn = jail.draw(content, page.media_type, page=page.number, long_side=page.long_side)
    except Unfit as failed:
        with _one_at_a_time:
            failed_pages[page.sha256, page.number] = failed
        raise
    with _one_at_a_time:
        drawn_pages[page] = drawn
    return drawn


def read(document: Document) -> bytes:
    """The stored bytes, for a caller that may see them (the card, the check page)."""
    return _whole(document.file, document.sha256)


def _whole(file: str, sha256: str) -> bytes:
    """The bytes as they were stored; what was lost or exchanged in the store is not shown."""
    try:
        content = store.read(file)
    except FileNotFoundError as error:
        log.error("alarm: paper %s has no file", file[:8])
        raise NotFound from error
    if hashlib.sha256(content).hexdigest() != sha256:
        log.error("alarm: paper %s is not what was stored", file[:8])
        raise NotFound
    return content
