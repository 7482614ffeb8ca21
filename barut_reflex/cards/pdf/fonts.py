"""The typeface, made ready once a process instead of once a card.

Reading a font, cutting it down to the letters in use and packing it takes longer than all the
drawing. So a fixed set of letters is packed once, and each document takes copies of what came of
it: `KeptFonts` puts them out. Rarer letters are added from fonts of the document's own.
"""

import copy
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.output import OutputProducer

FONTS = Path(__file__).parent.parent / "fonts"
NAMES = {"jakarta": "PlusJakartaSans", "rest": "NotoSansRest"}  # "rest": what the typeface lacks
FILES = {"": "Regular.ttf", "B": "Bold.ttf"}
LETTERS = frozenset(map(chr, (*range(32, 127), *range(161, 256)))) | set("–—‘’“”…•·×")
KEPT = {"": 91, "B": 92}  # the numbers fpdf2 gives begin at 1, so these are free
NO_LETTER = "0000"  # an empty box


class Run(NamedTuple):
    """Letters of one font: its name on the page, and their codes as hexadecimal digits."""

    font: str
    codes: str


class Letters:
    """How the texts of one document are spelled in the codes of its fonts."""

    def __init__(self, pdf: FPDF):
        self.pdf = pdf

    def spell(self, text: str, weight: str) -> list[Run]:
        codes = _codes(weight)
        try:
            return [Run(f"F{KEPT[weight]}", "".join([codes[letter] for letter in text]))]
        except KeyError:
            return [self._rare(letter, weight) for letter in text]

    def _rare(self, letter: str, weight: str) -> Run:
        """A letter that is not kept goes into a font made for this document alone."""
        if code := _codes(weight).get(letter):
            return Run(f"F{KEPT[weight]}", code)
        for family in NAMES:
            if letter in letters_of(family, weight):
                font: Any = self._font(family, weight)
                return Run(f"F{font.i}", f"{font.subset.pick(ord(letter)):04X}")
        return Run(f"F{KEPT[weight]}", NO_LETTER)

    def _font(self, family: str, weight: str) -> Any:
        key = f"{family}{weight}"
        if key not in self.pdf.fonts:
            _add_font(self.pdf, family, weight)
            self.pdf.fonts[key].name += "-Rare"  # two fonts of a document never share a name
        return self.pdf.fonts[key]


class KeptFonts(OutputProducer):
    """Puts out the fonts as they were packed before, and those of rare letters."""

    def _add_fonts(self, *args: Any, **kwargs: Any) -> dict[int, Any]:
        _codes("")  # packed by now
        objects, by_index = copy.deepcopy(Packed.made)
        for one in objects:
            self._add_pdf_obj(one, "fonts")
        return super()._add_fonts(*args, **kwargs) | by_index


class Packed(OutputProducer):
    """Packs the fonts and keeps what came of it."""

    made: ClassVar[tuple[list[Any], dict[int, Any]]]

    def _add_fonts(self, *args: Any, **kwargs: Any) -> dict[int, Any]:
        before = len(self.pdf_objs)
        fonts = super()._add_fonts(*args, **kwargs).values()
        Packed.made = self.pdf_objs[before:], dict(zip(KEPT.values(), fonts, strict=True))
        return dict(enumerate(fonts, 1))


@cache
def _codes(weight: str) -> dict[str, str]:
    return _packed()[weight]


@cache
def _packed() -> dict[str, dict[str, str]]:
    """Pack every letter of `LETTERS` in both weights; the code of each, by weight."""
    pdf, codes = FPDF(), {}
    for weight in KEPT:
        _add_font(pdf, "jakarta", weight)
        font: Any = pdf.fonts[f"jakarta{weight}"]
        kept = sorted(LETTERS & letters_of("jakarta", weight).keys())
        codes[weight] = {letter: f"{font.subset.pick(ord(letter)):04X}" for letter in kept}
    pdf.add_page()
    pdf.output(output_producer_class=Packed)
    return codes


def _add_font(pdf: FPDF, family: str, weight: str) -> None:
    pdf.add_font(family, weight, _path(family, weight))


@cache
def letters_of(family: str, weight: str) -> dict[str, float]:
    """Each letter of that font and its width in letter heights; read once a process."""
    with TTFont(_path(family, weight)) as font:
        height = int(font["head"].unitsPerEm)  # pyright: ignore[reportAttributeAccessIssue]
        advances = font["hmtx"].metrics
        letters = font.getBestCmap() or {}
        return {chr(code): advances[name][0] / height for code, name in letters.items()}


def _path(family: str, weight: str) -> Path:
    return FONTS / f"{NAMES[family]}-{FILES[weight]}"
