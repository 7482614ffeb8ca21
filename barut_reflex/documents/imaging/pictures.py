"""Pictures: decodes JPEG and PNG, turns upright, downscales, encodes as JPEG without metadata."""

import io
import re
import warnings

from PIL import Image, ImageCms

from ..rules import MAX_PIXELS, MAX_SIDE, STORED_LONG_SIDE, FileRefused, Format, Reason

JPEG_QUALITY = 85
DECODERS = {Format.JPEG: ("JPEG", {"JPEG", "MPO"}), Format.PNG: ("PNG", {"PNG"})}
ORIENTATION = 0x0112  # EXIF tag; the values are those of the EXIF standard
TRANSPOSE_BY_ORIENTATION = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
Image.preinit()  # at import: the child loads decoders while it still waits for its job
warnings.simplefilter("error", Image.DecompressionBombWarning)


def reencode(content: bytes, file_format: Format, *, long_side: int = STORED_LONG_SIDE) -> bytes:
    """The same picture as a plain RGB JPEG, upright, its long side at most `long_side` pixels.

    Raises FileRefused for too many pixels; any other exception of a decoder means a broken file.
    """
    picture = _open(content, file_format)
    orientation = _orientation(picture)
    profile = picture.info.get("icc_profile")
    picture.draft(None, (long_side, long_side))
    plain = _plain(picture)
    plain.thumbnail((long_side, long_side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    upright = _on_white(_in_srgb(plain, profile))
    if orientation in TRANSPOSE_BY_ORIENTATION:
        upright = upright.transpose(TRANSPOSE_BY_ORIENTATION[orientation])
    return encode(upright)


def encode(picture: Image.Image) -> bytes:
    """The picture as a JPEG."""
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=JPEG_QUALITY)
    return jpeg.getvalue()


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of a JPEG in pixels."""
    return Image.open(io.BytesIO(content), formats=("JPEG",)).size


def _open(content: bytes, file_format: Format) -> Image.Image:
    decoder, names = DECODERS[file_format]
    try:
        picture = Image.open(io.BytesIO(content), formats=(decoder,))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        counted = re.search(r"\d+", str(error))
        millions = int(counted[0]) // 1_000_000 if counted else "lebih dari 40"
        raise FileRefused(Reason.TOO_MANY_PIXELS, actual=f"{millions} juta") from error
    width, height = picture.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise FileRefused(Reason.TOO_MANY_PIXELS, actual=f"{width} × {height}")
    if picture.format not in names:
        raise FileRefused(Reason.BROKEN)
    return picture


def _orientation(picture: Image.Image) -> int:
    try:
        return picture.getexif().get(ORIENTATION, 1)
    except Exception:  # cameras write odd EXIF; the picture itself may still be good
        return 1


def _plain(picture: Image.Image) -> Image.Image:
    """Without palette and with 8 bits a channel: only such a picture can be downscaled smoothly."""
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode == "P" or "transparency" in picture.info:
        return picture.convert("RGBA")
    picture.load()
    return picture


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours converted to sRGB; a picture whose colour profile can't be used is left as it is."""
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """Plain RGB on a white ground, without `info`: no metadata of the old file is written again."""
    if picture.mode not in ("LA", "PA", "RGBA"):
        plain = picture if picture.mode == "RGB" else picture.convert("RGB")
        plain.info.clear()
        return plain
    page = Image.new("RGB", picture.size, "white")
    coloured = picture.convert("RGBA")
    page.paste(coloured, mask=coloured.getchannel("A"))
    return page
