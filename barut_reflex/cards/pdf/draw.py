"""Both pages: where each panel stands on the paper.

The sheet lies at the top of the first page. Turned over the long edge, the paper's top edge
comes to lie at the bottom, so the back of the sheet is drawn at the bottom of the second page:
cut once, front and back belong together, and left stays left.

What is the same on many cards (`Ak1Sheet.common`) is drawn once a document, as a frame.
"""

import io
from collections.abc import Hashable, Iterable
from typing import IO

from ...core import crafts
from . import back, front
from .book import Book
from .paper import PAPERS, Frame, Layer
from .pen import FAINT, Box, line
from .sheet import Ak1Sheet

EDGE = 7.0  # mm without ink at the paper's edges (6 is the rule)
CUT = 4.0  # mm between the content and the cut line
FOLD = 5.0  # mm on each side of the fold


@crafts.slow
def draw(sheet: Ak1Sheet) -> bytes:
    """The two-page PDF of the card, to be printed at 100 % on both sides."""
    file = io.BytesIO()
    _draw_into(file, [sheet], f"Kartu AK1 {sheet.number}")
    return file.getvalue()


@crafts.slow
def draw_all(sheets: Iterable[Ak1Sheet], file: IO[bytes], *, title: str) -> int:
    """Many cards of one paper size in one document, for one print run on both sides.

    Two pages each, front and back. Each is written to `file` before the next is asked for, so
    that a thousand take no more memory than one. Gives how many there were.
    """
    return _draw_into(file, sheets, title)


def _draw_into(file: IO[bytes], sheets: Iterable[Ak1Sheet], title: str) -> int:
    drawn, frames, book = 0, {}, None
    for drawn, sheet in enumerate(sheets, 1):  # noqa: B007  how many there were
        book = book or Book(file, _new_frame(sheet.paper, title))
        _add_card(book, frames, sheet)
    if book is None:
        raise ValueError("no card to draw")
    book.close()
    return drawn


def _new_frame(paper: str, title: str) -> Frame:
    frame = Frame(paper)
    frame.set_title(title)
    return frame


def _add_card(book: Book, frames: dict[Hashable, int], sheet: Ak1Sheet) -> None:
    """The two pages of a card, over a frame that fits it."""
    if sheet.common not in frames:
        frames[sheet.common] = book.frame.pages_count + 1
        _draw_frame(book.frame, sheet)
    first = frames[sheet.common]
    layers = Layer(book.frame), Layer(book.frame)
    for layer, side, panels in zip(layers, (front, back), _panels(sheet.paper), strict=True):
        side.draw_card(layer, *panels, sheet)
    for page, layer in enumerate(layers, first):
        book.add_page(page, layer)


def _draw_frame(frame: Frame, sheet: Ak1Sheet) -> None:
    for is_front, side, panels in zip(
        (True, False), (front, back), _panels(sheet.paper), strict=True
    ):
        frame.add_page()
        _mark_cuts(frame, sheet.paper, panels[0], is_front=is_front)
        side.draw_frame(frame, *panels, sheet)


def _panels(paper: str) -> tuple[tuple[Box, Box], tuple[Box, Box]]:
    """The room of both panels of the front, and of the back."""
    width, high, sheet_height = PAPERS[paper]
    half, height = width / 2, sheet_height - EDGE - CUT
    left = Box(EDGE, EDGE, half - EDGE - FOLD, height)
    right = left._replace(x=half + FOLD)
    down = high - sheet_height + CUT
    return (left, right), (left._replace(y=down), right._replace(y=down))


def _mark_cuts(frame: Frame, paper: str, panel: Box, *, is_front: bool) -> None:
    """Where to cut, and where to fold."""
    width, high, sheet_height = PAPERS[paper]
    cut = sheet_height if is_front else high - sheet_height
    frame.set_dash_pattern(1.2, 1.2)
    line(frame, EDGE, cut, width - EDGE, cut, colour=FAINT, width=0.15)
    line(frame, width / 2, panel.y, width / 2, panel.bottom, colour=FAINT, width=0.15)
    frame.set_dash_pattern()
