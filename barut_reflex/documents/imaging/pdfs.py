"""PDF pages: renders those of a foreign PDF to pictures, and builds new pages out of pictures.

Nothing of the foreign file is copied: no stream, font, name or text, so nothing hidden in it gets
into the store. See decision 0013.
"""

import zlib

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_GetSecurityHandlerRevision

from ..rules import MAX_PAGES, STORED_LONG_SIDE, FileRefused, Reason
from . import pictures

TRAILER_BYTES = 2_048  # %%EOF has to stand within the last so many bytes
MAX_PAGE_POINTS = 20_000  # of a page's longer side
NOT_LOCKED = -1  # as PDFium says it

Size = tuple[float, float]


def add_rendered_pages(content: bytes, target: Pdf) -> None:
    """Render the pages of a foreign PDF as pictures at the end of `target`. Raises FileRefused."""
    source = _open(content)
    check_count(len(source) + len(target.pages))
    is_blank = True
    for number in range(len(source)):
        size, picture = render_page(source, number, STORED_LONG_SIDE)
        is_blank = is_blank and picture.getcolors(1) is not None
        add_page(target, _compressed(target, picture), size, (0, 0, *size))
    if is_blank:  # also how the renderer shows a page it can't read
        raise FileRefused(Reason.BROKEN)


def check_count(count: int) -> None:
    """Raise FileRefused for more than `MAX_PAGES` pages."""
    if count > MAX_PAGES:
        raise FileRefused(Reason.TOO_MANY_PAGES, actual=str(count), limit=str(MAX_PAGES))


def render_page(
    source: pypdfium2.PdfDocument, number: int, long_side: int
) -> tuple[Size, Image.Image]:
    """Page `number` (from 0) as a picture, and its size in points. Raises FileRefused."""
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
    """Add a page with one picture; `box` is its left, bottom, width and height in points."""
    left, bottom, width, height = box
    drawing = f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {bottom:.2f} cm /P Do Q"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *(round(side, 2) for side in size)]),
        Resources=Dictionary(XObject=Dictionary(P=picture)),
        Contents=target.make_stream(drawing.encode()),
    )
    target.pages.append(pikepdf.Page(target.make_indirect(page)))


def add_jpeg(target: Pdf, jpeg: bytes) -> pikepdf.Object:
    """The JPEG as an image object of `target`."""
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


def _compressed(target: Pdf, picture: Image.Image) -> pikepdf.Object:
    """The picture as a JPEG, or lossless where that is smaller, as for black text on white."""
    jpeg = pictures.encode(picture)
    if _is_grey(picture):
        exact = zlib.compress(picture.convert("L").tobytes())
        if len(exact) < len(jpeg):
            return _image(target, exact, picture.size, Name.DeviceGray, Name.FlateDecode)
    return add_jpeg(target, jpeg)


def _is_grey(picture: Image.Image) -> bool:
    """Whether the picture has at most 256 tones and all of them are grey."""
    tones: list = picture.getcolors(256) or [(0, (0, 1, 2))]
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
