"""The front: education, skills and signature on the left; the card itself on the right."""

import io
from itertools import groupby

from fpdf import FPDF

from .logo import draw_logo
from .pen import (
    FAINT,
    GREY,
    LEADING,
    POINT,
    STEP,
    TEAL,
    TINT,
    YELLOW,
    Box,
    Style,
    boxes,
    fill,
    frame,
    height_of,
    line,
    write,
)
from .sheet import TITLE, Ak1Sheet, Matrix, Row

HEADING = Style(8, weight="B", colour=TEAL)
LABEL = Style(6.5, colour=GREY)
PHOTO = (30.0, 40.0)  # 3x4 cm
QR_SIDE = 27.0  # mm, without its quiet zone; 25 is the least
QUIET_ZONE = 4  # modules
SIGNING_ROOM = 24.0  # mm for a wet signature and the office's stamp
LABEL_WIDTH = 21.5


def draw_left(pdf: FPDF, panel: Box, sheet: Ak1Sheet) -> None:
    """Formal education, skills, and the officer who signs."""
    table_height = _education(pdf, panel, sheet)
    top = panel.y + table_height + 4
    column = panel.w * 0.53
    skills = Box(panel.x, top, column, panel.bottom - top)
    _skills(pdf, skills, sheet.skills)
    signing = panel.x + column + 5
    _signature(pdf, Box(signing, top, panel.right - signing, panel.bottom - top), sheet)


def _education(pdf: FPDF, panel: Box, sheet: Ak1Sheet) -> float:
    write(pdf, Box(panel.x, panel.y, panel.w, 4), "PENDIDIKAN FORMAL", HEADING)
    widths = (panel.w * 0.27, panel.w * 0.55, panel.w * 0.18)
    head, row = panel.y + 5, panel.y + 10
    fill(pdf, Box(panel.x, head, panel.w, 5), TINT)
    x = panel.x
    for title, value, width in zip(
        ("Jenjang", "Jurusan", "Tahun lulus"), sheet.education, widths, strict=True
    ):
        write(pdf, Box(x + 1.5, head, width - 2, 5), title, LABEL, at="middle")
        write(pdf, Box(x + 1.5, row, width - 2, 8), value, Style(8.5, weight="B"), at="middle")
        x += width
    line(pdf, panel.x, row + 8, panel.right, row + 8, colour=FAINT)
    return 18


def _skills(pdf: FPDF, box: Box, skills: tuple[str, ...]) -> None:
    write(pdf, box._replace(h=4), "KETERAMPILAN", HEADING)
    room = Box(box.x, box.y + 5.5, box.w, box.h - 5.5)
    size = 8.0
    while size > 4.5 and _skills_height(room.w, skills, size) > room.h:
        size -= STEP
    y = room.y
    leading = size * POINT * LEADING
    for number, skill in enumerate(skills or ("–",), 1):
        height = height_of(room.w - 5, skill, size)
        if skills:
            write(pdf, Box(room.x, y, 4.5, leading), f"{number}.", Style(size, colour=GREY))
        place = Box(room.x + (5 if skills else 0), y, room.w - 5, height)
        write(pdf, place, skill, Style(size, least=size))
        y += height + size * 0.08


def _skills_height(width: float, skills: tuple[str, ...], size: float) -> float:
    return sum(height_of(width - 5, skill, size) + size * 0.08 for skill in skills)


def _signature(pdf: FPDF, box: Box, sheet: Ak1Sheet) -> None:
    """From below upwards, so that the number always stands on the panel's last line."""
    centred = Style(7.5, align="C")
    number = Box(box.x, box.bottom - 4, box.w, 4)
    write(pdf, number, sheet.staff_number, centred, at="middle")
    name = Box(box.x, number.y - 8, box.w, 7.6)
    name_height = write(pdf, name, sheet.signatory, Style(8.5, 5, "B", "C"), at="bottom")
    line(pdf, box.x + 4, number.y, box.right - 4, number.y)
    title = Box(box.x, name.bottom - name_height - SIGNING_ROOM - 8, box.w, 8)
    title_height = write(pdf, title, sheet.position, centred, at="bottom")
    date = Box(box.x, title.bottom - title_height - 4.5, box.w, 4)
    write(pdf, date, sheet.signed, centred, at="middle")


def draw_right(pdf: FPDF, panel: Box, sheet: Ak1Sheet) -> None:
    """Header, numbers, photo, person, QR."""
    _header(pdf, panel, sheet)
    write(pdf, Box(panel.x, panel.y + 17, panel.w, 5), TITLE, Style(9.5, 7, "B", "C"), at="middle")
    _numbers(pdf, panel, sheet)
    body = Box(panel.x, panel.y + 36.5, panel.w, panel.h - 36.5)
    _photo(pdf, body, sheet.photo)
    qr_width = _qr(pdf, body, sheet)
    x = body.x + PHOTO[0] + 3.5
    _person(pdf, Box(x, body.y, body.right - qr_width - 2 - x, body.h), sheet.person)


def _header(pdf: FPDF, panel: Box, sheet: Ak1Sheet) -> None:
    draw_logo(pdf, panel.x, panel.y, 13)
    mark = Box(panel.right - 15, panel.y, 15, 8)
    frame(pdf, mark, colour=TEAL, width=0.4)
    write(pdf, mark, "AK/I", Style(12, weight="B", align="C", colour=TEAL), at="middle")
    room = Box(panel.x + 16, panel.y, panel.w - 34, 9)
    height = write(pdf, room, "\n".join(sheet.header), Style(9.5, 6, "B", "C"))
    address = Box(room.x, room.y + height + 0.6, room.w, 14 - height)
    write(pdf, address, " · ".join(sheet.office), Style(6.5, 5, "", "C", GREY))
    line(pdf, panel.x, panel.y + 14.6, panel.right, panel.y + 14.6, colour=TEAL, width=0.6)
    line(pdf, panel.x, panel.y + 15.6, panel.right, panel.y + 15.6, colour=YELLOW, width=0.5)


def _numbers(pdf: FPDF, panel: Box, sheet: Ak1Sheet) -> None:
    x, cell = panel.x + 33.5, 5.4
    for y, label, digits, gaps in (
        (panel.y + 23, "No. Pendaftaran", sheet.number, (4, 10)),
        (panel.y + 29.3, "NIK", sheet.nik, ()),
    ):
        write(pdf, Box(panel.x, y, 32, cell), label, Style(7.5, colour=GREY), at="middle")
        boxes(pdf, Box(x, y, cell, cell), digits, gaps)


def _photo(pdf: FPDF, body: Box, photo: bytes | None) -> None:
    place = Box(body.x, body.y, *PHOTO)
    if photo:
        pdf.image(io.BytesIO(photo), *place)
    else:
        pdf.set_dash_pattern(1, 1)
        frame(pdf, place, colour=GREY)
        pdf.set_dash_pattern()
        write(pdf, place, "Tempel pas foto 3 × 4", Style(7, align="C", colour=GREY), at="middle")
    y = body.bottom - 3.6
    line(pdf, place.x, y, place.right, y)
    write(pdf, Box(place.x, y + 0.4, place.w, 3.2), "Tanda tangan pemegang", Style(5.5, 5, "", "C"))


def _qr(pdf: FPDF, body: Box, sheet: Ak1Sheet) -> float:
    """The QR with its quiet zone at the right edge; gives the width it takes."""
    module = QR_SIDE / len(sheet.qr)
    quiet = QUIET_ZONE * module
    x, y = body.right - QR_SIDE, body.y
    _modules(pdf, x, y, module, sheet.qr)
    if sheet.address:
        pdf.link(x, y, QR_SIDE, QR_SIDE, sheet.address)  # `/periksa` finds it in the file
    note = Box(x - quiet, y + QR_SIDE + quiet, QR_SIDE + quiet, 12)
    used = write(
        pdf, note, "Pindai untuk memeriksa keaslian kartu di", Style(5.5, 5, "", "C", GREY)
    )
    site = Box(note.x, note.y + used, note.w, 6)
    write(pdf, site, sheet.site, Style(5.5, 4.5, "B", "C", TEAL))
    return QR_SIDE + quiet


def _modules(pdf: FPDF, x: float, y: float, module: float, qr: Matrix) -> None:
    """All dark modules as one path.

    Drawn one by one, each edge is softened by itself and a paler seam runs between two rows: at
    150 dpi one worn code in three was lost to it (docs/qr.md). fpdf2 has no quick call for it.
    """
    step, left, top = module * pdf.k, x * pdf.k, (pdf.h - y) * pdf.k
    dark = " ".join(
        f"{left + column * step:.3f} {top - (row + 1) * step:.3f} {width * step:.3f} {step:.3f} re"
        for row, modules in enumerate(qr)
        for column, width in _runs(modules)
    )
    pdf._out(f"q 0 g {dark} f Q")


def _runs(modules: list[bool]) -> list[tuple[int, int]]:
    """Start and length of each dark run of one row."""
    runs, start = [], 0
    for is_dark, run in groupby(modules):
        length = len(list(run))
        if is_dark:
            runs.append((start, length))
        start += length
    return runs


def _person(pdf: FPDF, box: Box, rows: tuple[Row, ...]) -> None:
    size = 8.0
    while size > 4.5 and _person_height(box.w, rows, size) > box.h:
        size -= STEP
    y = box.y
    for row in rows:
        weight = _weight(row)
        width = box.w - LABEL_WIDTH
        height = max(height_of(width, row.value, size, weight), size * POINT * LEADING)
        write(
            pdf, Box(box.x, y, LABEL_WIDTH - 1, height), row.label, Style(min(size, 7), colour=GREY)
        )
        value = Box(box.x + LABEL_WIDTH, y, width, height)
        write(pdf, value, row.value, Style(size, size, weight))
        y += height + _gap(size)


def _person_height(width: float, rows: tuple[Row, ...], size: float) -> float:
    return sum(
        max(height_of(width - LABEL_WIDTH, row.value, size, _weight(row)), size * POINT)
        + _gap(size)
        for row in rows
    )


def _weight(row: Row) -> str:
    return "B" if row.label in ("Nama lengkap", "Berlaku s.d.") else ""


def _gap(size: float) -> float:
    return size * 0.13
