"""The back: the rules on the left; the table of reports and the placement on the right."""

from fpdf import FPDF

from .pen import FAINT, GREY, TEAL, TINT, YELLOW, Box, Style, fill, frame, line, write
from .sheet import Ak1Sheet

HEADS = (
    "LAPOR",
    "TANGGAL, BULAN, TAHUN",
    "TANDA TANGAN PENGANTAR KERJA / PETUGAS PENDAFTAR (CANTUMKAN NIP / NIPPPK)",
)
SHARES = (0.17, 0.31, 0.52)
LAST_ROWS = 13.0  # mm each: DITERIMA DI, TERHITUNG MULAI TANGGAL


def draw_left(pdf: FPDF, panel: Box, sheet: Ak1Sheet) -> None:
    """KETENTUAN."""
    write(pdf, panel._replace(h=5), "KETENTUAN", Style(11, weight="B", colour=TEAL))
    line(pdf, panel.x, panel.y + 6.5, panel.x + 24, panel.y + 6.5, colour=YELLOW, width=0.7)
    y = panel.y + 11
    for number, rule in enumerate(sheet.rules, 1):
        write(pdf, Box(panel.x, y, 6, 5), f"{number}.", Style(9, weight="B", colour=TEAL))
        y += write(pdf, Box(panel.x + 7, y, panel.w - 9, 16), rule, Style(9, 7)) + 3.5
    _office(pdf, Box(panel.x, panel.bottom - 15, panel.w, 15), sheet)


def _office(pdf: FPDF, box: Box, sheet: Ak1Sheet) -> None:
    fill(pdf, box, TINT)
    lines = (
        "Kartu ini diberikan tanpa biaya.",
        " · ".join((*sheet.header[-1:], *sheet.office)),
        f"Periksa keaslian: pindai QR di halaman depan. Alamat resmi: {sheet.site}",
    )
    inner = Box(box.x + 3, box.y + 1, box.w - 6, box.h - 2)
    write(pdf, inner, "\n".join(lines), Style(7, 5, colour=GREY), at="middle")


def draw_right(pdf: FPDF, panel: Box, sheet: Ak1Sheet) -> None:
    """LAPOR, DITERIMA DI, TERHITUNG MULAI TANGGAL."""
    widths = [panel.w * share for share in SHARES]
    head, last = 11.0, 2 * LAST_ROWS
    height = (panel.h - head - last) / max(len(sheet.reports), 1)
    fill(pdf, panel._replace(h=head), TINT)
    _cells(pdf, panel.x, panel.y, head, zip(HEADS, widths, strict=True), Style(6.5, 5, "B", "C"))
    y = panel.y + head
    for report in sheet.reports:
        cells = zip((*report, ""), widths, strict=True)
        _cells(pdf, panel.x, y, height, cells, Style(8.5, 6, "B", "C"))
        y += height
    wide = (widths[0] + widths[1] * 0.55, panel.w - widths[0] - widths[1] * 0.55)
    for label, value in (
        ("DITERIMA DI", sheet.employer),
        ("TERHITUNG MULAI TANGGAL", sheet.employed_from),
    ):
        _cells(pdf, panel.x, y, LAST_ROWS, [(label, wide[0])], Style(7.5, 6, "B"))
        _cells(pdf, panel.x + wide[0], y, LAST_ROWS, [(value, wide[1])], Style(8.5, 5))
        y += LAST_ROWS
    frame(pdf, panel, width=0.35)


def _cells(pdf: FPDF, x: float, y: float, height: float, cells, style: Style) -> None:
    for text, width in cells:
        frame(pdf, Box(x, y, width, height), colour=FAINT)
        write(pdf, Box(x + 2, y + 1, width - 4, height - 2), text, style, at="middle")
        x += width
