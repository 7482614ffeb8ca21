"""The PDF document that cards are drawn on: paper size, text in the card's fonts, QR codes.

All positions are in mm from the upper left corner.
"""

import re

from fpdf import FPDF
from fpdf.prefs import ViewerPreferences

from ...core.qr import Matrix
from . import fonts

PAPERS = {  # width and height of the paper, height of the card's sheet on it; mm
    "A4": (297.0, 210.0, 105.0),
    "F4": (330.0, 215.0, 110.0),
    "PHONE": (90.0, 140.0, 140.0),  # the digital card
}
POINTS_PER_MM = 72 / 25.4
DARK = re.compile(rb"\x01+")  # a run of dark modules in a row of a QR

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
        """The bytes of the document, once all is drawn."""
        return bytes(self.output(output_producer_class=fonts.CachedFonts))

    def put_text(
        self, x: float, y: float, text: str, size: float, weight: str, colour: Colour
    ) -> None:
        """Write `text` in one line, from `x` on the baseline `y`; `size` in points."""
        self.set_text_color(*colour)
        for family, letters in fonts.runs(text, weight):
            if f"{family}{weight}" not in self.fonts:
                self.add_font(family, weight, fonts.path_of(family, weight))
            self.set_font(family, weight, size)
            self.text(x, y, letters)
            x += fonts.width_of(letters, weight) * size / POINTS_PER_MM

    def draw_qr(self, x: float, y: float, module: float, qr: Matrix) -> None:
        """Draw all dark modules of a QR as one path; `module` is the side of one in mm.

        Drawn one by one, the edge of each is smoothed by itself and a paler seam shows between two
        rows: at 150 dpi one worn code in three could not be read (`docs/qr.md`). The paths of
        fpdf2 need 100 ms for it, so the PDF operators are written directly.
        """
        dark = " ".join(
            f"{run.start()} {row} {run.end() - run.start()} 1 re"
            for row, modules in enumerate(qr)
            for run in DARK.finditer(bytes(modules))
        )
        step, left, top = module * POINTS_PER_MM, x * POINTS_PER_MM, (self.h - y) * POINTS_PER_MM
        self._out(f"q 0 g {step:.6f} 0 0 {-step:.6f} {left:.3f} {top:.3f} cm {dark} f Q")
