"""The portrait of the card, cut from the stored photo."""

import hashlib
import io
from threading import Lock

from cachetools import LRUCache, cached
from PIL import Image, ImageOps

from ..core import slow_work

PRINTED = (450, 600)  # 3x4 cm at some 380 dpi
SHOWN = (132, 176)  # the check page's thumbnail, 66x88 on a fine screen

THUMBNAILS = 500  # kept in memory, some 5 KB each: a card that is looked at is looked at again


@slow_work.slow
def portrait(content: bytes, size: tuple[int, int], *, quality: int) -> bytes:
    """`content` (JPEG or PNG) as a JPEG of exactly `size` pixels, 3 to 4.

    Cut evenly from a wider photo and more below than above from a higher one, where the face is;
    a transparent ground becomes white, a small photo is enlarged.
    """
    cut = _cut_once if size == SHOWN else _cut
    return cut(content, size, quality)


def _cut(content: bytes, size: tuple[int, int], quality: int) -> bytes:
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as photo:
        photo.draft("RGB", (size[0] * 2, size[1] * 2))  # a JPEG is then read smaller, faster
        upright = ImageOps.exif_transpose(photo)
        has_alpha = "A" in upright.getbands() or "transparency" in upright.info
        whole = _on_white(upright) if has_alpha else upright.convert("RGB")
        fitted = ImageOps.fit(whole, size, Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    drawn = io.BytesIO()
    fitted.save(drawn, "JPEG", quality=quality, optimize=True)
    return drawn.getvalue()


def _name(content: bytes, size: tuple[int, int], quality: int) -> tuple[bytes, object, int]:
    return hashlib.sha256(content).digest(), size, quality


_cut_once = cached(LRUCache(THUMBNAILS), _name, Lock())(_cut)  # the lock is free while it cuts


def _on_white(photo: Image.Image) -> Image.Image:
    coloured = photo.convert("RGBA")
    ground = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(ground, coloured).convert("RGB")
