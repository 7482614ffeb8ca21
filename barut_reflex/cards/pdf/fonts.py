"""The fonts of the card, read and packed once a process.

fpdf2 has no public way to keep a packed font, so one private method of it is overridden; its
version is locked. Letters beyond `LETTERS` come from fonts made for the document alone.
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
FAMILIES = {  # a letter is taken from the first that has it
    "jakarta": "PlusJakartaSans",
    "jakarta-rare": "PlusJakartaSans",
    "rest": "NotoSansRest",  # what the typeface lacks
}
FILES = {"": "Regular.ttf", "B": "Bold.ttf"}
LETTERS = frozenset(map(chr, (*range(32, 127), *range(161, 256)))) | set("–—‘’“”…•·×")
CACHED_FAMILY = "jakarta"
NO_LETTER = "\0"  # an empty box


class CachedFonts(OutputProducer):
    """Puts out the kept fonts as they were packed once, and the others as fpdf2 does.

    Packed anew for each document, they would take three times as long as all the rest of a card,
    which would miss its goal (`pdf-one` in `docs/benchmarks.md`).
    """

    def _add_fonts(self, *args: Any, **kwargs: Any) -> dict[int, PDFFont | PDFType3Font]:
        kept = _packed_fonts()
        objects, numbered = copy.deepcopy((kept.objects, kept.numbered))
        for one in objects:
            self._add_pdf_obj(one, "fonts")
        for name in kept.fonts:
            self.fpdf.fonts.pop(name)
        return numbered | super()._add_fonts(*args, **kwargs)


def add_cached(pdf: FPDF) -> None:
    """The kept fonts, for a document that `CachedFonts` puts out."""
    pdf.fonts.update(_packed_fonts().fonts)


def runs(text: str, weight: str) -> Iterator[tuple[str, str]]:
    """Pieces of `text`, each of letters of one family: the family and the piece."""
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
    """Each letter of that font and its width in letter heights."""
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
        return 0.7  # an empty box stands for a letter no font has


@cache
def widths_of(weight: str) -> dict[str, float]:
    """The width of each letter in letter heights."""
    return _Widths(letters_of("rest", weight) | letters_of("jakarta-rare", weight))


def width_of(text: str, weight: str) -> float:
    return sum(map(widths_of(weight).__getitem__, text))


def path_of(family: str, weight: str) -> Path:
    return FONTS / f"{FAMILIES[family]}-{FILES[weight]}"


class _PackedFonts(NamedTuple):
    fonts: dict[str, CoreFont | TTFFont]  # by fpdf2's name
    objects: list[Any]  # of a PDF, with all that the fonts need
    numbered: dict[int, PDFFont | PDFType3Font]  # the fonts among them


@cache
def _packed_fonts() -> _PackedFonts:
    """Both weights with all their letters in use, so that no document adds one."""
    pdf = FPDF()
    for weight in FILES:
        pdf.add_font(CACHED_FAMILY, weight, path_of(CACHED_FAMILY, weight))
        font = cast(TTFFont, pdf.fonts[f"{CACHED_FAMILY}{weight}"])
        for letter in sorted(letters_of(CACHED_FAMILY, weight)):
            font.subset.pick(ord(letter))
        font.name += "-Kept"  # two fonts of a document never share a name
    producer = OutputProducer(pdf)
    numbered = producer._add_fonts({}, {}, {})
    return _PackedFonts(pdf.fonts, producer.pdf_objs, numbered)
