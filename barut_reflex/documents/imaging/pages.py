"""Re-encodes an uploaded paper, one picture as a JPEG and all else as a PDF, and renders its pages.

The PDF libraries are imported only for a PDF: loading them takes longer than a photo's whole job.
"""

from ..rules import Format
from . import pictures


def rebuild(parts: list[tuple[bytes, Format]]) -> tuple[bytes, str, int]:
    """The stored form of what arrived: bytes, media type, number of pages. Raises FileRefused."""
    if len(parts) == 1 and parts[0][1] != Format.PDF:
        return pictures.reencode(*parts[0]), Format.JPEG, 1
    from . import sheets

    return sheets.join(parts)


def render_page(content: bytes, file_format: Format, page: int, long_side: int) -> bytes:
    """Page `page` (from 1) of a paper as a JPEG, at most `long_side` pixels long."""
    if file_format != Format.PDF:
        return pictures.reencode(content, file_format, long_side=long_side)
    from . import sheets

    return sheets.render_page(content, page, long_side)
