"""A PDF written piece by piece: however many cards it holds, only places stay in memory.

fpdf2 keeps a document whole until it is put out, and pikepdf a table of all it holds, so neither
can print a thousand cards in the room of one. What all cards share is still made by fpdf2 (the
fonts, the frames, what the document says of itself) and written last; before it come the layers
and photos, each in the moment it is drawn.
"""

import io
import secrets
import zlib
from array import array
from typing import IO, Any

from PIL import Image

from .fonts import KeptFonts
from .paper import Frame, Layer

FIRST = 128  # numbers below are left to the objects of fpdf2
ROOT, NOTHING = 1, 0  # fpdf2 gives the tree of pages the first number
HEAD = b"%PDF-1.7\n%\xe9\xeb\xf1\xbf\n"
COLOURS = {"L": "DeviceGray", "RGB": "DeviceRGB"}


class Book:
    """Pages over the frames of one document of fpdf2."""

    def __init__(self, file: IO[bytes], frame: Frame):
        self.file, self.frame, self.at = file, frame, 0
        self.places = array("Q", bytes(8 * FIRST))
        self.pages = array("L")  # of each: the frame's page, then the numbers of its objects
        self._write(HEAD)

    def add_page(self, over: int, layer: Layer) -> None:
        """One page: `layer` over the page `over` of the frame."""
        marks = self._add_stream("/Filter /FlateDecode", zlib.compress(layer.content()))
        photo = self._add_photo(layer.photo) if layer.photo else NOTHING
        link = self._add(_link(*layer.linked)) if layer.linked else NOTHING
        self.pages.extend((over, marks, photo, link))

    def close(self) -> None:
        """What all pages share, then the table of all places."""
        producer = KeptFonts(self.frame)
        made = bytes(producer.bufferize())
        begin, end = producer.offsets[ROOT], made.rindex(b"xref\n0 ")
        for number, place in producer.offsets.items():
            self.places[number] = self.at + place - begin
        self._write(made[begin:end])
        self._add_pages()
        self._add_table(producer)

    def _add_pages(self) -> None:
        width, height = self.frame.default_page_dimensions
        size, known = f"{width:.2f} {height:.2f}", self.frame.pages
        shared: Any = known[1].resources
        fonts, states = (self._add(part.encode()) for part in (shared.font, shared.ext_g_state))
        shared_by_all = f"/Font {fonts} 0 R /ExtGState {states} 0 R"
        kids: list[str] = []
        for begin in range(0, len(self.pages), 4):
            over, marks, photo, link = self.pages[begin : begin + 4]
            frame = known[over].contents.id  # pyright: ignore[reportAttributeAccessIssue]
            picture = f" /XObject << /Photo {photo} 0 R >>" if photo else ""
            linked = f" /Annots [{link} 0 R]" if link else ""
            page = self._add(
                f"<< /Type /Page /Parent {ROOT} 0 R /Contents [{frame} 0 R {marks} 0 R] "
                f"/Resources << {shared_by_all}{picture} >>{linked} >>".encode()
            )
            kids.append(f"{page} 0 R")
        tree = f"/Type /Pages /Count {len(kids)} /MediaBox [0 0 {size}] /Kids [{' '.join(kids)}]"
        self._put(ROOT, f"<< {tree} >>".encode())

    def _add_table(self, producer: KeptFonts) -> None:
        """The places of all objects; a number nobody took is free."""
        trailer, begin, many = producer.pdf_objs[-1], self.at, len(self.places)
        root, info = trailer.catalog_obj.id, trailer.info_obj.id  # pyright: ignore
        self._write(f"xref\n0 {many}\n".encode())
        for place in self.places:
            self._write(f"{place:010} 00000 n \n".encode() if place else b"0000000000 65535 f \n")
        name = secrets.token_hex(16)
        self._write(
            f"trailer\n<< /Size {many} /Root {root} 0 R /Info {info} 0 R /ID [<{name}> <{name}>] "
            f">>\nstartxref\n{begin}\n%%EOF\n".encode()
        )

    def _add_photo(self, photo: bytes) -> int:
        """The JPEG as it is: only its head is read."""
        with Image.open(io.BytesIO(photo), formats=("JPEG",)) as picture:
            (width, height), colours = picture.size, COLOURS[picture.mode]
        return self._add_stream(
            f"/Type /XObject /Subtype /Image /Width {width} /Height {height} "
            f"/ColorSpace /{colours} /BitsPerComponent 8 /Filter /DCTDecode",
            photo,
        )

    def _add_stream(self, entries: str, content: bytes) -> int:
        head = f"<< {entries} /Length {len(content)} >>\nstream\n".encode()
        return self._add(head + content + b"\nendstream")

    def _add(self, content: bytes) -> int:
        number = len(self.places)
        self.places.append(0)
        self._put(number, content)
        return number

    def _put(self, number: int, content: bytes) -> None:
        self.places[number] = self.at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def _write(self, content: bytes) -> None:
        self.file.write(content)
        self.at += len(content)


def _link(left: float, bottom: float, right: float, top: float, address: str) -> bytes:
    place = f"{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}"
    target = "".join(f"\\{letter}" if letter in "()\\" else letter for letter in address)
    return (
        f"<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [{place}] "
        f"/A << /S /URI /URI ({target}) >> >>".encode("ascii")
    )
