"""The bytes inside a PDF: how far they may inflate, and camera metadata taken out of them."""

import zlib

import pikepdf

from ..rules import Reason, Unfit

INFLATED_STREAM = 128 * 1024 * 1024
INFLATED_FILE = 400 * 1024 * 1024
PIXELS = 120_000_000  # an A3 page at 600 dpi
SIDE = 20_000
PACKED = {"/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCIIHexDecode", "/ASCII85Decode"}
PICTURES = {"/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/JPXDecode"}
KEPT_MARKERS = {0xE0, 0xEE}  # JFIF, and Adobe's: without it CMYK turns negative


class Meter:
    """Counts what a file's streams inflate to, and stops at the limit."""

    def __init__(self):
        self.left = INFLATED_FILE

    def check(self, stream: pikepdf.Stream) -> None:
        """Raise Unfit for a bomb, for broken data and for unknown filters."""
        filters = filters_of(stream)
        if unknown := set(filters) - PACKED - PICTURES:
            raise Unfit(Reason.BROKEN, actual=str(unknown))
        check_pixels(stream)
        if filters == ["/FlateDecode"]:
            self._spend(_inflated(stream.read_raw_bytes(), min(self.left, INFLATED_STREAM)))
        elif filters and not set(filters) & PICTURES:
            self._spend(len(stream.read_bytes()))
        elif len(filters) > 2:
            raise Unfit(Reason.TOO_HEAVY)

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left <= 0 or size > INFLATED_STREAM:
            raise Unfit(Reason.TOO_HEAVY)


def filters_of(stream: pikepdf.Stream) -> list[str]:
    named = stream.stream_dict.get("/Filter")
    if named is None:
        return []
    return [str(one) for one in named] if isinstance(named, pikepdf.Array) else [str(named)]


def check_pixels(stream: pikepdf.Stream) -> None:
    width, height = (stream.stream_dict.get(key, 0) for key in ("/Width", "/Height"))
    if int(width) * int(height) > PIXELS or max(int(width), int(height)) > SIDE:
        raise Unfit(Reason.TOO_MANY_PIXELS, actual=f"{width} × {height}")


def _inflated(packed: bytes, limit: int) -> int:
    """Bytes after inflating, never holding more than a megabyte of them."""
    engine, size = zlib.decompressobj(), 0
    while packed and not engine.eof:
        size += len(engine.decompress(packed, 1 << 20))
        packed = engine.unconsumed_tail
        if size > limit:
            raise Unfit(Reason.TOO_HEAVY)
    return size


def without_metadata(jpeg: bytes) -> bytes:
    """A JPEG without EXIF, XMP, comments and whatever follows its end; pixels untouched."""
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if marker == 0xDA:
            end = _end_of_scan(jpeg, end)
        is_metadata = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if marker in KEPT_MARKERS or not is_metadata:
            kept.append(jpeg[at:end])
        at = end
        if jpeg[at : at + 2] == b"\xff\xd9":
            return b"".join(kept) + b"\xff\xd9"
    raise Unfit(Reason.BROKEN)


def _end_of_scan(jpeg: bytes, at: int) -> int:
    """Where the packed pixels end: at the first marker that is neither padding nor restart."""
    while (at := jpeg.find(b"\xff", at)) >= 0:
        following = jpeg[at + 1 : at + 2]
        if following == b"\xff":
            at += 1
        elif following and following[0] != 0 and not 0xD0 <= following[0] <= 0xD7:
            return at
        else:
            at += 2
    raise Unfit(Reason.BROKEN)
