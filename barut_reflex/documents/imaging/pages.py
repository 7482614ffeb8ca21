"""A paper as a whole: one picture stays a picture, everything else becomes one PDF.

What reads PDFs takes longer to load than a photo to draw, so photos do not wait for it.
"""

from ..rules import Format
from . import pictures


def rebuild(parts: list[tuple[bytes, Format]]) -> tuple[bytes, str, int]:
    """The stored form of what arrived: bytes, media type, number of pages. Raises FileRefused."""
    if len(parts) == 1 and parts[0][1] != Format.PDF:
        return pictures.reencode(*parts[0]), Format.JPEG, 1
    from . import sheets

    return sheets.join(parts)


def render_page(content: bytes, found: Format, page: int, long_side: int) -> bytes:
    """Page `page` (from 1) of a paper as a JPEG, at most `long_side` pixels long."""
    if found != Format.PDF:
        return pictures.reencode(content, found, long_side=long_side)
    from . import sheets

    return sheets.render_page(content, page, long_side)
