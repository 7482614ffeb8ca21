"""Draw text, lines and boxes on a card: text wraps and shrinks until it fits its box."""

from typing import NamedTuple

from .fonts import width_of, widths_of
from .paper import POINTS_PER_MM, Colour, Paper

MM_PER_POINT = 0.3528
LEADING = 1.22  # line height, as a multiple of the font size
RISE = 0.3  # from the middle of a line down to its baseline, as a fraction of the font size
STEP = 0.25  # points by which a font size is reduced at a time
INK = (16, 36, 38)
TEAL = (15, 110, 106)
YELLOW = (242, 183, 5)
GREY = (108, 122, 124)
FAINT = (186, 197, 198)
TINT = (236, 244, 243)


class Box(NamedTuple):
    """A rectangle on the page, in mm from the paper's upper left corner."""

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
    """The style of a text. It begins at `size` points and shrinks down to `min_size` to fit."""

    size: float
    min_size: float = 4.5
    weight: str = ""
    align: str = "L"
    colour: Colour = INK


def write(paper: Paper, box: Box, text: str, style: Style, *, at: str = "top") -> float:
    """Write `text` into `box`: smaller if it must be, cut with an ellipsis if it still is too long.

    Returns its height in mm. `at` is top, middle or bottom.
    """
    size, lines = fit_text(box, text, style)
    height = height_of(lines, size)
    y = {"top": box.y, "middle": box.y + (box.h - height) / 2, "bottom": box.bottom - height}[at]
    write_lines(paper, box._replace(y=y), lines, size, style)
    return height


def write_lines(paper: Paper, box: Box, lines: list[str], size: float, style: Style) -> None:
    """Write `lines` from the top of `box`; the caller knows that they fit."""
    leading = size * MM_PER_POINT * LEADING
    y, x = box.y + leading / 2 + RISE * size / POINTS_PER_MM, box.x
    for words in lines:
        if style.align == "C":
            x = box.x + (box.w - width_of(words, style.weight) * size / POINTS_PER_MM) / 2
        paper.put_text(x, y, words, size, style.weight, style.colour)
        y += leading


def height_of(lines: list[str], size: float) -> float:
    """The height of these lines in mm at `size` points."""
    return len(lines) * size * MM_PER_POINT * LEADING


def line(paper: Paper, x: float, y: float, x2: float, y2: float, *, colour=INK, width=0.2) -> None:
    """Draw a line; all in mm."""
    paper.set_draw_color(*colour)
    paper.set_line_width(width)
    paper.line(x, y, x2, y2)


def outline(paper: Paper, box: Box, *, colour=INK, width=0.2) -> None:
    """Draw the border of a box."""
    paper.set_draw_color(*colour)
    paper.set_line_width(width)
    paper.rect(*box)


def fill(paper: Paper, box: Box, colour: Colour) -> None:
    """Fill a box with a colour."""
    paper.set_fill_color(*colour)
    paper.rect(*box, style="F")


def write_in_boxes(paper: Paper, first: Box, text: str, gaps: tuple[int, ...] = ()) -> None:
    """Write each character into a box of its own, beginning with the box `first`.

    `gaps` are the numbers of the characters (from 1) after which a small gap follows.
    """
    style = Style(9, weight="B", align="C")
    cell = first
    for number, character in enumerate(text, 1):
        outline(paper, cell, colour=GREY, width=0.18)
        write(paper, cell, character, style, at="middle")
        cell = cell._replace(x=cell.right + (1.2 if number in gaps else 0))


def fit_text(box: Box, text: str, style: Style) -> tuple[float, list[str]]:
    """The largest font size at which `text` fits `box`, and its lines; cut if none does."""
    size = style.size
    while True:
        lines = wrap_text(text, box.w, size, style.weight)
        if height_of(lines, size) <= box.h + 0.01:
            return size, lines
        if size - STEP < style.min_size:
            return size, _cut(lines, max(1, int(box.h / (size * MM_PER_POINT * LEADING))))
        size -= STEP


def _cut(lines: list[str], most: int) -> list[str]:
    return [*lines[: most - 1], f"{lines[most - 1].rstrip()[:-1]}…"]


def wrap_text(text: str, width: float, size: float, weight: str = "") -> list[str]:
    """`text` in lines of at most `width` mm at `size` points, broken at spaces or in long words."""
    room = width / (size * MM_PER_POINT)
    if "\n" not in text and width_of(text, weight) <= room:
        return [text] if text else []
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrapped(paragraph, room, widths_of(weight))
    return lines


def _wrapped(paragraph: str, room: float, widths: dict[str, float]) -> list[str]:
    """The lines of one paragraph; `room` is the width, as a multiple of the font size."""
    lines, used = [""], 0.0
    for word in paragraph.split(" "):
        width = sum(map(widths.__getitem__, word))
        if lines[-1] and used + widths[" "] + width <= room:
            lines[-1] += f" {word}"
            used += widths[" "] + width
            continue
        if lines[-1]:
            lines.append("")
        pieces = [word] if width <= room else _pieces(word, room, widths)
        lines[-1:] = pieces
        used = sum(map(widths.__getitem__, pieces[-1]))
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
