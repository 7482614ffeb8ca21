"""Draw the logo of the service on a PDF as in `assets/logo.svg`: a yellow card, two river bends."""

from fpdf import FPDF

UNITS = 48  # side of the drawing in its own units
TEAL, GREEN, YELLOW, BROWN = "#0f8f86", "#3fa34d", (246, 197, 43), (122, 90, 0)


def draw_logo(pdf: FPDF, x: float, y: float, side: float) -> None:
    """The logo in a square of `side` mm, with its upper left corner at `x`, `y`."""
    scale = side / UNITS
    for top, length, radius, colour in ((9.75, 7, 7.1, TEAL), (23.95, 9, 7.15, GREEN)):
        with pdf.new_path() as bend:
            bend.style.fill_color = None
            bend.style.auto_close = False
            bend.style.stroke_color = colour
            bend.style.stroke_width = 7.5 * scale
            bend.move_to(x + 21 * scale, y + top * scale)
            bend.line_relative(length * scale, 0)
            bend.arc_relative(radius * scale, radius * scale, 0, False, True, 0, 2 * radius * scale)
            bend.line_relative(-length * scale, 0)
    pdf.set_fill_color(*YELLOW)
    card = (x + 6 * scale, y + 6 * scale, 12.5 * scale, 36 * scale)
    pdf.rect(*card, style="F", round_corners=True, corner_radius=3.5 * scale)
    pdf.set_fill_color(*BROWN)
    for line in (30, 34.5):
        pdf.rect(x + 9.25 * scale, y + (line - 1) * scale, 6 * scale, 2 * scale, style="F")
    pdf.circle(x + 12.25 * scale, y + 14 * scale, 2.5 * scale, style="F")
