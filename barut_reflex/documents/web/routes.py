"""Routes: POST `/berkas/<kind>` receives an upload, GET `/berkas/<id>` sends a paper or page."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO
from urllib.parse import quote, unquote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from ...core import lanes, metrics, routes
from ...core.errors import Refusal
from ...core.figures import size_text
from ...core.headers import PRIVATE_FILE_HEADERS
from ...core.settings import settings
from ...gate.access import access
from ...gate.cookies import sign_in_of
from ...gate.doors import act, find_caller, look, slow
from ...gate.gate import guarded
from ...people.rules import STAFF, Role
from ..models import Document
from ..rules import STORED_AS, FileRefused, Format, Kind, NoSuchKind, Reason
from ..service import uploads, views
from ..storage import names, quarantine

MIN_UPLOAD_SECONDS = 60  # every upload may take so long
MIN_BYTES_PER_SECOND = 8_000  # a longer one must be this fast: 5 MB may take twelve minutes
MAX_CONCURRENT_UPLOADS = 3  # of one sign-in
PRIVATE_HEADERS = PRIVATE_FILE_HEADERS | {"content-security-policy": "sandbox; default-src 'none'"}
log = logging.getLogger(__name__)
_uploads_in_progress: Counter[str] = Counter()


class TooManyConcurrentUploads(Refusal):
    message = "Tunggu sampai berkas yang sedang dikirim selesai, lalu pilih berkas ini lagi."


class UploadTooSlow(Refusal):
    message = (
        "Pengiriman terlalu lama dan dihentikan. Pindah ke tempat dengan sinyal lebih baik "
        "atau pilih berkas yang lebih kecil."
    )


@access(Role.JOB_SEEKER)
async def receive_upload(request: Request) -> Response:
    """Receive bytes into quarantine; answers a ticket, with which a screen has them checked."""
    try:
        with _upload_slot(sign_in_of(request)):
            ticket = await _received(request)
        metrics.uploads.labels("received").inc()
        return JSONResponse({"ticket": ticket}, headers=PRIVATE_HEADERS)
    except Refusal as refusal:
        metrics.uploads.labels("refused").inc()
        return JSONResponse({"error": refusal.message}, 409, headers=PRIVATE_HEADERS)
    except ClientDisconnect:
        metrics.uploads.labels("cut").inc()
        return JSONResponse({"error": uploads.UploadLost.message}, 400, headers=PRIVATE_HEADERS)


async def _received(request: Request) -> str:
    kind = _kind(request)
    announced = request.headers.get("content-length", "")
    _refuse_large(int(announced) if announced.isdigit() else 0)
    await look(request, uploads.ensure_upload_allowed)
    name, file = await asyncio.to_thread(quarantine.open_quarantine)
    try:
        size = await _save(request, file)
        shown = unquote(request.headers.get("x-file-name", ""))
        return await act(
            request, uploads.issue_ticket, kind, name, size, shown, sign_in=sign_in_of(request)
        )
    except BaseException:  # a cancelled request, too, leaves nothing behind
        quarantine.discard(name)
        raise


async def _save(request: Request, file: BinaryIO) -> int:
    """Write the request's body to the file; gives its size. Raises FileRefused, UploadTooSlow."""
    size, ends = 0, asyncio.get_running_loop().time() + MIN_UPLOAD_SECONDS
    try:
        async with asyncio.timeout_at(ends) as deadline:
            async for chunk in request.stream():
                size += len(chunk)
                _refuse_large(size)
                deadline.reschedule(ends + size / MIN_BYTES_PER_SECOND)
                await asyncio.to_thread(file.write, chunk)
        await asyncio.to_thread(file.flush)  # a full disk shows here at the latest
    except TimeoutError as error:
        raise UploadTooSlow from error
    except OSError as error:
        raise names.StoreFull from error
    finally:
        with suppress(OSError):
            file.close()
    return size


def _refuse_large(size: int) -> None:
    if size > settings.upload_cap:
        limit = size_text(settings.paper_limit)
        raise FileRefused(Reason.TOO_BIG, actual=f"lebih dari {limit}", limit=limit)


def _kind(request: Request) -> Kind:
    try:
        return Kind(request.path_params["kind"])
    except ValueError as error:
        raise NoSuchKind from error


@contextmanager
def _upload_slot(sign_in: str) -> Iterator[None]:
    if _uploads_in_progress[sign_in] >= MAX_CONCURRENT_UPLOADS:
        raise TooManyConcurrentUploads
    _uploads_in_progress[sign_in] += 1
    try:
        yield
    finally:
        _uploads_in_progress[sign_in] -= 1
        if not _uploads_in_progress[sign_in]:
            del _uploads_in_progress[sign_in]


@access(Role.JOB_SEEKER, *STAFF)
async def show_paper(request: Request) -> Response:
    """A paper as stored, or with `?halaman=n` one page of it as a JPEG (`&ukuran=kecil`: small)."""
    public_id = request.path_params["public_id"]
    page = request.query_params.get("halaman", "")
    try:
        if page:
            return await _page(request, public_id, page)
        document, content = await slow(request, lanes.PAPER_FILES, views.open_paper, public_id)
    except views.NotFound as missing:
        return PlainTextResponse(missing.message, 404, headers=PRIVATE_HEADERS)
    headers = PRIVATE_HEADERS | {"content-disposition": _disposition(document)}
    return Response(content, media_type=document.media_type, headers=headers)


async def _page(request: Request, public_id: str, page: str) -> Response:
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 0
    is_small = request.query_params.get("ukuran") == "kecil"
    wanted = await look(request, views.get_page, public_id, number, is_small=is_small)
    content = views.cached_page(wanted) or await _render(request, wanted)
    return Response(content, media_type="image/jpeg", headers=PRIVATE_HEADERS)


async def _render(request: Request, page: views.Page) -> bytes:
    """Render in the lane of staff or of job seekers, so that these never make officers wait."""
    person = await find_caller(request)
    is_staff = person is not None and person.role in STAFF
    lane = lanes.OFFICER_PAPER_PAGES if is_staff else lanes.PAPER_PAGES
    return await lane.run(f"{person and person.id}", views.render_page, page)


def _disposition(document: Document) -> str:
    """Content-Disposition by RFC 6266: an ASCII name for old browsers, the own name for others."""
    extension = STORED_AS[Format(document.media_type)]
    stem = document.original_name.rpartition(".")[0] or document.kind
    own = quote(f"{stem}.{extension}", safe="")
    return f"inline; filename=\"{document.kind}.{extension}\"; filename*=UTF-8''{own}"


ROUTES = [
    guarded(f"{routes.PAPER}/{{kind}}", receive_upload, ("POST",), body=None),
    guarded(f"{routes.PAPER}/{{public_id}}", show_paper),
]
