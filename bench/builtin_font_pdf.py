"""The floor of a card: the same page in a font every reader has, so that none is embedded."""

from unittest import mock

from fpdf import FPDF
from fpdf.output import OutputProducer

from barut_reflex.cards.pdf import book, paper
from barut_reflex.cards.pdf import draw as card_draw
from barut_reflex.cards.pdf import sheet as card_sheet
from barut_reflex.cards.pdf.fonts import Run

NAMES = {"": "F1", "B": "F2"}


def draw(sheet: card_sheet.Ak1Sheet) -> bytes:
    """The card as `barut_reflex.cards.pdf.draw` draws it, in Helvetica."""
    with (
        mock.patch.object(paper, "Letters", BuiltIn),
        mock.patch.object(book, "KeptFonts", OutputProducer),
    ):
        return card_draw.draw(sheet)


class BuiltIn:
    """One byte a letter."""

    def __init__(self, pdf: FPDF):
        for weight in NAMES:
            pdf.set_font("helvetica", weight)

    def spell(self, text: str, weight: str) -> list[Run]:
        return [Run(NAMES[weight], text.encode("cp1252", "replace").hex())]
