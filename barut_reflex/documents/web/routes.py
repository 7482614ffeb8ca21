"""POST `/berkas/<kind>` takes bytes into quarantine; GET `/berkas/<id>` shows a paper."""

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
from ...gate.doors import act, look, person_behind, slow
from ...gate.gate import guarded
from ...people.rules import STAFF, Role
from ..models import Document
from ..rules import STORED_AS, Format, Kind, NoSuchKind, Reason, Unfit
from ..service import arrival, views
from ..storage import names, quarantine

READ_SECONDS = 60
SLOWEST = 8_000  # bytes a second that buy more patience: 5 MB may take twelve minutes
AT_ONCE = 3  # uploads of one sign-in
PRIVATE = PRIVATE_FILE_HEADERS | {"content-security-policy": "sandbox; default-src 'none'"}
log = logging.getLogger(__name__)
_sending: Counter[str] = Counter()


class TooMany(Refusal):
    message = "Tunggu sampai berkas yang sedang dikirim selesai, lalu pilih berkas ini lagi."


class TooSlow(Refusal):
    message = (
        "Pengiriman terlalu lama dan dihentikan. Pindah ke tempat dengan sinyal lebih baik "
        "atau pilih berkas yang lebih kecil."
    )


@access(Role.JOB_SEEKER)
async def receive(request: Request) -> Response:
    """Take the bytes into quarantine; whether they are a paper, a state handler decides."""
    try:
        with _one_of_few(sign_in_of(request)):
            ticket = await _received(request)
        metrics.uploads.labels("received").inc()
        return JSONResponse({"ticket": ticket}, headers=PRIVATE)
    except Refusal as refusal:
        metrics.uploads.labels("refused").inc()
        return JSONResponse({"error": refusal.message}, 409, headers=PRIVATE)
    except ClientDisconnect:
        metrics.uploads.labels("cut").inc()
        return JSONResponse({"error": arrival.UploadLost.message}, 400, headers=PRIVATE)


async def _received(request: Request) -> str:
    kind = _kind(request)
    announced = request.headers.get("content-length", "")
    _refuse_large(int(announced) if announced.isdigit() else 0)
    await look(request, arrival.ensure_upload_allowed)
    name, file = await asyncio.to_thread(quarantine.open_quarantine)
    try:
        size = await _save(request, file)
        shown = unquote(request.headers.get("x-file-name", ""))
        return await act(
            request, arrival.issue_ticket, kind, name, size, shown, sign_in=sign_in_of(request)
        )
    except BaseException:  # a cancelled request, too, leaves nothing behind
        quarantine.discard(name)
        raise


async def _save(request: Request, file: BinaryIO) -> int:
    """Write what arrives until its end, its cap, or the end of patience; gives bytes."""
    size, ends = 0, asyncio.get_running_loop().time() + READ_SECONDS
    try:
        async with asyncio.timeout_at(ends) as patience:
            async for chunk in request.stream():
                size += len(chunk)
                _refuse_large(size)
                patience.reschedule(ends + size / SLOWEST)
                await asyncio.to_thread(file.write, chunk)
        await asyncio.to_thread(file.flush)  # a full disk shows here at the latest
    except TimeoutError as error:
        raise TooSlow from error
    except OSError as error:
        raise names.StoreFull from error
    finally:
        with suppress(OSError):
            file.close()
    return size


def _refuse_large(size: int) -> None:
    if size > settings.upload_cap:
        limit = size_text(settings.paper_limit)
        raise Unfit(Reason.TOO_BIG, actual=f"lebih dari {limit}", limit=limit)


def _kind(request: Request) -> Kind:
    try:
        return Kind(request.path_params["kind"])
    except ValueError as error:
        raise NoSuchKind from error


@contextmanager
def _one_of_few(sign_in: str) -> Iterator[None]:
    if _sending[sign_in] >= AT_ONCE:
        raise TooMany
    _sending[sign_in] += 1
    try:
        yield
    finally:
        _sending[sign_in] -= 1
        if not _sending[sign_in]:
            del _sending[sign_in]


@access(Role.JOB_SEEKER, *STAFF)
async def show(request: Request) -> Response:
    """A paper as stored, or with `?halaman=n` one page of it as a JPEG (`&ukuran=kecil`: small)."""
    public_id = request.path_params["public_id"]
    page = request.query_params.get("halaman", "")
    try:
        if page:
            return await _page(request, public_id, page)
        document, content = await slow(request, lanes.PAPER_FILES, views.open_paper, public_id)
    except views.NotFound as missing:
        return PlainTextResponse(missing.message, 404, headers=PRIVATE)
    headers = PRIVATE | {"content-disposition": _disposition(document)}
    return Response(content, media_type=document.media_type, headers=headers)


async def _page(request: Request, public_id: str, page: str) -> Response:
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 0
    is_small = request.query_params.get("ukuran") == "kecil"
    found = await look(request, views.find_page, public_id, number, is_small=is_small)
    content = views.drawn_before(found) or await _draw(request, found)
    return Response(content, media_type="image/jpeg", headers=PRIVATE)


async def _draw(request: Request, page: views.Page) -> bytes:
    """In the lane of whoever asks: job seekers never keep the officers from looking."""
    person = await person_behind(request)
    is_staff = person is not None and person.role in STAFF
    lane = lanes.OFFICER_PAPER_PAGES if is_staff else lanes.PAPER_PAGES
    return await lane.run(f"{person and person.id}", views.draw_page, page)


def _disposition(document: Document) -> str:
    """RFC 6266: a plain name for old readers, the own name for the others."""
    extension = STORED_AS[Format(document.media_type)]
    stem = document.original_name.rpartition(".")[0] or document.kind
    own = quote(f"{stem}.{extension}", safe="")
    return f"inline; filename=\"{document.kind}.{extension}\"; filename*=UTF-8''{own}"


ROUTES = [
    guarded(f"{routes.PAPER}/{{kind}}", receive, ("POST",), body=None),
    guarded(f"{routes.PAPER}/{{public_id}}", show),
]
