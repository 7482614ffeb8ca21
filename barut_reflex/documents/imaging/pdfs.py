"""PDFs: every page is drawn anew as one picture; what cannot be seen cannot come along.

Nothing of the foreign file is copied: no stream, no font, no name, no text. See decision 0013.
"""

import zlib

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_GetSecurityHandlerRevision

from ..rules import MAX_PAGES, STORED_LONG_SIDE, FileRefused, Reason
from . import pictures

TRAILER_BYTES = 2_048  # bytes within which %%EOF has to stand
MAX_PAGE_POINTS = 20_000  # points
NOT_LOCKED = -1

Size = tuple[float, float]


def add_rendered_pages(content: bytes, target: Pdf) -> None:
    """Draw the pages of a foreign PDF at the end of `target`. Raises FileRefused."""
    source = _open(content)
    check_count(len(source) + len(target.pages))
    is_blank = True
    for number in range(len(source)):
        size, drawn = render_page(source, number, STORED_LONG_SIDE)
        is_blank = is_blank and drawn.getcolors(1) is not None
        add_page(target, _compressed(target, drawn), size, (0, 0, *size))
    if is_blank:  # also how the renderer shows a page it can't read
        raise FileRefused(Reason.BROKEN)


def check_count(count: int) -> None:
    if count > MAX_PAGES:
        raise FileRefused(Reason.TOO_MANY_PAGES, actual=str(count), limit=str(MAX_PAGES))


def render_page(
    source: pypdfium2.PdfDocument, number: int, long_side: int
) -> tuple[Size, Image.Image]:
    """Page `number` (from 0) as it is seen on paper, and its size in points. Raises FileRefused."""
    try:
        page = source[number]
    except pypdfium2.PdfiumError as error:
        raise FileRefused(Reason.BROKEN) from error
    size = page.get_size()
    if not 0 < max(size) <= MAX_PAGE_POINTS:
        raise FileRefused(Reason.BROKEN)
    scale = (long_side - 0.5) / max(size)  # the renderer rounds up
    return size, page.render(scale=scale, rev_byteorder=True).to_pil()


def add_page(target: Pdf, picture: pikepdf.Object, size: Size, box: tuple) -> None:
    """A page of this size that holds one picture: left, bottom, width and height in points."""
    left, bottom, width, height = box
    place = f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {bottom:.2f} cm /P Do Q"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *(round(side, 2) for side in size)]),
        Resources=Dictionary(XObject=Dictionary(P=picture)),
        Contents=target.make_stream(place.encode()),
    )
    target.pages.append(pikepdf.Page(target.make_indirect(page)))


def add_jpeg(target: Pdf, jpeg: bytes) -> pikepdf.Object:
    return _image(target, jpeg, pictures.size_of(jpeg), Name.DeviceRGB, Name.DCTDecode)


def _open(content: bytes) -> pypdfium2.PdfDocument:
    if b"%%EOF" not in content[-TRAILER_BYTES:]:
        raise FileRefused(Reason.BROKEN)
    try:
        source = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = error.err_code == FPDF_ERR_PASSWORD
        raise FileRefused(Reason.ENCRYPTED if is_locked else Reason.BROKEN) from error
    if FPDF_GetSecurityHandlerRevision(source) != NOT_LOCKED:
        raise FileRefused(Reason.ENCRYPTED)
    source.init_forms()  # so that filled fields are seen
    return source


def _compressed(target: Pdf, drawn: Image.Image) -> pikepdf.Object:
    """The picture as a JPEG, or without loss where that is smaller: black text on white."""
    jpeg = pictures.encode(drawn)
    if _is_grey(drawn):
        exact = zlib.compress(drawn.convert("L").tobytes())
        if len(exact) < len(jpeg):
            return _image(target, exact, drawn.size, Name.DeviceGray, Name.FlateDecode)
    return add_jpeg(target, jpeg)


def _is_grey(drawn: Image.Image) -> bool:
    """Few enough tones to look at each, and none of them a colour."""
    tones: list = drawn.getcolors(256) or [(0, (0, 1, 2))]
    return all(red == green == blue for _, (red, green, blue) in tones)


def _image(
    target: Pdf, content: bytes, size: tuple[int, int], colours: Name, packed: Name
) -> pikepdf.Object:
    return target.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=colours,
        BitsPerComponent=8,
        Filter=packed,
    )
