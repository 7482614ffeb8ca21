"""Read access to stored papers: who may, the bytes, pages as cached JPEGs; audits staff's views."""

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
from ..rules import SHOWN_LONG_SIDE, FileRefused
from ..storage import store

THUMBNAIL_LONG_SIDE = 320  # pixels; shown at 80, which on a dense screen are 240
PAGE_CACHE_BYTES = 32 * 1024 * 1024  # of each worker process: officers turn back to a page
MAX_FAILED_PAGES = 10_000
log = logging.getLogger(__name__)


class NotFound(Refusal):
    """No such paper, or one of somebody else: the answer is the same, so nothing can be guessed."""

    message = "Berkas tidak ditemukan. Muat ulang halaman untuk melihat berkas terbaru."


def get_document(session: Session, public_id: str, *, by: Person) -> Document:
    """The paper's row, for its owner or for staff; raises NotFound for anybody else."""
    is_mine = Document.owner_id == by.id
    allowed = or_(is_mine, by.role in STAFF)
    row = session.exec(select(Document).where(Document.public_id == public_id, allowed)).first()
    if row is None:
        raise NotFound
    return row


@dataclass(frozen=True)
class Page:
    """A page of a stored file to render: `number` from 1, `long_side` in pixels."""

    file: str
    sha256: str
    media_type: str
    number: int
    long_side: int


# LRU caches in memory. A stored file never changes, so neither does a page of it. Failures are
# kept in memory only: a restart tries again, since perhaps the machine was short of memory.
page_cache: LRUCache[Page, bytes] = LRUCache(PAGE_CACHE_BYTES, getsizeof=len)
failure_cache: LRUCache[tuple[str, int], FileRefused] = LRUCache(MAX_FAILED_PAGES)
_cache_lock = Lock()  # for both caches; not held while a page is rendered


def _paper_view(
    session: Session, _answer: object, public_id: str, *_: int, **__: int
) -> views.View:
    """For the audit trail: whose paper was viewed; pages turned within ten minutes are one view."""
    paper = session.exec(select(Document).where(Document.public_id == public_id)).one()
    owner = session.get_one(Person, paper.owner_id)
    return views.View(views.ViewKind.PAPER, owner.public_id, detail=public_id)


@views.audited(_paper_view)
def open_paper(session: Session, by: Person, public_id: str) -> tuple[Document, bytes]:
    """The paper and its bytes as stored; raises NotFound as `get_document` does. Slow."""
    document = get_document(session, public_id, by=by)
    slow_work.release_connection(session)
    return document, read(document)


@views.audited(_paper_view)
def get_page(
    session: Session, by: Person, public_id: str, number: int, *, is_small: bool = False
) -> Page:
    """Page `number` (from 1) of a paper, to be rendered full-size or as a thumbnail."""
    document = get_document(session, public_id, by=by)
    if not 1 <= number <= document.pages:
        raise NotFound
    long_side = THUMBNAIL_LONG_SIDE if is_small else SHOWN_LONG_SIDE
    return Page(document.file, document.sha256, document.media_type, number, long_side)


def cached_page(page: Page) -> bytes | None:
    """The page as a JPEG from the cache, or None; raises FileRefused if rendering it failed."""
    with _cache_lock:
        if failed := failure_cache.get((page.sha256, page.number)):
            raise FileRefused(failed.reason, actual=failed.actual, limit=failed.limit)
        return page_cache.get(page)


def render_page(page: Page) -> bytes:
    """Render the page as a JPEG; slow. A page that failed once is not tried again."""
    if cached := cached_page(page):
        return cached
    content = _read_verified(page.file, page.sha256)
    try:
        drawn = jail.render_page(
            content, page.media_type, page=page.number, long_side=page.long_side
        )
    except FileRefused as failed:
        with _cache_lock:
            failure_cache[page.sha256, page.number] = failed
        raise
    with _cache_lock:
        page_cache[page] = drawn
    return drawn


def read(document: Document) -> bytes:
    """The stored bytes, for a caller that may see them (the card, the check page)."""
    return _read_verified(document.file, document.sha256)


def _read_verified(file: str, sha256: str) -> bytes:
    """The stored bytes, if their checksum is still right; raises NotFound and logs an alarm."""
    try:
        content = store.read(file)
    except FileNotFoundError as error:
        log.error("alarm: paper %s has no file", file[:8])
        raise NotFound from error
    if hashlib.sha256(content).hexdigest() != sha256:
        log.error("alarm: paper %s is not what was stored", file[:8])
        raise NotFound
    return content
