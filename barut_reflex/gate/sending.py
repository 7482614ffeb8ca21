"""Files that are for one person only, sent piece by piece."""

from collections.abc import Iterator
from typing import IO

from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse

from ..core.headers import FOR_ONE_PERSON

PIECE = 256 * 1024


def send(file: IO[bytes], name: str, kind: str, *, inline: bool = False) -> StreamingResponse:
    """All that was written to the nameless `file`, which is closed once it is sent."""
    place = "inline" if inline else "attachment"
    headers = FOR_ONE_PERSON | {"content-disposition": f'{place}; filename="{name}"'}
    headers |= {"content-length": str(file.tell())}
    done = BackgroundTask(file.close)
    return StreamingResponse(_pieces(file), media_type=kind, headers=headers, background=done)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
