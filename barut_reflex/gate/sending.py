"""The headers of plain pages and files, and files sent piece by piece."""

from collections.abc import Iterator
from typing import IO

from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse

from ..core.headers import PRIVATE_FILE_HEADERS

PIECE = 256 * 1024
UNLISTED = {"x-robots-tag": "noindex, nofollow"}
OWN = PRIVATE_FILE_HEADERS | UNLISTED  # for what a person opens of themselves
OPEN = {"cache-control": "no-store", "referrer-policy": "no-referrer"} | UNLISTED


def send(file: IO[bytes], name: str, kind: str) -> StreamingResponse:
    """All that was written to the nameless `file`, which is closed once it is sent."""
    headers = PRIVATE_FILE_HEADERS | {"content-disposition": f'attachment; filename="{name}"'}
    headers |= {"content-length": str(file.tell())}
    done = BackgroundTask(file.close)
    return StreamingResponse(_pieces(file), media_type=kind, headers=headers, background=done)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
