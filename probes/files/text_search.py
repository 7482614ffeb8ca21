"""Searches a PDF for a canary text wherever it may be: `places_of(content, canary)`.

Raw bytes, every stream after each of its filters, pictures inside content, strings and names, as
they are, in UTF-16 and in hex. Streams the object table does not know are inflated by hand.
"""

import io
import re
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

LONG = {
    "/Fl": "/FlateDecode",
    "/AHx": "/ASCIIHexDecode",
    "/A85": "/ASCII85Decode",
    "/RL": "/RunLengthDecode",
    "/LZW": "/LZWDecode",
}
PACKED = set(LONG.values())
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
INLINE = re.compile(rb"\bBI\b(.*?)\bID\s(.*?)\sEI\b", re.DOTALL)
INLINE_FILTER = re.compile(rb"/F(?:ilter)?\s*(\[[^\]]*\]|/\w+)")


def places_of(content: bytes, canary: bytes) -> list[str]:
    """Where the words lie; empty when the file does not hold them."""
    words = _spelt(canary)
    found = ["file"] if _holds(content, words) else []
    found += ["by hand" for part in _by_hand(content) if _holds(part, words)]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for item in [pdf.trailer, *pdf.objects]:
            for place, part in _parts(pdf, item):
                if _holds(part, words):
                    found.append(place)
    return found


def _spelt(canary: bytes) -> tuple[bytes, ...]:
    text = canary.decode()
    wide = (text.encode("utf-16-be"), text.encode("utf-16-le"))
    plain = (canary, *wide)
    hexed = [one.hex().encode() for one in plain]
    return (*plain, *hexed, *(one.upper() for one in hexed))


def _holds(part: bytes, words: tuple[bytes, ...]) -> bool:
    return any(word in part for word in words)


def _by_hand(content: bytes) -> Iterator[bytes]:
    for packed in STREAM.findall(content):
        try:
            yield zlib.decompressobj().decompress(packed)
        except zlib.error:
            continue


def _parts(pdf: Pdf, item) -> Iterator[tuple[str, bytes]]:
    """What one object holds: (what kind of place, bytes)."""
    if isinstance(item, Stream):
        yield from _unpacked(pdf, item)
        yield from _parts(pdf, item.stream_dict)
    elif isinstance(item, Dictionary):
        for key, value in item.items():
            yield f"key {key}", str(key).encode()
            yield from _direct(pdf, value)
    elif isinstance(item, Array):
        for value in item.as_list():
            yield from _direct(pdf, value)
    elif isinstance(item, pikepdf.String):
        yield "string", bytes(item)
    elif isinstance(item, Name):
        yield "name", str(item).encode()


def _direct(pdf: Pdf, value) -> Iterator[tuple[str, bytes]]:
    """Indirect objects are visited by themselves."""
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        yield from _parts(pdf, value)


def _unpacked(pdf: Pdf, stream: Stream) -> Iterator[tuple[str, bytes]]:
    said = stream.stream_dict
    yield from _stages(pdf, stream.read_raw_bytes(), said.get("/Filter"), said.get("/DecodeParms"))


def _stages(pdf: Pdf, raw: bytes, filters, options=None) -> Iterator[tuple[str, bytes]]:
    """The bytes as stored, and after each filter that packs; a picture's own is not undone."""
    named = filters.as_list() if isinstance(filters, Array) else [filters] if filters else []
    given = options.as_list() if isinstance(options, Array) else [options] * (len(named) == 1)
    yield "raw stream", raw
    yield from _inlines(pdf, raw)
    for end in range(1, len(named) + 1):
        names = [LONG.get(str(name), str(name)) for name in named[:end]]
        if names[-1] not in PACKED:
            return
        part = pdf.make_stream(raw, Filter=Array([Name(name) for name in names]))
        if given:
            part.DecodeParms = Array(given[:end])
        try:
            content = part.read_bytes(pikepdf.StreamDecodeLevel.specialized)
        except pikepdf.PdfError:
            return
        yield f"stream after {end} filters", content
        yield from _inlines(pdf, content)


def _inlines(pdf: Pdf, content: bytes) -> Iterator[tuple[str, bytes]]:
    for said, data in INLINE.findall(content):
        named = INLINE_FILTER.search(said)
        filters = [Name(name) for name in re.findall(r"/\w+", named[1].decode())] if named else []
        for _, part in _stages(pdf, data, Array(filters)):
            yield "picture inside content", part
