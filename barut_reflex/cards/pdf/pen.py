"""Drawing with care: text that shrinks or wraps into its box and never leaves it."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import Align
from fpdf.prefs import ViewerPreferences

FONTS = Path(__file__).parent.parent / "fonts"
FAMILY = "jakarta"
REST = "rest"  # rare letters the typeface lacks
PAPERS = {  # width, height, height of the sheet, mm
    "A4": (297.0, 210.0, 105.0),
    "F4": (330.0, 215.0, 110.0),
    "PHONE": (90.0, 140.0, 140.0),  # the digital card
}
POINT = 0.3528  # mm
LEADING = 1.22
STEP = 0.25  # of font size, when shrinking
INK = (16, 36, 38)
TEAL = (15, 110, 106)
YELLOW = (242, 183, 5)
GREY = (108, 122, 124)
FAINT = (186, 197, 198)
TINT = (236, 244, 243)

Colour = tuple[int, int, int]


class Box(NamedTuple):
    """A place on the page, in mm from the paper's upper left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h


class Style(NamedTuple):
    """How a text may look: it starts at `size` points and shrinks down to `least`."""

    size: float
    least: float = 4.5
    weight: str = ""
    align: str = "L"
    colour: Colour = INK


def new_document(paper: str, text: str) -> FPDF:
    """An empty landscape document that can show every letter of `text`."""
    width, height, _ = PAPERS[paper]
    pdf = FPDF(unit="mm", format=(width, height))
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    _add_family(pdf, FAMILY, "PlusJakartaSans")
    if set(text) - _covered():
        _add_family(pdf, REST, "NotoSansRest")
        pdf.set_fallback_fonts([REST], exact_match=True)
    pdf.viewer_preferences = ViewerPreferences(
        display_doc_title=True, duplex="DuplexFlipLongEdge", print_scaling="None"
    )
    return pdf


def write(pdf: FPDF, box: Box, text: str, style: Style, *, at: str = "top") -> float:
    """Write `text` into `box`: first smaller, then cut with an ellipsis. Gives its height."""
    size, lines = _fitted(box, text, style)
    leading = size * POINT * LEADING
    height = len(lines) * leading
    y = {"top": box.y, "middle": box.y + (box.h - height) / 2, "bottom": box.bottom - height}[at]
    pdf.set_font(FAMILY, style.weight, size)
    pdf.set_text_color(*style.colour)
    for words in lines:
        pdf.set_xy(box.x, y)
        pdf.cell(box.w, leading, words, align=Align.coerce(style.align))
        y += leading
    return height


def height_of(width: float, text: str, size: float, weight: str = "") -> float:
    """How high `text` stands in mm when wrapped into `width` mm at `size` points."""
    return len(wrapped(text, width / (size * POINT), weight)) * size * POINT * LEADING


def line(pdf: FPDF, x: float, y: float, x2: float, y2: float, *, colour=INK, width=0.2) -> None:
    pdf.set_draw_color(*colour)
    pdf.set_line_width(width)
    pdf.line(x, y, x2, y2)


def frame(pdf: FPDF, box: Box, *, colour=INK, width=0.2) -> None:
    pdf.set_draw_color(*colour)
    pdf.set_line_width(width)
    pdf.rect(*box)


def fill(pdf: FPDF, box: Box, colour: Colour) -> None:
    pdf.set_fill_color(*colour)
    pdf.rect(*box, style="F")


def boxes(pdf: FPDF, place: Box, text: str, gaps: tuple[int, ...] = ()) -> None:
    """One box a character from the left of `place`, with a small gap after the given places."""
    x = place.x
    for index, character in enumerate(text):
        cell = Box(x, place.y, place.w, place.h)
        frame(pdf, cell, colour=GREY, width=0.18)
        write(pdf, cell, character, Style(9, weight="B", align="C"), at="middle")
        x += place.w + (1.2 if index + 1 in gaps else 0)


def _fitted(box: Box, text: str, style: Style) -> tuple[float, list[str]]:
    size = style.size
    while True:
        lines = wrapped(text, box.w / (size * POINT), style.weight)
        if len(lines) * size * POINT * LEADING <= box.h + 0.01:
            return size, lines
        if size - STEP < style.least:
            return size, _cut(lines, max(1, int(box.h / (size * POINT * LEADING))))
        size -= STEP


def _cut(lines: list[str], most: int) -> list[str]:
    return [*lines[: most - 1], f"{lines[most - 1].rstrip()[:-1]}…"]


def wrapped(text: str, room: float, weight: str = "") -> list[str]:
    """`text` in lines of at most `room` (in letter heights): at spaces, or inside a long word."""
    widths = _widths(weight)
    lines: list[str] = []
    for paragraph in text.split("\n") if text else []:
        lines.append("")
        used = 0.0
        for word in paragraph.split(" "):
            width = sum(widths[letter] for letter in word)
            if lines[-1] and used + widths[" "] + width <= room:
                lines[-1] += f" {word}"
                used += widths[" "] + width
                continue
            if lines[-1]:
                lines.append("")
            pieces = [word] if width <= room else _pieces(word, room, widths)
            lines[-1:] = pieces
            used = sum(widths[letter] for letter in pieces[-1])
    return lines


def _pieces(word: str, room: float, widths: dict[str, float]) -> list[str]:
    pieces, used = [""], 0.0
    for letter in word:
        if pieces[-1] and used + widths[letter] > room:
            pieces.append("")
            used = 0.0
        pieces[-1] += letter
        used += widths[letter]
    return pieces


def _add_family(pdf: FPDF, family: str, file: str) -> None:
    pdf.add_font(family, "", FONTS / f"{file}-Regular.ttf")
    pdf.add_font(family, "B", FONTS / f"{file}-Bold.ttf")


class _Widths(dict[str, float]):
    def __missing__(self, letter: str) -> float:
        return 0.7  # an empty box stands for a letter no font has


@cache
def _widths(weight: str) -> dict[str, float]:
    """The width of each letter in letter heights; the fonts are read for it once a process."""
    file = "Bold" if weight else "Regular"
    rest = _read_widths(FONTS / f"NotoSansRest-{file}.ttf")
    return _Widths(rest | _read_widths(FONTS / f"PlusJakartaSans-{file}.ttf"))


@cache
def _covered() -> frozenset[str]:
    return frozenset(_read_widths(FONTS / "PlusJakartaSans-Regular.ttf"))


def _read_widths(path: Path) -> dict[str, float]:
    with TTFont(path) as font:
        height = int(font["head"].unitsPerEm)  # pyright: ignore[reportAttributeAccessIssue]
        advances = font["hmtx"].metrics
        letters = font.getBestCmap() or {}
        return {chr(code): advances[name][0] / height for code, name in letters.items()}
