"""Sends a temporary file in chunks; cache and privacy headers of personal and public pages."""

from collections.abc import Iterator
from typing import IO

from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse

from ..core.headers import PRIVATE_FILE_HEADERS

CHUNK_BYTES = 256 * 1024
NOT_INDEXED = {"x-robots-tag": "noindex, nofollow"}
PERSONAL_HEADERS = PRIVATE_FILE_HEADERS | NOT_INDEXED  # of pages with a person's own data
PUBLIC_HEADERS = {"cache-control": "no-store", "referrer-policy": "no-referrer"} | NOT_INDEXED


def send(file: IO[bytes], name: str, kind: str) -> StreamingResponse:
    """Send all that was written to a temporary `file`, then close it; `kind` is its MIME type."""
    headers = PRIVATE_FILE_HEADERS | {"content-disposition": f'attachment; filename="{name}"'}
    headers |= {"content-length": str(file.tell())}
    done = BackgroundTask(file.close)
    return StreamingResponse(_chunks(file), media_type=kind, headers=headers, background=done)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK_BYTES):
        yield chunk
