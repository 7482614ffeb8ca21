"""The front: education, skills and signature on the left; the card itself on the right."""

import io

from ...seal.codes import QUIET_ZONE
from .logo import draw_logo
from .paper import Frame, Layer
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
    height_of,
    line,
    outline,
    wrapped,
    write,
    write_in_boxes,
    write_lines,
)
from .sheet import TITLE, Ak1Sheet, Row

HEADING = Style(8, weight="B", colour=TEAL)
LABEL = Style(6.5, colour=GREY)
PHOTO = (30.0, 40.0)  # 3x4 cm
QR_SIDE = 27.0  # mm, without its quiet zone; 25 is the least
SIGNING_ROOM = 24.0  # mm for a wet signature and the office's stamp
LABEL_WIDTH = 21.5
EDUCATION = 18.0  # mm high


GAPS = (4, 10)  # after the region and after the place in the day


def draw_frame(frame: Frame, left: Box, right: Box, sheet: Ak1Sheet) -> None:
    """Headings, labels, lines and boxes."""
    _frame_education(frame, left)
    write(frame, _skills_box(left)._replace(h=4), "KETERAMPILAN", HEADING)
    signing = _signature_box(left)
    line(frame, signing.x + 4, signing.bottom - 4, signing.right - 4, signing.bottom - 4)
    _frame_header(frame, right, sheet)
    title = Box(right.x, right.y + 17, right.w, 5)
    write(frame, title, TITLE, Style(9.5, 7, "B", "C"), at="middle")
    _frame_numbers(frame, right, sheet)
    _frame_photo(frame, _body(right), sheet)
    _frame_qr(frame, _body(right), sheet)


def draw_card(layer: Layer, left: Box, right: Box, sheet: Ak1Sheet) -> None:
    """What this person is, has learned and can do; who signs; photo, QR."""
    _education(layer, left, sheet)
    _skills(layer, _skills_box(left), sheet.skills)
    _signature(layer, _signature_box(left), sheet)
    for place, digits, gaps in _numbers(right, sheet):
        write_in_boxes(layer, place, digits, gaps)
    body = _body(right)
    if sheet.photo:
        layer.image(io.BytesIO(sheet.photo), body.x, body.y, *PHOTO)
    _qr(layer, body, sheet)
    x = body.x + PHOTO[0] + 3.5
    room = body.right - QR_SIDE - _quiet_zone(sheet) - 2 - x
    _person(layer, Box(x, body.y, room, body.h), sheet.person)


def _skills_box(panel: Box) -> Box:
    top = panel.y + EDUCATION + 4
    return Box(panel.x, top, panel.w * 0.53, panel.bottom - top)


def _signature_box(panel: Box) -> Box:
    skills = _skills_box(panel)
    x = skills.right + 5
    return Box(x, skills.y, panel.right - x, skills.h)


def _body(panel: Box) -> Box:
    """Photo, person and QR."""
    return Box(panel.x, panel.y + 36.5, panel.w, panel.h - 36.5)


def _frame_education(frame: Frame, panel: Box) -> None:
    write(frame, panel._replace(h=4), "PENDIDIKAN FORMAL", HEADING)
    head = panel._replace(y=panel.y + 5, h=5)
    fill(frame, head, TINT)
    for title, cell in zip(("Jenjang", "Jurusan", "Tahun lulus"), _columns(head), strict=True):
        write(frame, cell, title, LABEL, at="middle")
    end = panel.y + EDUCATION
    line(frame, panel.x, end, panel.right, end, colour=FAINT)


def _education(layer: Layer, panel: Box, sheet: Ak1Sheet) -> None:
    row = panel._replace(y=panel.y + 10, h=8)
    for value, cell in zip(sheet.education, _columns(row), strict=True):
        write(layer, cell, value, Style(8.5, weight="B"), at="middle")


def _columns(row: Box) -> list[Box]:
    columns, x = [], row.x
    for share in (0.27, 0.55, 0.18):
        columns.append(row._replace(x=x + 1.5, w=row.w * share - 2))
        x += row.w * share
    return columns


def _skills(layer: Layer, box: Box, skills: tuple[str, ...]) -> None:
    room = Box(box.x, box.y + 5.5, box.w, box.h - 5.5)
    size = 8.0
    listed = _wrapped(skills, room.w - 5, size)
    while size > 4.5 and _skills_height(listed, size) > room.h:
        size -= STEP
        listed = _wrapped(skills, room.w - 5, size)
    y = room.y
    for number, lines in enumerate(listed, 1):
        write_lines(layer, room._replace(y=y), [f"{number}."], size, Style(size, colour=GREY))
        write_lines(layer, room._replace(x=room.x + 5, y=y), lines, size, Style(size))
        y += height_of(lines, size) + size * 0.08
    if not skills:
        write_lines(layer, room, ["–"], size, Style(size))


def _wrapped(texts: tuple[str, ...], width: float, size: float) -> list[list[str]]:
    return [wrapped(text, width, size) for text in texts]


def _skills_height(listed: list[list[str]], size: float) -> float:
    return sum(height_of(lines, size) + size * 0.08 for lines in listed)


def _signature(layer: Layer, box: Box, sheet: Ak1Sheet) -> None:
    """From below upwards, so that the number always stands on the panel's last line."""
    centred = Style(7.5, align="C")
    number = Box(box.x, box.bottom - 4, box.w, 4)
    write(layer, number, sheet.staff_number, centred, at="middle")
    name = Box(box.x, number.y - 8, box.w, 7.6)
    name_height = write(layer, name, sheet.signatory, Style(8.5, 5, "B", "C"), at="bottom")
    title = Box(box.x, name.bottom - name_height - SIGNING_ROOM - 8, box.w, 8)
    title_height = write(layer, title, sheet.position, centred, at="bottom")
    date = Box(box.x, title.bottom - title_height - 4.5, box.w, 4)
    write(layer, date, sheet.signed, centred, at="middle")


def _frame_header(frame: Frame, panel: Box, sheet: Ak1Sheet) -> None:
    draw_logo(frame, panel.x, panel.y, 13)
    mark = Box(panel.right - 15, panel.y, 15, 8)
    outline(frame, mark, colour=TEAL, width=0.4)
    write(frame, mark, "AK/I", Style(12, weight="B", align="C", colour=TEAL), at="middle")
    room = Box(panel.x + 16, panel.y, panel.w - 34, 9)
    height = write(frame, room, "\n".join(sheet.header), Style(9.5, 6, "B", "C"))
    address = Box(room.x, room.y + height + 0.6, room.w, 14 - height)
    write(frame, address, " · ".join(sheet.office), Style(6.5, 5, "", "C", GREY))
    line(frame, panel.x, panel.y + 14.6, panel.right, panel.y + 14.6, colour=TEAL, width=0.6)
    line(frame, panel.x, panel.y + 15.6, panel.right, panel.y + 15.6, colour=YELLOW, width=0.5)


def _frame_numbers(frame: Frame, panel: Box, sheet: Ak1Sheet) -> None:
    labels = ("No. Pendaftaran", "NIK")
    for label, (place, digits, gaps) in zip(labels, _numbers(panel, sheet), strict=True):
        at = Box(panel.x, place.y, 32, place.h)
        write(frame, at, label, Style(7.5, colour=GREY), at="middle")
        boxes(frame, place, len(digits), gaps)


def _numbers(panel: Box, sheet: Ak1Sheet) -> list[tuple[Box, str, tuple[int, ...]]]:
    """The first box of each number, its digits and where they part."""
    first = Box(panel.x + 33.5, panel.y + 23, 5.4, 5.4)
    return [(first, sheet.number, GAPS), (first._replace(y=panel.y + 29.3), sheet.nik, ())]


def _frame_photo(frame: Frame, body: Box, sheet: Ak1Sheet) -> None:
    place = Box(body.x, body.y, *PHOTO)
    if not sheet.photo:
        frame.set_dash_pattern(1, 1)
        outline(frame, place, colour=GREY)
        frame.set_dash_pattern()
        glue = Style(7, align="C", colour=GREY)
        write(frame, place, "Tempel pas foto 3 × 4", glue, at="middle")
    y = body.bottom - 3.6
    line(frame, place.x, y, place.right, y)
    below = Box(place.x, y + 0.4, place.w, 3.2)
    write(frame, below, "Tanda tangan pemegang", Style(5.5, 5, "", "C"))


def _frame_qr(frame: Frame, body: Box, sheet: Ak1Sheet) -> None:
    """What stands below the QR and its quiet zone."""
    quiet = _quiet_zone(sheet)
    x = body.right - QR_SIDE - quiet
    note = Box(x, body.y + QR_SIDE + quiet, QR_SIDE + quiet, 12)
    words = "Pindai untuk memeriksa keaslian kartu di"
    used = write(frame, note, words, Style(5.5, 5, "", "C", GREY))
    site = Box(note.x, note.y + used, note.w, 6)
    write(frame, site, sheet.site, Style(5.5, 4.5, "B", "C", TEAL))


def _qr(layer: Layer, body: Box, sheet: Ak1Sheet) -> None:
    """The QR at the right edge."""
    x = body.right - QR_SIDE
    layer.modules(x, body.y, QR_SIDE / len(sheet.qr), sheet.qr)
    if sheet.address:  # `/periksa` finds it in the file
        layer.link(x, body.y, QR_SIDE, QR_SIDE, sheet.address)


def _quiet_zone(sheet: Ak1Sheet) -> float:
    return QUIET_ZONE * QR_SIDE / len(sheet.qr)


def _person(layer: Layer, box: Box, rows: tuple[Row, ...]) -> None:
    size, width = 8.0, box.w - LABEL_WIDTH
    values = _values(rows, width, size)
    while size > 4.5 and _person_height(values, size) > box.h:
        size -= STEP
        values = _values(rows, width, size)
    y, small = box.y, Style(min(size, 7), colour=GREY)
    for row, lines in zip(rows, values, strict=True):
        height = max(height_of(lines, size), size * POINT * LEADING)
        label = Box(box.x, y, LABEL_WIDTH - 1, height)
        write(layer, label, row.label, small)
        value = Box(box.x + LABEL_WIDTH, y, width, height)
        write_lines(layer, value, lines, size, Style(size, weight=_weight(row)))
        y += height + _gap(size)


def _values(rows: tuple[Row, ...], width: float, size: float) -> list[list[str]]:
    return [wrapped(row.value, width, size, _weight(row)) for row in rows]


def _person_height(values: list[list[str]], size: float) -> float:
    return sum(max(height_of(lines, size), size * POINT) + _gap(size) for lines in values)


def _weight(row: Row) -> str:
    return "B" if row.label in ("Nama lengkap", "Berlaku s.d.") else ""


def _gap(size: float) -> float:
    return size * 0.13
