"""Draw the back of the AK1 card: rules on the left, table of half-yearly reports on the right."""

from collections.abc import Iterator

from .paper import Paper
from .pen import FAINT, GREY, TEAL, TINT, YELLOW, Box, Style, fill, line, outline, write
from .sheet import Ak1Sheet, LabelValue

HEADS = (
    "LAPOR",
    "TANGGAL, BULAN, TAHUN",
    "TANDA TANGAN PENGANTAR KERJA / PETUGAS PENDAFTAR (CANTUMKAN NIP / NIPPPK)",
)
SHARES = (0.17, 0.31, 0.52)  # widths of the columns, as parts of the table
LAST_ROWS = 13.0  # mm high each: DITERIMA DI, TERHITUNG MULAI TANGGAL
HEAD = 11.0  # mm high
CELL = Style(8.5, 6, "B", "C")


def draw(paper: Paper, left: Box, right: Box, sheet: Ak1Sheet) -> None:
    """Draw "Ketentuan" into the left panel; reports and placement into the right one."""
    _rules(paper, left, sheet)
    fill(paper, right._replace(h=HEAD), TINT)
    for cell, text in zip(_row(right, right.y, HEAD), HEADS, strict=True):
        _cell(paper, cell, text, Style(6.5, 5, "B", "C"))
    for report, row in _rows(right, sheet):
        for cell, text in zip(row, (*report, ""), strict=True):
            _cell(paper, cell, text, CELL)
    last = (("DITERIMA DI", sheet.employer), ("TERHITUNG MULAI TANGGAL", sheet.employed_from))
    for (label, value), (named, filled) in zip(last, _last_rows(right), strict=True):
        _cell(paper, named, label, Style(7.5, 6, "B"))
        _cell(paper, filled, value, Style(8.5, 5))
    outline(paper, right, width=0.35)


def _rules(paper: Paper, panel: Box, sheet: Ak1Sheet) -> None:
    write(paper, panel._replace(h=5), "KETENTUAN", Style(11, weight="B", colour=TEAL))
    line(paper, panel.x, panel.y + 6.5, panel.x + 24, panel.y + 6.5, colour=YELLOW, width=0.7)
    y = panel.y + 11
    for number, rule in enumerate(sheet.rules, 1):
        write(paper, Box(panel.x, y, 6, 5), f"{number}.", Style(9, weight="B", colour=TEAL))
        y += write(paper, Box(panel.x + 7, y, panel.w - 9, 16), rule, Style(9, 7)) + 3.5
    _office(paper, Box(panel.x, panel.bottom - 15, panel.w, 15), sheet)


def _office(paper: Paper, box: Box, sheet: Ak1Sheet) -> None:
    fill(paper, box, TINT)
    lines = (
        "Kartu ini diberikan tanpa biaya.",
        " · ".join((*sheet.header[-1:], *sheet.office)),
        f"Periksa keaslian: pindai QR di halaman depan. Alamat resmi: {sheet.site}",
    )
    inner = Box(box.x + 3, box.y + 1, box.w - 6, box.h - 2)
    write(paper, inner, "\n".join(lines), Style(7, 5, colour=GREY), at="middle")


def _rows(panel: Box, sheet: Ak1Sheet) -> Iterator[tuple[LabelValue, list[Box]]]:
    """Each report with the three cells of its row."""
    height = (panel.h - HEAD - 2 * LAST_ROWS) / max(len(sheet.reports), 1)
    for number, report in enumerate(sheet.reports):
        yield report, _row(panel, panel.y + HEAD + number * height, height)


def _row(panel: Box, y: float, height: float) -> list[Box]:
    cells, x = [], panel.x
    for share in SHARES:
        cells.append(Box(x, y, panel.w * share, height))
        x += panel.w * share
    return cells


def _last_rows(panel: Box) -> list[tuple[Box, Box]]:
    """The boxes of label and value of DITERIMA DI and of TERHITUNG MULAI TANGGAL."""
    wide = panel.w * (SHARES[0] + SHARES[1] * 0.55)
    named = Box(panel.x, panel.bottom - 2 * LAST_ROWS, wide, LAST_ROWS)
    filled = named._replace(x=panel.x + wide, w=panel.w - wide)
    return [(named._replace(y=y), filled._replace(y=y)) for y in (named.y, named.y + LAST_ROWS)]


def _cell(paper: Paper, cell: Box, text: str, style: Style) -> None:
    outline(paper, cell, colour=FAINT)
    write(paper, Box(cell.x + 2, cell.y + 1, cell.w - 4, cell.h - 2), text, style, at="middle")
