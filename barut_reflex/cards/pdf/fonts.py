"""Fonts of the card's PDF, subset once a process and then cached; widths of characters.

fpdf2 has no public way to reuse a font subset, so one private method of it is overridden; its
version is locked. Characters beyond `LETTERS` come from fonts that are subset for that document.
"""

import copy
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, cast

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import CoreFont, TTFFont
from fpdf.output import OutputProducer, PDFFont, PDFType3Font

FONTS = Path(__file__).parent.parent / "fonts"
FAMILIES = {  # a character is taken from the first family that has it
    "jakarta": "PlusJakartaSans",
    "jakarta-rare": "PlusJakartaSans",
    "rest": "NotoSansRest",  # characters that Plus Jakarta Sans lacks
}
FILES = {"": "Regular.ttf", "B": "Bold.ttf"}
LETTERS = frozenset(map(chr, (*range(32, 127), *range(161, 256)))) | set("–—‘’“”…•·×")
CACHED_FAMILY = "jakarta"
NO_LETTER = "\0"  # drawn as an empty box


class CachedFonts(OutputProducer):
    """Writes a PDF with the cached font subsets, and all other fonts as fpdf2 does.

    To subset them for each document would take three times as long as all the rest of a card,
    which would then miss its goal (`pdf-one` in `docs/benchmarks.md`).
    """

    def _add_fonts(self, *args: Any, **kwargs: Any) -> dict[int, PDFFont | PDFType3Font]:
        cached = _packed_fonts()
        # Copied: writing a document gives its objects their numbers.
        objects, numbered = copy.deepcopy((cached.objects, cached.numbered))
        for one in objects:
            self._add_pdf_obj(one, "fonts")
        for name in cached.fonts:
            self.fpdf.fonts.pop(name)
        return numbered | super()._add_fonts(*args, **kwargs)


def add_cached(pdf: FPDF) -> None:
    """Add the cached fonts to a document that `CachedFonts` will write."""
    pdf.fonts.update(_packed_fonts().fonts)


def runs(text: str, weight: str) -> Iterator[tuple[str, str]]:
    """Split `text` into pieces of one font family each: the family and the piece."""
    if letters_of(CACHED_FAMILY, weight).keys() >= set(text):
        yield CACHED_FAMILY, text
        return
    for family, letters in groupby(text, lambda letter: _family_of(letter, weight)):
        piece = "".join(letters)
        yield (family, piece) if family else (CACHED_FAMILY, NO_LETTER * len(piece))


def _family_of(letter: str, weight: str) -> str | None:
    return next((one for one in FAMILIES if letter in letters_of(one, weight)), None)


@cache
def letters_of(family: str, weight: str) -> dict[str, float]:
    """Each character of that font and its width, as a fraction of the font size."""
    with TTFont(path_of(family, weight)) as font:
        height = int(font["head"].unitsPerEm)  # pyright: ignore[reportAttributeAccessIssue]
        advances = font["hmtx"].metrics
        letters = {chr(code): name for code, name in (font.getBestCmap() or {}).items()}
        return {
            letter: advances[name][0] / height
            for letter, name in letters.items()
            if family != CACHED_FAMILY or letter in LETTERS
        }


class _Widths(dict[str, float]):
    def __missing__(self, letter: str) -> float:
        return 0.7  # of the empty box that is drawn for a character no font has


@cache
def widths_of(weight: str) -> dict[str, float]:
    """The width of each character, as a fraction of the font size."""
    return _Widths(letters_of("rest", weight) | letters_of("jakarta-rare", weight))


def width_of(text: str, weight: str) -> float:
    """The width of `text`, as a fraction of the font size."""
    return sum(map(widths_of(weight).__getitem__, text))


def path_of(family: str, weight: str) -> Path:
    """The file of that font."""
    return FONTS / f"{FAMILIES[family]}-{FILES[weight]}"


class _PackedFonts(NamedTuple):
    fonts: dict[str, CoreFont | TTFFont]  # by fpdf2's name
    objects: list[Any]  # of a PDF, with all that the fonts need
    numbered: dict[int, PDFFont | PDFType3Font]  # the fonts among them


@cache
def _packed_fonts() -> _PackedFonts:
    """Both weights, with all of `LETTERS` in their subset, so that no document adds a character."""
    pdf = FPDF()
    for weight in FILES:
        pdf.add_font(CACHED_FAMILY, weight, path_of(CACHED_FAMILY, weight))
        font = cast(TTFFont, pdf.fonts[f"{CACHED_FAMILY}{weight}"])
        for letter in sorted(letters_of(CACHED_FAMILY, weight)):
            font.subset.pick(ord(letter))
        # A name of its own: a document may add the same font again, for rare characters.
        font.name += "-Kept"
    producer = OutputProducer(pdf)
    numbered = producer._add_fonts({}, {}, {})
    return _PackedFonts(pdf.fonts, producer.pdf_objs, numbered)
