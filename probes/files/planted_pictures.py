"""Makes JPEG and JPX pictures with canary text in their metadata, and packs them in PDF filters.

`JPEGS[kind](canary)` and `JPXS[kind](canary)` give the file; `CHAINS[name]` packs it as PDFs may.
"""

import base64
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from PIL import Image, ImageCms

from .genuine import drawing, encoded

SIZE = (48, 64)
Planter = Callable[[bytes], bytes]


@cache
def _plain(format_: str) -> bytes:
    return encoded(drawing(0, SIZE), format_)


def _segment(marker: int, body: Callable[[bytes], bytes]) -> Planter:
    """A JPEG with one more segment, right behind its head."""

    def plant(canary: bytes) -> bytes:
        words, picture = body(canary), _plain("JPEG")
        head = bytes([0xFF, marker]) + (len(words) + 2).to_bytes(2, "big")
        return picture[:2] + head + words + picture[2:]

    return plant


def _exif(tag: int, inner: int = 0) -> Planter:
    def plant(canary: bytes) -> bytes:
        facts = Image.Exif()
        facts[tag] = {inner: canary} if inner else canary.decode()
        return encoded(drawing(0, SIZE), "JPEG", exif=facts)

    return plant


def profile(canary: bytes) -> bytes:
    """A colour profile that says in words what it is called."""
    plain = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    place = plain.index(b"mluc") + 28
    plain[place : place + len(canary)] = canary
    return bytes(plain)


def _thumbnail(canary: bytes) -> bytes:
    pixels = canary.ljust(-(-len(canary) // 3) * 3)
    return b"JFIF\0\1\1\0\0\1\0\1" + bytes([len(pixels) // 3, 1]) + pixels


def _iptc(canary: bytes) -> bytes:
    record = b"\x1c\x02\x78" + len(canary).to_bytes(2, "big") + canary
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(record).to_bytes(4, "big") + record


JPEGS: dict[str, Planter] = {
    "exif": _exif(0x010E),
    "gps": _exif(0x8825, 29),
    "maker note": _exif(0x8769, 0x927C),
    "xmp": _segment(0xE1, lambda canary: b"http://ns.adobe.com/xap/1.0/\0<x>" + canary),
    "iptc": _segment(0xED, _iptc),
    "profile": _segment(0xE2, lambda canary: b"ICC_PROFILE\0\1\1" + profile(canary)),
    "thumbnail": _segment(0xE0, _thumbnail),
    "second thumbnail": _segment(0xE0, lambda canary: b"JFXX\0\x13\1\1" + canary),
    "adobe": _segment(0xEE, lambda canary: b"Adobe\0\x64\0\0\0\0\1" + canary),
    "provenance": _segment(0xEB, lambda canary: b"JP\0\1\0\0\0\1" + canary),
    "comment": _segment(0xFE, lambda canary: canary),
    "tail": lambda canary: _plain("JPEG") + b"\xff\xd8" + canary + b"\xff\xd9",
}


def _box(kind: bytes, inner: bytes = b"") -> Planter:
    """A JPX with one more box, behind the first two."""

    def plant(canary: bytes) -> bytes:
        picture, body = _plain("JPEG2000"), inner + canary
        place = picture.index(b"jp2h") - 4
        return picture[:place] + (len(body) + 8).to_bytes(4, "big") + kind + body + picture[place:]

    return plant


def _codestream_comment(canary: bytes) -> bytes:
    picture = bytearray(_plain("JPEG2000"))
    size = picture.index(b"\xff\x4f\xff\x51") + 2
    end = size + 2 + int.from_bytes(picture[size + 2 : size + 4], "big")
    picture[end:end] = b"\xff\x64" + (len(canary) + 4).to_bytes(2, "big") + b"\0\1" + canary
    box = picture.index(b"jp2c") - 4
    picture[box : box + 4] = (len(picture) - box).to_bytes(4, "big")
    return bytes(picture)


JPXS: dict[str, Planter] = {
    "xml": _box(b"xml "),
    "uuid": _box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac")),
    "rights": _box(b"jp2i"),
    "comment": _codestream_comment,
    "tail": lambda canary: _plain("JPEG2000") + canary,
}


def run_length(content: bytes) -> bytes:
    parts = [content[at : at + 128] for at in range(0, len(content), 128)]
    return b"".join(bytes([len(part) - 1]) + part for part in parts) + b"\x80"


def lzw(content: bytes) -> bytes:
    """Every byte as a code of nine bits, with a fresh start before they would grow longer."""
    codes = []
    for at in range(0, len(content), 250):
        codes += [256, *content[at : at + 250]]
    bits = "".join(f"{code:09b}" for code in [*codes, 257])
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _predicted(content: bytes) -> bytes:
    """Rows of 64 bytes, each the difference to the one above (PNG's predictor 2)."""
    content += bytes(-len(content) % 64)
    rows, above = [], bytes(64)
    for at in range(0, len(content), 64):
        row = content[at : at + 64]
        rows.append(b"\2" + bytes((a - b) % 256 for a, b in zip(row, above, strict=True)))
        above = row
    return zlib.compress(b"".join(rows))


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "FlateDecode": zlib.compress,
    "ASCIIHexDecode": lambda content: content.hex().encode() + b">",
    "ASCII85Decode": lambda content: base64.a85encode(content) + b"~>",
    "RunLengthDecode": run_length,
    "LZWDecode": lzw,
}
SHORT = {
    "FlateDecode": "Fl",
    "ASCIIHexDecode": "AHx",
    "ASCII85Decode": "A85",
    "RunLengthDecode": "RL",
    "LZWDecode": "LZW",
    "DCTDecode": "DCT",
}


@dataclass(frozen=True)
class Chain:
    """Filters before the picture's own, in the order a reader undoes them."""

    filters: tuple[str, ...] = ()
    is_short: bool = False
    is_indirect: bool = False
    is_predicted: bool = False
    names: dict[str, str] = field(default_factory=lambda: SHORT)

    def pack(self, content: bytes) -> bytes:
        for position, name in reversed(list(enumerate(self.filters))):
            is_last = self.is_predicted and position == len(self.filters) - 1
            content = _predicted(content) if is_last else PACKERS[name](content)
        return content

    def named(self, own: str) -> list[str]:
        names = [*self.filters, own] if own else [*self.filters]
        return [f"/{self.names.get(name, name) if self.is_short else name}" for name in names]


CHAINS: dict[str, Chain] = {
    "nothing": Chain(),
    "flate": Chain(("FlateDecode",)),
    "hex": Chain(("ASCIIHexDecode",)),
    "85": Chain(("ASCII85Decode",)),
    "runs": Chain(("RunLengthDecode",)),
    "lzw": Chain(("LZWDecode",)),
    "flate twice": Chain(("FlateDecode", "FlateDecode")),
    "85 and flate": Chain(("ASCII85Decode", "FlateDecode")),
    "hex and lzw": Chain(("ASCIIHexDecode", "LZWDecode")),
    "hex, 85, runs, flate": Chain(
        ("ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode", "FlateDecode")
    ),
    "flate with predictor": Chain(("FlateDecode",), is_predicted=True),
    "flate, named elsewhere": Chain(("FlateDecode",), is_indirect=True),
    "nothing, short names": Chain((), is_short=True),
    "flate, short names": Chain(("FlateDecode",), is_short=True),
}
INLINE: dict[str, Chain] = {
    "nothing": Chain((), is_short=True),
    "hex": Chain(("ASCIIHexDecode",), is_short=True),
    "85": Chain(("ASCII85Decode",), is_short=True),
    "flate": Chain(("FlateDecode",), is_short=True),
    "runs": Chain(("RunLengthDecode",), is_short=True),
    "lzw": Chain(("LZWDecode",), is_short=True),
    "hex and flate, long names": Chain(("ASCIIHexDecode", "FlateDecode")),
}
