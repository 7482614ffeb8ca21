"""What is drawn on: the frame, which all cards of a document share, and the layer over it."""

import io
import re
from functools import cache
from typing import Any

from fpdf import FPDF
from fpdf.prefs import ViewerPreferences

from .fonts import Letters

PAPERS = {  # width, height, height of the sheet, mm
    "A4": (297.0, 210.0, 105.0),
    "F4": (330.0, 215.0, 110.0),
    "PHONE": (90.0, 140.0, 140.0),  # the digital card
}
K = 72 / 25.4  # points a mm
DARK, WHERE = re.compile(rb"\x01+"), re.Match.span

Colour = tuple[int, int, int]
Matrix = list[list[bool]]


class Surface:
    """Marks in the words of PDF itself; places in mm from the paper's upper left corner."""

    high: float  # of the paper
    letters: Letters

    def mark(self, operators: str) -> None:
        raise NotImplementedError

    def say(self, x: float, y: float, text: str, size: float, weight: str, colour: Colour) -> None:
        """`text` from `x` on the line `y`. fpdf2's `cell` takes thirty times as long for it."""
        raise NotImplementedError

    def modules(self, x: float, y: float, module: float, qr: Matrix) -> None:
        """All dark modules of a QR as one path, in whole numbers of modules.

        Drawn one by one, each edge is softened by itself and a paler seam runs between two rows:
        at 150 dpi one worn code in three was lost to it (docs/qr.md). fpdf2 has no call for it.
        """
        dark = " ".join(
            f"{begin} {row} {end - begin} 1 re"
            for row, modules in enumerate(qr)
            for begin, end in map(WHERE, DARK.finditer(bytes(modules)))
        )
        step, left, top = module * K, x * K, (self.high - y) * K
        self.mark(f"q 0 g {step:.6f} 0 0 {-step:.6f} {left:.3f} {top:.3f} cm {dark} f Q")


class Frame(FPDF, Surface):
    """A document of fpdf2 whose pages carry what is the same on every card."""

    def __init__(self, paper: str):
        width, self.high, _ = PAPERS[paper]
        super().__init__(unit="mm", format=(width, self.high))
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.set_lang("id")
        self.single_resources_object = True
        self.letters = Letters(self)
        self.viewer_preferences = ViewerPreferences(
            display_doc_title=True, duplex="DuplexFlipLongEdge", print_scaling="None"
        )

    def mark(self, operators: str) -> None:
        self._out(operators)

    def say(self, x: float, y: float, text: str, size: float, weight: str, colour: Colour) -> None:
        shown = " ".join(
            f"/{font} {size:g} Tf <{codes}> Tj" for font, codes in self.letters.spell(text, weight)
        )
        place = f"{x * K:.2f} {(self.high - y) * K:.2f}"
        self.mark(f"q {_paint(colour)} BT {place} Td {shown} ET Q")


class Layer(Surface):
    """What one card alone says on one page; its photo and its link stand beside the marks."""

    def __init__(self, frame: Any):
        self.high, self.letters = frame.high, frame.letters
        self.marks: list[str] = []
        self.texts: list[str] = []
        self.look: tuple[str, float, Colour] | None = None  # font, size and colour of the last text
        self.photo: bytes | None = None
        self.linked: tuple[float, float, float, float, str] | None = None

    def mark(self, operators: str) -> None:
        self.marks.append(operators)

    def say(self, x: float, y: float, text: str, size: float, weight: str, colour: Colour) -> None:
        place = f"1 0 0 1 {x * K:.2f} {(self.high - y) * K:.2f} Tm"
        for font, codes in self.letters.spell(text, weight):
            look = font, size, colour
            changed = "" if look == self.look else f"/{font} {size:g} Tf {_paint(colour)} "
            self.texts.append(f"{changed}{place} <{codes}> Tj")
            self.look, place = look, ""

    def image(self, content: io.BytesIO, x: float, y: float, w: float, h: float) -> None:
        self.photo = content.getvalue()
        place = f"{w * K:.2f} 0 0 {h * K:.2f} {x * K:.2f} {(self.high - y - h) * K:.2f}"
        self.mark(f"q {place} cm /Photo Do Q")

    def link(self, x: float, y: float, w: float, h: float, address: str) -> None:
        self.linked = x * K, (self.high - y - h) * K, (x + w) * K, (self.high - y) * K, address

    def content(self) -> bytes:
        return "\n".join([*self.marks, "BT", *self.texts, "ET"]).encode("ascii")


@cache
def _paint(colour: Colour) -> str:
    return " ".join(f"{part / 255:.3f}" for part in colour) + " rg"
