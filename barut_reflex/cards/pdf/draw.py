"""Draw AK1 cards as a PDF for two-sided printing: pages, panels, lines to cut and fold.

The card is at the top of the first page. Paper is turned over its long edge, which brings the top
edge to the bottom; so the back of the card is drawn at the bottom of the second page. One cut then
leaves a card with matching front and back, and left stays left.
"""

from collections.abc import Iterable

from ...core import slow_work
from . import back, front
from .paper import PAPERS, Paper
from .pen import FAINT, Box, line
from .sheet import Ak1Sheet

EDGE = 7.0  # mm without ink at the paper's edges (6 is the rule)
CUT = 4.0  # mm between the content and the cut line
FOLD = 5.0  # mm on each side of the fold


@slow_work.slow
def draw(sheet: Ak1Sheet) -> bytes:
    """The two-page PDF of the card, to be printed at 100 % on both sides."""
    return _drawn([sheet], f"Kartu AK1 {sheet.number}").content()


@slow_work.slow
def draw_all(sheets: Iterable[Ak1Sheet], *, title: str) -> bytes:
    """Many cards of one paper size in one PDF, for one print run on both sides: two pages each."""
    return _drawn(sheets, title).content()


def _drawn(sheets: Iterable[Ak1Sheet], title: str) -> Paper:
    paper: Paper | None = None
    for sheet in sheets:
        paper = paper or Paper(sheet.paper, title)
        _add_card(paper, sheet)
    if paper is None:
        raise ValueError("no card to draw")
    return paper


def _add_card(paper: Paper, sheet: Ak1Sheet) -> None:
    for side, panels in zip((front, back), panels_of(sheet.paper), strict=True):
        paper.add_page()
        mark_cuts(paper, sheet.paper, panels[0], is_front=side is front)
        side.draw(paper, *panels, sheet)


def panels_of(size: str) -> tuple[tuple[Box, Box], tuple[Box, Box]]:
    """Where both panels of the front stand on the paper, and those of the back."""
    width, high, sheet_height = PAPERS[size]
    half, height = width / 2, sheet_height - EDGE - CUT
    left = Box(EDGE, EDGE, half - EDGE - FOLD, height)
    right = left._replace(x=half + FOLD)
    down = high - sheet_height + CUT
    return (left, right), (left._replace(y=down), right._replace(y=down))


def mark_cuts(paper: Paper, size: str, panel: Box, *, is_front: bool) -> None:
    """Draw the lines along which to cut and to fold."""
    width, high, sheet_height = PAPERS[size]
    cut = sheet_height if is_front else high - sheet_height
    paper.set_dash_pattern(1.2, 1.2)
    line(paper, EDGE, cut, width - EDGE, cut, colour=FAINT, width=0.15)
    line(paper, width / 2, panel.y, width / 2, panel.bottom, colour=FAINT, width=0.15)
    paper.set_dash_pattern()
