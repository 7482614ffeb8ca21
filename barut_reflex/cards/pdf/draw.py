"""Both pages: where each panel stands on the paper.

The sheet lies at the top of the first page. Turned over the long edge, the paper's top edge
comes to lie at the bottom, so the back of the sheet is drawn at the bottom of the second page:
cut once, front and back belong together, and left stays left.
"""

from collections.abc import Sequence

from fpdf import FPDF

from . import back, front
from .pen import FAINT, PAPERS, Box, line, new_document
from .sheet import TITLE, Ak1Sheet

EDGE = 7.0  # mm without ink at the paper's edges (6 is the rule)
CUT = 4.0  # mm between the content and the cut line
FOLD = 5.0  # mm on each side of the fold


def draw(sheet: Ak1Sheet) -> bytes:
    """The two-page PDF of the card, to be printed at 100 % on both sides."""
    return _document([sheet], f"Kartu AK1 {sheet.number}")


def draw_all(sheets: Sequence[Ak1Sheet]) -> bytes:
    """Many cards in one document, two pages each, for one print run on both sides."""
    return _document(sheets, f"{len(sheets)} kartu AK1")


def _document(sheets: Sequence[Ak1Sheet], title: str) -> bytes:
    paper = sheets[0].paper
    pdf, producer = new_document(paper, "".join(map(_all_text, sheets)))
    pdf.set_title(title)
    pdf.set_lang("id")
    for sheet in sheets:
        _both_pages(pdf, sheet)
    return bytes(pdf.output(output_producer_class=producer))


def _both_pages(pdf: FPDF, sheet: Ak1Sheet) -> None:
    _, height, sheet_height = PAPERS[sheet.paper]
    left, right = _page(pdf, sheet.paper, top=0, is_front=True)
    front.draw_left(pdf, left, sheet)
    front.draw_right(pdf, right, sheet)
    left, right = _page(pdf, sheet.paper, top=height - sheet_height, is_front=False)
    back.draw_left(pdf, left, sheet)
    back.draw_right(pdf, right, sheet)


def _page(pdf: FPDF, paper: str, *, top: float, is_front: bool) -> tuple[Box, Box]:
    """Start a page, mark cut and fold, give the room of its two panels."""
    width, _, sheet_height = PAPERS[paper]
    pdf.add_page()
    cut = sheet_height if is_front else top
    y = top + (EDGE if is_front else CUT)
    half, height = width / 2, sheet_height - EDGE - CUT
    pdf.set_dash_pattern(1.2, 1.2)
    line(pdf, EDGE, cut, width - EDGE, cut, colour=FAINT, width=0.15)
    line(pdf, half, y, half, y + height, colour=FAINT, width=0.15)
    pdf.set_dash_pattern()
    panel = half - EDGE - FOLD
    return Box(EDGE, y, panel, height), Box(half + FOLD, y, panel, height)


def _all_text(sheet: Ak1Sheet) -> str:
    words = [value for name, value in vars(sheet).items() if name not in ("qr", "photo")]
    return f"{TITLE}{words}"
