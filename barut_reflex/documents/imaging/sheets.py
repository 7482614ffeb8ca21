"""Papers of several sheets: PDFs, and pictures laid on A4. Loaded only when such a paper comes."""

import io

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf

from ..rules import FULL_VIEW, Format, Reason, Unfit
from . import pdfs, pictures

A4 = (595.28, 841.89)  # points
MARGIN = 20


def bind(parts: list[tuple[bytes, Format]]) -> tuple[bytes, str, int]:
    """All parts, in order, as one new PDF: bytes, media type, number of pages. Raises Unfit.

    A paper with a page that nobody could look at later is refused now.
    """
    new = Pdf.new()
    for content, found in parts:
        if found == Format.PDF:
            pdfs.add_pages(content, new)
        else:
            pdfs.check_count(len(new.pages) + 1)
            _add_picture(new, pictures.redraw(content, found))
    saved = io.BytesIO()
    new.save(saved, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    prove(saved.getvalue())
    return saved.getvalue(), Format.PDF, len(new.pages)


def draw(content: bytes, page: int, long_side: int) -> bytes:
    """Page `page` (from 1) of a PDF as a JPEG, at most `long_side` pixels long."""
    document = pypdfium2.PdfDocument(content)
    if not 1 <= page <= len(document):
        raise Unfit(Reason.BROKEN)
    return pictures.encode(_render(document[page - 1], long_side).to_pil().convert("RGB"))


def prove(content: bytes) -> None:
    """The second decoder's look at each new PDF: every page, as large as it will be looked at."""
    document = pypdfium2.PdfDocument(content)
    for number in range(len(document)):
        sheet = document[number]
        _render(sheet, FULL_VIEW).close()
        sheet.close()


def _render(sheet: pypdfium2.PdfPage, long_side: int) -> pypdfium2.PdfBitmap:
    scale = (long_side - 0.5) / max(*sheet.get_size(), 1)  # the renderer rounds up
    return sheet.render(scale=scale)


def _add_picture(new: Pdf, jpeg: bytes) -> None:
    """One picture on one A4 sheet, upright or lying as the picture is."""
    width, height = pictures.size_of(jpeg)
    sheet = A4 if height >= width else A4[::-1]
    scale = min((sheet[0] - 2 * MARGIN) / width, (sheet[1] - 2 * MARGIN) / height)
    left, bottom = (sheet[0] - width * scale) / 2, (sheet[1] - height * scale) / 2
    image = new.make_stream(
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    place = f"q {width * scale:.2f} 0 0 {height * scale:.2f} {left:.2f} {bottom:.2f} cm /P Do Q"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *sheet]),
        Resources=Dictionary(XObject=Dictionary(P=image)),
        Contents=new.make_stream(place.encode()),
    )
    new.pages.append(pikepdf.Page(new.make_indirect(page)))
