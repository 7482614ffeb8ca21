"""The corpus of PDFs with invisible text: `PLANTS[name](seed, canary)`; `FEW` are their kinds.

A plant lies in a place (a chain of filters, a picture inside content, an unused stream, a font
…); pictures are planted with every kind of metadata in every such place.
"""

import io
from collections.abc import Callable
from itertools import product

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from barut_reflex.documents.imaging import pdfs

from .genuine import camera_scan, letter
from .planted_fonts import FONTS
from .planted_pictures import CHAINS, INLINE, JPEGS, JPXS, SIZE, Chain, Planter
from .planted_words import BYTES, WORDS

Plant = Callable[[int, bytes], bytes]
Place = Callable[[Pdf, bytes], None]


def canary(name: str, seed: int) -> bytes:
    """The plant's own words."""
    return b"KANARI-%03d-%d" % (sorted(PLANTS).index(name), seed)


def planted(name: str, seed: int = 0) -> tuple[bytes, bytes]:
    """The file and its words; every other seed is a scan, the others are letters."""
    words = canary(name, seed)
    return PLANTS[name](seed, words), words


def copy_pages(patch: pytest.MonkeyPatch) -> None:
    """Negative control: pages are copied as they are, not drawn."""
    patch.setattr(pdfs, "add_rendered_pages", _copied)


def _copied(content: bytes, target: Pdf) -> None:
    target.pages.extend(Pdf.open(io.BytesIO(content)).pages)


def _changed(change: Place, after: Callable[[bytes, bytes], bytes] | None = None) -> Plant:
    def plant(seed: int, words: bytes) -> bytes:
        base = camera_scan(seed, seen_only=True) if seed % 2 else letter(seed)
        file = io.BytesIO()
        with pikepdf.open(io.BytesIO(base)) as pdf:
            change(pdf, words)
            pdf.save(
                file,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
        return after(file.getvalue(), words) if after else file.getvalue()

    return plant


def _image(pdf: Pdf, content: bytes, own: str, chain: Chain) -> pikepdf.Object:
    image = pdf.make_stream(
        chain.pack(content),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=SIZE[0],
        Height=SIZE[1],
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )
    names = [Name(name) for name in chain.named(own)]
    filters = names[0] if len(names) == 1 else Array(names)
    image.Filter = pdf.make_indirect(Array(names)) if chain.is_indirect else filters
    if chain.is_predicted:
        step = Dictionary(Predictor=12, Columns=64)
        image.DecodeParms = Array([step, *[None] * (len(names) - 1)])
    return image


def _unused(pdf: Pdf, image: pikepdf.Object) -> None:
    resources = pdf.pages[0].obj.Resources
    if "/XObject" not in resources:
        resources.XObject = Dictionary()
    resources.XObject["/K0"] = image


def _shown(pdf: Pdf, image: pikepdf.Object) -> None:
    """Onto the first page, in its corner."""
    _unused(pdf, image)
    pdf.pages[0].contents_add(b"q 48 0 0 64 5 5 cm /K0 Do Q")


def _chained(picture: Planter, own: str, chain: Chain) -> Place:
    return lambda pdf, words: _shown(pdf, _image(pdf, picture(words), own, chain))


def _inline(picture: Planter, chain: Chain) -> Place:
    def change(pdf: Pdf, words: bytes) -> None:
        filters = " ".join(chain.named("DCTDecode"))
        head = f"q 48 0 0 64 5 5 cm BI /W 48 /H 64 /CS /RGB /BPC 8 /F [{filters}] ID "
        pdf.pages[0].contents_add(head.encode() + chain.pack(picture(words)) + b"\nEI Q")

    return change


def _as_mask(pdf: Pdf, image: pikepdf.Object) -> None:
    grey = pdf.make_stream(bytes(SIZE[0] * SIZE[1]), Type=Name.XObject, Subtype=Name.Image)
    grey.Width, grey.Height, grey.BitsPerComponent = *SIZE, 8
    grey.ColorSpace, grey.SMask = Name.DeviceGray, image
    _shown(pdf, grey)


def _as_alternate(pdf: Pdf, image: pikepdf.Object) -> None:
    grey = pdf.make_stream(bytes(SIZE[0] * SIZE[1]), Type=Name.XObject, Subtype=Name.Image)
    grey.Width, grey.Height, grey.BitsPerComponent = *SIZE, 8
    grey.ColorSpace = Name.DeviceGray
    grey.Alternates = Array([Dictionary(Image=image, DefaultForPrinting=True)])
    _shown(pdf, grey)


def _in_form(pdf: Pdf, image: pikepdf.Object) -> None:
    form = pdf.make_stream(b"/I Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]))
    form.Resources = Dictionary(XObject=Dictionary(I=image))
    _shown(pdf, form)


def _in_pattern(pdf: Pdf, image: pikepdf.Object) -> None:
    tile = pdf.make_stream(b"9 0 0 9 0 0 cm /I Do", Type=Name.Pattern, PatternType=1, PaintType=1)
    tile.TilingType, tile.XStep, tile.YStep, tile.BBox = 1, 9, 9, Array([0, 0, 9, 9])
    tile.Resources = Dictionary(XObject=Dictionary(I=image))
    pdf.pages[0].obj.Resources.Pattern = Dictionary(T=tile)
    pdf.pages[0].contents_add(b"/Pattern cs /T scn 5 5 48 64 re f")


def _in_font(pdf: Pdf, image: pikepdf.Object) -> None:
    glyph = pdf.make_stream(b"9 0 d0 9 0 0 9 0 0 cm /I Do")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, FirstChar=65, LastChar=65)
    font.FontBBox, font.FontMatrix = Array([0, 0, 9, 9]), Array([0.1, 0, 0, 0.1, 0, 0])
    font.Widths, font.CharProcs = Array([9]), Dictionary(a=glyph)
    font.Encoding = Dictionary(Differences=Array([65, Name.a]))
    font.Resources = Dictionary(XObject=Dictionary(I=image))
    fonts = pdf.pages[0].obj.Resources
    if "/Font" not in fonts:
        fonts.Font = Dictionary()
    fonts.Font["/K3"] = pdf.make_indirect(font)
    pdf.pages[0].contents_add(b"BT /K3 9 Tf 9 9 Td (A) Tj ET")


PLACES = {
    "as a mask": _as_mask,
    "as an alternate": _as_alternate,
    "in a form": _in_form,
    "in a pattern": _in_pattern,
    "in a font": _in_font,
    "unused": _unused,
}


def _placed(place: Callable, picture: Planter) -> Place:
    def change(pdf: Pdf, words: bytes) -> None:
        place(pdf, _image(pdf, picture(words), "DCTDecode", CHAINS["flate"]))

    return change


CHAINED = {
    f"jpeg {kind} behind {where}": _changed(_chained(make, "DCTDecode", chain))
    for (kind, make), (where, chain) in product(JPEGS.items(), CHAINS.items())
}
INSIDE = {
    f"jpeg {kind} inside content behind {where}": _changed(_inline(make, chain))
    for (kind, make), (where, chain) in product(JPEGS.items(), INLINE.items())
}
PLACED = {
    f"jpeg {kind} {where}": _changed(_placed(place, make))
    for (kind, make), (where, place) in product(JPEGS.items(), PLACES.items())
}
BOXED = {
    f"jpx {kind} behind {where}": _changed(_chained(make, "JPXDecode", CHAINS[where]))
    for (kind, make), where in product(JPXS.items(), ("nothing", "flate", "hex", "85"))
}
OTHER = {
    **{name: _changed(change) for name, change in (WORDS | FONTS).items()},
    **{name: _changed(lambda pdf, words: None, after) for name, after in BYTES.items()},
}
PLANTS: dict[str, Plant] = CHAINED | INSIDE | PLACED | BOXED | OTHER
_ONE = next(iter(JPEGS))
FEW = [name for name in PLANTS if name in OTHER or name in BOXED or f"jpeg {_ONE} " in name]
