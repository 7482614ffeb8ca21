"""Draw the front of the AK1 card: education, skills and signature left; person, photo, QR right."""

import io

from ...core.qr import QUIET_ZONE
from .logo import draw_logo
from .paper import Paper
from .pen import (
    FAINT,
    GREY,
    LEADING,
    MM_PER_POINT,
    STEP,
    TEAL,
    TINT,
    YELLOW,
    Box,
    Style,
    fill,
    height_of,
    line,
    outline,
    wrap_text,
    write,
    write_in_boxes,
    write_lines,
)
from .sheet import TITLE, Ak1Sheet, LabelValue

HEADING = Style(8, weight="B", colour=TEAL)
LABEL = Style(6.5, colour=GREY)
PHOTO = (30.0, 40.0)  # 3x4 cm
QR_SIDE = 27.0  # mm, without its quiet zone; must be at least 25
SIGNING_ROOM = 24.0  # mm for a wet signature and the office's stamp
LABEL_WIDTH = 21.5
EDUCATION = 18.0  # mm high
GAPS = (4, 10)  # in the number: after the region and after the sequence


def draw(paper: Paper, left: Box, right: Box, sheet: Ak1Sheet) -> None:
    """Draw the left and the right panel of the front."""
    _education(paper, left, sheet)
    _skills(paper, _skills_box(left), sheet.skills)
    _signature(paper, _signature_box(left), sheet)
    _header(paper, right, sheet)
    title = Box(right.x, right.y + 17, right.w, 5)
    write(paper, title, TITLE, Style(9.5, 7, "B", "C"), at="middle")
    _number(paper, right, 23, "No. Pendaftaran", sheet.number, GAPS)
    _number(paper, right, 29.3, "NIK", sheet.nik)
    body = Box(right.x, right.y + 36.5, right.w, right.h - 36.5)
    _photo(paper, body, sheet)
    _qr(paper, body, sheet)
    x = body.x + PHOTO[0] + 3.5
    room = body.right - QR_SIDE - _quiet_zone(sheet) - 2 - x
    _person(paper, Box(x, body.y, room, body.h), sheet.person)


def _skills_box(panel: Box) -> Box:
    top = panel.y + EDUCATION + 4
    return Box(panel.x, top, panel.w * 0.53, panel.bottom - top)


def _signature_box(panel: Box) -> Box:
    skills = _skills_box(panel)
    x = skills.right + 5
    return Box(x, skills.y, panel.right - x, skills.h)


def _education(paper: Paper, panel: Box, sheet: Ak1Sheet) -> None:
    write(paper, panel._replace(h=4), "PENDIDIKAN FORMAL", HEADING)
    head, row = panel._replace(y=panel.y + 5, h=5), panel._replace(y=panel.y + 10, h=8)
    fill(paper, head, TINT)
    for title, cell in zip(("Jenjang", "Jurusan", "Tahun lulus"), _columns(head), strict=True):
        write(paper, cell, title, LABEL, at="middle")
    for value, cell in zip(sheet.education, _columns(row), strict=True):
        write(paper, cell, value, Style(8.5, weight="B"), at="middle")
    end = panel.y + EDUCATION
    line(paper, panel.x, end, panel.right, end, colour=FAINT)


def _columns(row: Box) -> list[Box]:
    columns, x = [], row.x
    for share in (0.27, 0.55, 0.18):
        columns.append(row._replace(x=x + 1.5, w=row.w * share - 2))
        x += row.w * share
    return columns


def _skills(paper: Paper, box: Box, skills: tuple[str, ...]) -> None:
    write(paper, box._replace(h=4), "KETERAMPILAN", HEADING)
    room = Box(box.x, box.y + 5.5, box.w, box.h - 5.5)
    size = 8.0
    listed = _wrapped(skills, room.w - 5, size)
    while size > 4.5 and _skills_height(listed, size) > room.h:
        size -= STEP
        listed = _wrapped(skills, room.w - 5, size)
    y = room.y
    for number, lines in enumerate(listed, 1):
        write_lines(paper, room._replace(y=y), [f"{number}."], size, Style(size, colour=GREY))
        write_lines(paper, room._replace(x=room.x + 5, y=y), lines, size, Style(size))
        y += height_of(lines, size) + size * 0.08
    if not skills:
        write_lines(paper, room, ["–"], size, Style(size))


def _wrapped(texts: tuple[str, ...], width: float, size: float) -> list[list[str]]:
    return [wrap_text(text, width, size) for text in texts]


def _skills_height(listed: list[list[str]], size: float) -> float:
    return sum(height_of(lines, size) + size * 0.08 for lines in listed)


def _signature(paper: Paper, box: Box, sheet: Ak1Sheet) -> None:
    """Drawn from below upwards, so that the staff number is always on the panel's last line."""
    line(paper, box.x + 4, box.bottom - 4, box.right - 4, box.bottom - 4)
    centred = Style(7.5, align="C")
    number = Box(box.x, box.bottom - 4, box.w, 4)
    write(paper, number, sheet.staff_number, centred, at="middle")
    name = Box(box.x, number.y - 8, box.w, 7.6)
    name_height = write(paper, name, sheet.signatory, Style(8.5, 5, "B", "C"), at="bottom")
    title = Box(box.x, name.bottom - name_height - SIGNING_ROOM - 8, box.w, 8)
    title_height = write(paper, title, sheet.position, centred, at="bottom")
    date = Box(box.x, title.bottom - title_height - 4.5, box.w, 4)
    write(paper, date, sheet.signed, centred, at="middle")


def _header(paper: Paper, panel: Box, sheet: Ak1Sheet) -> None:
    draw_logo(paper, panel.x, panel.y, 13)
    mark = Box(panel.right - 15, panel.y, 15, 8)
    outline(paper, mark, colour=TEAL, width=0.4)
    write(paper, mark, "AK/I", Style(12, weight="B", align="C", colour=TEAL), at="middle")
    room = Box(panel.x + 16, panel.y, panel.w - 34, 9)
    height = write(paper, room, "\n".join(sheet.header), Style(9.5, 6, "B", "C"))
    address = Box(room.x, room.y + height + 0.6, room.w, 14 - height)
    write(paper, address, " · ".join(sheet.office), Style(6.5, 5, "", "C", GREY))
    line(paper, panel.x, panel.y + 14.6, panel.right, panel.y + 14.6, colour=TEAL, width=0.6)
    line(paper, panel.x, panel.y + 15.6, panel.right, panel.y + 15.6, colour=YELLOW, width=0.5)


def _number(
    paper: Paper, panel: Box, down: float, label: str, digits: str, gaps: tuple[int, ...] = ()
) -> None:
    first = Box(panel.x + 33.5, panel.y + down, 5.4, 5.4)
    before = Box(panel.x, first.y, 32, first.h)
    write(paper, before, label, Style(7.5, colour=GREY), at="middle")
    write_in_boxes(paper, first, digits, gaps)


def _photo(paper: Paper, body: Box, sheet: Ak1Sheet) -> None:
    frame = Box(body.x, body.y, *PHOTO)
    if sheet.photo:
        paper.image(io.BytesIO(sheet.photo), *frame)
    else:
        paper.set_dash_pattern(1, 1)
        outline(paper, frame, colour=GREY)
        paper.set_dash_pattern()
        glue = Style(7, align="C", colour=GREY)
        write(paper, frame, "Tempel pas foto 3 × 4", glue, at="middle")
    y = body.bottom - 3.6
    line(paper, frame.x, y, frame.right, y)
    below = Box(frame.x, y + 0.4, frame.w, 3.2)
    write(paper, below, "Tanda tangan pemegang", Style(5.5, 5, "", "C"))


def _qr(paper: Paper, body: Box, sheet: Ak1Sheet) -> None:
    """The QR at the right edge; below its quiet zone a sentence what it is for."""
    x = body.right - QR_SIDE
    paper.draw_qr(x, body.y, QR_SIDE / len(sheet.qr), sheet.qr)
    if sheet.address:  # `/periksa` reads the address from the file, not from the picture
        paper.link(x, body.y, QR_SIDE, QR_SIDE, sheet.address)
    quiet = _quiet_zone(sheet)
    note = Box(x - quiet, body.y + QR_SIDE + quiet, QR_SIDE + quiet, 12)
    words = "Pindai untuk memeriksa keaslian kartu di"
    used = write(paper, note, words, Style(5.5, 5, "", "C", GREY))
    site = Box(note.x, note.y + used, note.w, 6)
    write(paper, site, sheet.site, Style(5.5, 4.5, "B", "C", TEAL))


def _quiet_zone(sheet: Ak1Sheet) -> float:
    return QUIET_ZONE * QR_SIDE / len(sheet.qr)


def _person(paper: Paper, box: Box, rows: tuple[LabelValue, ...]) -> None:
    size, width = 8.0, box.w - LABEL_WIDTH
    values = _values(rows, width, size)
    while size > 4.5 and _person_height(values, size) > box.h:
        size -= STEP
        values = _values(rows, width, size)
    y, small = box.y, Style(min(size, 7), colour=GREY)
    for row, lines in zip(rows, values, strict=True):
        height = max(height_of(lines, size), size * MM_PER_POINT * LEADING)
        label = Box(box.x, y, LABEL_WIDTH - 1, height)
        write(paper, label, row.label, small)
        value = Box(box.x + LABEL_WIDTH, y, width, height)
        write_lines(paper, value, lines, size, Style(size, weight=_weight(row)))
        y += height + _gap(size)


def _values(rows: tuple[LabelValue, ...], width: float, size: float) -> list[list[str]]:
    return [wrap_text(row.value, width, size, _weight(row)) for row in rows]


def _person_height(values: list[list[str]], size: float) -> float:
    return sum(max(height_of(lines, size), size * MM_PER_POINT) + _gap(size) for lines in values)


def _weight(row: LabelValue) -> str:
    return "B" if row.label in ("Nama lengkap", "Berlaku s.d.") else ""


def _gap(size: float) -> float:
    return size * 0.13
