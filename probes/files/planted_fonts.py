"""Plants invisible text in the fonts of a PDF: names, maps, glyphs and tables of the fonts."""

import functools
import io
from collections.abc import Callable

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from pikepdf import Array, Dictionary, Name, Pdf

from .planted_words import Place, name_of, resource, text_of, xmp


def _font(**said) -> Callable[[Pdf, bytes], object]:
    def make(pdf: Pdf, words: bytes) -> object:
        font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Arial)
        for key, value in said.items():
            font[f"/{key}"] = value(pdf, words)
        return font

    return make


def _described(key: str, make: Callable[[Pdf, bytes], object]) -> Place:
    def describe(pdf: Pdf, words: bytes) -> object:
        return Dictionary({"/Type": Name.FontDescriptor, "/Flags": 4, key: make(pdf, words)})

    return resource("/Font", _font(FontDescriptor=describe))


def _cmap(pdf: Pdf, words: bytes) -> object:
    return pdf.make_stream(b"% " + words + b"\nbegincmap endcmap")


def _glyph(pdf: Pdf, words: bytes) -> object:
    return Dictionary(a=pdf.make_stream(b"% " + words + b"\n9 0 d0"))


def _built(pdf: Pdf, words: bytes, table: str = "name") -> object:
    """A font of one glyph with words in one of its tables."""
    font = FontBuilder(1000, isTTF=table != "CFF ")
    font.setupGlyphOrder([".notdef"])
    font.setupCharacterMap({})
    if table == "CFF ":
        glyphs = {".notdef": T2CharStringPen(500, None).getCharString()}
        font.setupCFF("A", {"Notice": words.decode()}, glyphs, {})
    else:
        font.setupGlyf({".notdef": TTGlyphPen(None).glyph()})
    font.setupHorizontalMetrics({".notdef": (500, 0)})
    font.setupHorizontalHeader()
    font.setupOS2()
    font.setupPost()
    font.setupNameTable({"familyName": words.decode() if table == "name" else "A"})
    if table in ("meta", "DSIG"):
        plant = font.font[table] = DefaultTable(table)
        plant.data = words
    file = io.BytesIO()
    font.save(file)
    return pdf.make_stream(file.getvalue(), Subtype=Name.OpenType)


def _type1(pdf: Pdf, words: bytes) -> object:
    return pdf.make_stream(b"%!PS-AdobeFont-1.0: " + words, Length1=len(words) + 20)


FONTS: dict[str, Place] = {
    "font name": resource("/Font", _font(BaseFont=name_of)),
    "font map": resource("/Font", _font(ToUnicode=_cmap)),
    "font encoding": resource("/Font", _font(Encoding=_cmap)),
    "glyph": resource("/Font", _font(CharProcs=_glyph)),
    "glyph names": resource(
        "/Font",
        _font(Encoding=lambda pdf, words: Dictionary(Differences=Array([65, name_of(pdf, words)]))),
    ),
    "font system": resource(
        "/Font",
        _font(CIDSystemInfo=lambda pdf, words: Dictionary(Registry=words.decode())),
    ),
    **{f"font {key}": _described(key, text_of) for key in ("/FontFamily", "/CharSet", "/Lang")},
    "font metadata": _described("/Metadata", xmp),
    "font program": _described("/FontFile", _type1),
    **{
        f"font table {table}": _described("/FontFile3", functools.partial(_built, table=table))
        for table in ("name", "meta", "DSIG", "CFF ")
    },
}
