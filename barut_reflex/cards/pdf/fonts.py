"""The typeface, made ready once a process instead of once a card.

Reading a font, cutting it down to the letters in use and packing it takes longer than all the
drawing. So a fixed set of letters is packed once, and each card takes copies of what came of it:
`KeptFonts` is what fpdf2 asks for in `output(output_producer_class=…)`. A card with rarer letters
goes the long way.
"""

import copy
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from fpdf import FPDF
from fpdf.output import OutputProducer

FONTS = Path(__file__).parent.parent / "fonts"
FAMILY = "jakarta"
REST = "rest"  # rare letters the typeface lacks
LETTERS = frozenset(map(chr, (*range(32, 127), *range(161, 256)))) | set("–—‘’“”…•·×\n")


def add_fonts(pdf: FPDF, text: str, covered: frozenset[str]) -> type[OutputProducer]:
    """Give the document its fonts; the way to put it out that belongs to them."""
    if set(text) <= LETTERS & covered:
        pdf.fonts.update(_prepared().fonts)
        return KeptFonts
    _add_family(pdf, FAMILY, "PlusJakartaSans")
    if set(text) - covered:
        _add_family(pdf, REST, "NotoSansRest")
        pdf.set_fallback_fonts([REST], exact_match=True)
    return OutputProducer


class KeptFonts(OutputProducer):
    """Puts the fonts out as they were packed before."""

    def _add_fonts(self, *_args: Any, **_kwargs: Any) -> dict[int, Any]:
        objects, by_index = copy.deepcopy(Packed.made)
        for one in objects:
            self._add_pdf_obj(one, "fonts")
        return by_index


class Packed(OutputProducer):
    """Packs the fonts and keeps what came of it."""

    made: ClassVar[tuple[list[Any], dict[int, Any]]]

    def _add_fonts(self, *args: Any, **kwargs: Any) -> dict[int, Any]:
        before = len(self.pdf_objs)
        by_index = super()._add_fonts(*args, **kwargs)
        Packed.made = self.pdf_objs[before:], by_index
        return by_index


@cache
def _prepared() -> FPDF:
    """A document that holds every letter of `LETTERS` in both weights, packed."""
    pdf = FPDF()
    _add_family(pdf, FAMILY, "PlusJakartaSans")
    for font in pdf.fonts.values():
        for letter in sorted(LETTERS):
            if ord(letter) in font.cmap:  # pyright: ignore[reportAttributeAccessIssue]
                font.subset.pick(ord(letter))  # pyright: ignore[reportAttributeAccessIssue]
    pdf.add_page()
    pdf.output(output_producer_class=Packed)
    return pdf


def _add_family(pdf: FPDF, family: str, file: str) -> None:
    pdf.add_font(family, "", FONTS / f"{file}-Regular.ttf")
    pdf.add_font(family, "B", FONTS / f"{file}-Bold.ttf")
