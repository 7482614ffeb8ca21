"""Draws the card as PDF with reportlab, the baseline for the speed of our own PDF."""

import io
from contextlib import contextmanager
from functools import cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from barut_reflex.cards.pdf import back, front
from barut_reflex.cards.pdf.draw import mark_cuts, panels_of
from barut_reflex.cards.pdf.fonts import FONTS
from barut_reflex.cards.pdf.paper import DARK, PAPERS
from barut_reflex.cards.pdf.sheet import Ak1Sheet

MM = 72 / 25.4


def draw(sheet: Ak1Sheet) -> bytes:
    """The card as `barut_reflex.cards.pdf.draw` draws it."""
    paper: Any = Paper(sheet.paper)
    sides = zip((True, False), (front, back), panels_of(sheet.paper), strict=True)
    for is_front, side, panels in sides:
        paper.add_page()
        mark_cuts(paper, sheet.paper, panels[0], is_front=is_front)
        side.draw(paper, *panels, sheet)
    return paper.output()


@cache
def _fonts() -> None:
    """Read once a process, as reportlab does it."""
    pdfmetrics.registerFont(TTFont("jakarta", FONTS / "PlusJakartaSans-Regular.ttf"))
    pdfmetrics.registerFont(TTFont("jakartaB", FONTS / "PlusJakartaSans-Bold.ttf"))


class Paper:
    """What of FPDF the card needs, drawn on a reportlab canvas."""

    def __init__(self, paper: str):
        _fonts()
        self.width, self.high, _ = PAPERS[paper]
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, (self.width * MM, self.high * MM), pageCompression=1)
        self.pages = 0

    def output(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()

    def add_page(self) -> None:
        if self.pages:
            self.canvas.showPage()
        self.pages += 1

    def set_draw_color(self, *colour: int) -> None:
        self.canvas.setStrokeColor(_colour(*colour))

    def set_fill_color(self, *colour: int) -> None:
        self.canvas.setFillColor(_colour(*colour))

    def set_line_width(self, width: float) -> None:
        self.canvas.setLineWidth(width * MM)

    def set_dash_pattern(self, dash: float = 0, gap: float = 0) -> None:
        self.canvas.setDash([dash * MM, gap * MM] if dash else [])

    def put_text(
        self, x: float, y: float, text: str, size: float, weight: str, colour: tuple[int, ...]
    ) -> None:
        self.canvas.setFont(f"jakarta{weight}", size)
        self.canvas.setFillColor(_colour(*colour))
        self.canvas.drawString(x * MM, (self.high - y) * MM, text)

    def line(self, x: float, y: float, x2: float, y2: float) -> None:
        self.canvas.line(x * MM, (self.high - y) * MM, x2 * MM, (self.high - y2) * MM)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        style: str = "",
        round_corners: bool = False,
        corner_radius: float = 0,
    ) -> None:
        box = (x * MM, (self.high - y - h) * MM, w * MM, h * MM)
        is_filled = int("F" in style)
        if round_corners:
            self.canvas.roundRect(*box, corner_radius * MM, stroke=1 - is_filled, fill=is_filled)
        else:
            self.canvas.rect(*box, stroke=1 - is_filled, fill=is_filled)

    def circle(self, x: float, y: float, radius: float, style: str = "") -> None:
        self.canvas.circle(x * MM, (self.high - y) * MM, radius * MM, stroke=0, fill=1)

    def image(self, content: io.BytesIO, x: float, y: float, w: float, h: float) -> None:
        self.canvas.drawImage(
            ImageReader(content), x * MM, (self.high - y - h) * MM, w * MM, h * MM
        )

    @contextmanager
    def new_path(self):
        """The two bends of the mark."""
        bend = Bend(self)
        yield bend
        bend.stroke()

    def draw_qr(self, x: float, y: float, module: float, qr: list[list[bool]]) -> None:
        path = self.canvas.beginPath()
        for row, modules in enumerate(qr):
            top = (self.high - y - (row + 1) * module) * MM
            for run in DARK.finditer(bytes(modules)):
                width = (run.end() - run.start()) * module * MM
                path.rect((x + run.start() * module) * MM, top, width, module * MM)
        self.canvas.setFillColor(_colour(0))
        self.canvas.drawPath(path, stroke=0, fill=1)


class Bend:
    """A path of lines and half circles, as far as the mark needs it."""

    def __init__(self, paper: Paper):
        self.style: Any = type("Style", (), {})()
        self.paper, self.path = paper, paper.canvas.beginPath()

    def move_to(self, x: float, y: float) -> None:
        self.x, self.y = x, y
        self.path.moveTo(x * MM, (self.paper.high - y) * MM)

    def line_relative(self, x: float, y: float) -> None:
        self.x, self.y = self.x + x, self.y + y
        self.path.lineTo(self.x * MM, (self.paper.high - self.y) * MM)

    def arc_relative(self, rx: float, *rest: float) -> None:
        down = rest[-1]
        box = (self.x - rx, self.y, self.x + rx, self.y + down)
        left, top, right, bottom = (
            side * MM if index % 2 == 0 else (self.paper.high - side) * MM
            for index, side in enumerate(box)
        )
        self.path.arcTo(left, bottom, right, top, 90, -180)
        self.y += down

    def stroke(self) -> None:
        canvas = self.paper.canvas
        canvas.setStrokeColor(HexColor(self.style.stroke_color))
        canvas.setLineWidth(self.style.stroke_width * MM)
        canvas.drawPath(self.path, stroke=1, fill=0)


@cache
def _colour(*parts: int) -> Color:
    red, green, blue = parts if len(parts) == 3 else parts * 3
    return Color(red / 255, green / 255, blue / 255)
