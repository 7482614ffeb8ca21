"""Papers stored as PDF: joins PDFs and pictures into a new PDF, renders a page of it as a JPEG."""

import io

import pikepdf
import pypdfium2
from pikepdf import Pdf

from ..rules import FileRefused, Format, Reason
from . import pdfs, pictures

A4 = (595.28, 841.89)  # points
MARGIN = 20  # points


def join(parts: list[tuple[bytes, Format]]) -> tuple[bytes, str, int]:
    """All parts, in order, as one new PDF: bytes, media type, number of pages. Raises FileRefused.

    Every page is rendered here, so a page that could not be shown later is refused now.
    """
    new = Pdf.new()
    for content, file_format in parts:
        if file_format == Format.PDF:
            pdfs.add_rendered_pages(content, new)
        else:
            pdfs.check_count(len(new.pages) + 1)
            _add_picture(new, pictures.reencode(content, file_format))
    saved = io.BytesIO()
    new.save(saved, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return saved.getvalue(), Format.PDF, len(new.pages)


def render_page(content: bytes, page: int, long_side: int) -> bytes:
    """Page `page` (from 1) of a PDF as a JPEG, at most `long_side` pixels long."""
    document = pypdfium2.PdfDocument(content)
    if not 1 <= page <= len(document):
        raise FileRefused(Reason.BROKEN)
    return pictures.encode(pdfs.render_page(document, page - 1, long_side)[1])


def _add_picture(new: Pdf, jpeg: bytes) -> None:
    """Add the picture on an A4 page of its own, portrait or landscape as the picture is."""
    width, height = pictures.size_of(jpeg)
    sheet = A4 if height >= width else (A4[1], A4[0])
    scale = min((sheet[0] - 2 * MARGIN) / width, (sheet[1] - 2 * MARGIN) / height)
    left, bottom = (sheet[0] - width * scale) / 2, (sheet[1] - height * scale) / 2
    box = (left, bottom, width * scale, height * scale)
    pdfs.add_page(new, pdfs.add_jpeg(new, jpeg), sheet, box)
