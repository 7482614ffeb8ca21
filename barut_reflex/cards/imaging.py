"""Crop the photo of a person to the portrait of a card, for print or as a thumbnail (cached)."""

import hashlib
import io
from threading import Lock

from cachetools import LRUCache, cached
from PIL import Image, ImageOps

from ..core import slow_work

PRINT_SIZE = (450, 600)  # pixels; 3x4 cm at about 380 dpi
THUMBNAIL_SIZE = (132, 176)  # pixels; the check page shows it at 66x88 CSS pixels
CACHED_THUMBNAILS = 500  # about 5 KB each; a card that was scanned is often scanned again


@slow_work.slow
def portrait(content: bytes, size: tuple[int, int], *, quality: int) -> bytes:
    """`content` (JPEG or PNG) as a JPEG of exactly `size` pixels (ratio 3 to 4).

    A wider photo loses the same on both sides; a higher one loses more below than above, since
    the face is in the upper part. A transparent background becomes white; a small photo is
    enlarged. Only thumbnails are cached: prints are large and rarely repeated.
    """
    cut = _cut_cached if size == THUMBNAIL_SIZE else _cut
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


def _cache_key(content: bytes, size: tuple[int, int], quality: int) -> tuple[bytes, object, int]:
    return hashlib.sha256(content).digest(), size, quality


# The lock guards the cache alone: it is free while a photo is cut.
_cut_cached = cached(LRUCache(CACHED_THUMBNAILS), _cache_key, Lock())(_cut)


def _on_white(photo: Image.Image) -> Image.Image:
    coloured = photo.convert("RGBA")
    background = Image.new("RGBA", coloured.size, "white")
    return Image.alpha_composite(background, coloured).convert("RGB")
