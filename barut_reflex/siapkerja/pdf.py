"""Generates the digital card as a one-page PDF and as a PNG of the same layout (without logo)."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from ..cards.pdf import pen
from ..cards.pdf.fonts import FONTS
from ..cards.pdf.logo import draw_logo
from ..cards.pdf.paper import PAPERS, Colour, Paper
from ..cards.pdf.pen import Box, Style
from ..core import slow_work
from ..core.qr import Matrix

AMBER = (138, 83, 0)
WHITE, DEEP, SUN, SOFT = (255, 255, 255), (10, 66, 64), (246, 197, 43), (84, 100, 102)
WIDTH, HEIGHT, _ = PAPERS["PHONE"]
BAND = Box(0, 0, WIDTH, 20)
STRIPE = Box(0, 20, WIDTH, 1.2)
PHOTO = Box(7, 27, 27, 36)
QR = Box(18, 78, 54, 54)
SCALE = 12  # pixels a mm: 1080 x 1680
FILES = {"": "PlusJakartaSans-Regular.ttf", "B": "PlusJakartaSans-Bold.ttf"}


@dataclass(frozen=True)
class DigitalSheet:
    """The contents of the digital card, as words."""

    kind: str
    office: str
    name: str
    number: str
    state: str
    issued: str
    valid_until: str
    site: str
    address: str  # the address in the QR
    qr: Matrix
    photo: bytes | None  # JPEG, 3 to 4
    # Title and sentence of the amber band that then replaces the office's name.
    warning: tuple[str, str] | None = None


@slow_work.slow
def draw_digital(sheet: DigitalSheet) -> bytes:
    """The card as a PDF of one small page."""
    paper = Paper("PHONE", f"{sheet.kind} {sheet.name}")
    paper.add_page(orientation="portrait")
    pen.fill(paper, BAND, _band(sheet))
    pen.fill(paper, STRIPE, SUN)
    draw_logo(paper, 76, 5, 9)
    if sheet.photo:
        paper.image(io.BytesIO(sheet.photo), *PHOTO, alt_text=f"Pas foto {sheet.name}")
    paper.draw_qr(QR.x, QR.y, QR.w / len(sheet.qr), sheet.qr)
    paper.link(*QR, sheet.address)  # `/periksa` reads the address from the file, not the picture
    for box, text, style in _texts(sheet):
        pen.write(paper, box, text, style)
    return paper.content()


@slow_work.slow
def draw_picture(sheet: DigitalSheet) -> bytes:
    """The card as a PNG for the gallery of a phone."""
    picture = Image.new("RGB", (int(WIDTH * SCALE), int(HEIGHT * SCALE)), WHITE)
    brush = ImageDraw.Draw(picture)
    brush.rectangle(_pixels(BAND), fill=_band(sheet))
    brush.rectangle(_pixels(STRIPE), fill=SUN)
    if sheet.photo:
        size = (int(PHOTO.w * SCALE), int(PHOTO.h * SCALE))
        with Image.open(io.BytesIO(sheet.photo), formats=("JPEG",)) as photo:
            position = (int(PHOTO.x * SCALE), int(PHOTO.y * SCALE))
            picture.paste(photo.convert("RGB").resize(size), position)
    for cell in _cells(sheet.qr):
        brush.rectangle(_pixels(cell), fill=pen.INK)
    for box, text, style in _texts(sheet):
        _write(brush, box, text, style)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _band(sheet: DigitalSheet) -> Colour:
    return AMBER if sheet.warning else DEEP


def _texts(sheet: DigitalSheet) -> list[tuple[Box, str, Style]]:
    """Each text of the card with its box and its style."""
    small, bold = _style(8, SOFT), _style(10.5, weight="B")
    number = [
        (Box(38, 52, 46, 4), "Nomor pendaftaran", small),
        (Box(38, 56, 46, 6), sheet.number, _style(10, weight="B")),
    ]
    head, line = sheet.warning or (sheet.kind, sheet.office)
    kind, tone = (f"{sheet.kind} · ", AMBER) if sheet.warning else ("", pen.TEAL)
    return [
        (Box(7, 4.5, 66, 8), head, _style(16, WHITE, weight="B")),
        (Box(7, 12.5, 66, 5), line, _style(7.5, WHITE)),
        (Box(38, 27, 46, 15), sheet.name, _style(14, weight="B")),
        (Box(38, 43, 46, 4), f"{kind}Pencari Kerja", small),
        (Box(38, 47, 46, 5), sheet.state, _style(9.5, tone, weight="B")),
        *(number if sheet.number else []),
        (Box(7, 66, 36, 4), "Terbit", small),
        (Box(7, 70, 36, 5), sheet.issued, bold),
        (Box(46, 66, 38, 4), "Berlaku sampai", small),
        (Box(46, 70, 38, 5), sheet.valid_until, bold),
        (Box(7, 133, 76, 4), f"Pindai untuk memeriksa · {sheet.site}", _style(7.5, SOFT, "C")),
    ]


def _style(size: float, colour: Colour = pen.INK, align: str = "L", weight: str = "") -> Style:
    return Style(size, min_size=5, weight=weight, align=align, colour=colour)


def _cells(matrix: Matrix) -> list[Box]:
    """The dark modules of the QR; the white card around it serves as its quiet zone."""
    side = QR.w / len(matrix)
    return [
        Box(QR.x + x * side, QR.y + y * side, side, side)
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    ]


def _pixels(box: Box) -> tuple[float, float, float, float]:
    """The box in whole pixels; neighbouring boxes neither overlap nor leave a gap."""
    left, top = round(box.x * SCALE), round(box.y * SCALE)
    right, bottom = round(box.right * SCALE) - 1, round(box.bottom * SCALE) - 1
    return left, top, right, bottom


def _write(brush: ImageDraw.ImageDraw, box: Box, text: str, style: Style) -> None:
    size, lines = pen.fit_text(box, text, style)
    font = ImageFont.truetype(FONTS / FILES[style.weight], size * pen.MM_PER_POINT * SCALE)
    leading = size * pen.MM_PER_POINT * pen.LEADING * SCALE
    for number, line in enumerate(lines):
        spare = box.w * SCALE - font.getlength(line) if style.align == "C" else 0
        position = (box.x * SCALE + spare / 2, box.y * SCALE + number * leading)
        brush.text(position, line, font=font, fill=style.colour)
