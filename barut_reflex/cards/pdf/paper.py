"""What is drawn on: a document of fpdf2 in the card's typeface; places in mm from above left."""

import re

from fpdf import FPDF
from fpdf.prefs import ViewerPreferences

from ...core.qr import Matrix
from . import fonts

PAPERS = {  # width, height, height of the sheet, mm
    "A4": (297.0, 210.0, 105.0),
    "F4": (330.0, 215.0, 110.0),
    "PHONE": (90.0, 140.0, 140.0),  # the digital card
}
K = 72 / 25.4  # points a mm
DARK = re.compile(rb"\x01+")

Colour = tuple[int, int, int]


class Paper(FPDF):
    """A document of one paper size, to be printed at 100 % on both sides."""

    def __init__(self, paper: str, title: str):
        width, height, _ = PAPERS[paper]
        super().__init__(unit="mm", format=(width, height))
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.set_lang("id")
        self.set_title(title)
        self.viewer_preferences = ViewerPreferences(
            display_doc_title=True, duplex="DuplexFlipLongEdge", print_scaling="None"
        )
        fonts.add_cached(self)

    def content(self) -> bytes:
        """The document, once all is drawn."""
        return bytes(self.output(output_producer_class=fonts.CachedFonts))

    def say(self, x: float, y: float, text: str, size: float, weight: str, colour: Colour) -> None:
        """`text` from `x` on the line `y`."""
        self.set_text_color(*colour)
        for family, letters in fonts.runs(text, weight):
            if f"{family}{weight}" not in self.fonts:
                self.add_font(family, weight, fonts.path_of(family, weight))
            self.set_font(family, weight, size)
            self.text(x, y, letters)
            x += fonts.width_of(letters, weight) * size / K

    def modules(self, x: float, y: float, module: float, qr: Matrix) -> None:
        """All dark modules of a QR as one path, in whole numbers of modules.

        Drawn one by one, each edge is softened by itself and a paler seam runs between two rows:
        at 150 dpi one worn code in three was lost to it (docs/qr.md). fpdf2's own paths need
        100 ms for it, so PDF's words for it are written out.
        """
        dark = " ".join(
            f"{run.start()} {row} {run.end() - run.start()} 1 re"
            for row, modules in enumerate(qr)
            for run in DARK.finditer(bytes(modules))
        )
        step, left, top = module * K, x * K, (self.h - y) * K
        self._out(f"q 0 g {step:.6f} 0 0 {-step:.6f} {left:.3f} {top:.3f} cm {dark} f Q")
