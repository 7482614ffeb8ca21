"""Simulates wear of a printed card: rotation, fold, fading, uneven light, blur and noise.

Random, but the same for the same seed.
"""

import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WHITE = 255
GRAINS = 4  # even noise pictures averaged into one that is nearly normal
SIGMA = 255 / 12**0.5 / GRAINS**0.5  # of that average


@dataclass(frozen=True)
class Wear:
    """How bad it is. The defaults are a clean scan."""

    angle: float = 0  # degrees, at most, either way
    blur: float = 0  # radius of a Gaussian blur, in pixels
    noise: float = 0  # standard deviation, of 255
    contrast: float = 1  # what is left between black and white
    fold: float = 0  # how dark a crease across the QR is, of 255
    shade: float = 0  # how much darker one side is lit, of 255


def worn(picture: Image.Image, wear: Wear, chance: random.Random) -> Image.Image:
    """The picture after that; the same for the same seed."""
    picture = _folded(picture, wear.fold, chance) if wear.fold else picture
    if wear.angle:
        angle = chance.uniform(-wear.angle, wear.angle)
        picture = picture.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=WHITE)
    if wear.contrast < 1:
        low = round(WHITE * (1 - wear.contrast) * 0.7)  # ink fades more than paper darkens
        picture = picture.point([round(low + tone * wear.contrast) for tone in range(256)])
    if wear.shade:
        picture = _shaded(picture, wear.shade, chance)
    if wear.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(wear.blur))
    return _grainy(picture, wear.noise, chance) if wear.noise else picture


def _folded(picture: Image.Image, dark: float, chance: random.Random) -> Image.Image:
    """A crease through the middle third: a dark line, a worn white one beside it, a small shift."""
    width, height = picture.size
    y = round(height * chance.uniform(0.35, 0.65))
    lower = picture.crop((0, y, width, height))
    picture = picture.copy()
    picture.paste(lower, (chance.choice((-1, 1)), y))
    pen = ImageDraw.Draw(picture)
    pen.line((0, y, width, y), fill=round(WHITE - dark), width=1)
    pen.line((0, y + 1, width, y + 1), fill=WHITE, width=1)
    return picture


def _shaded(picture: Image.Image, dark: float, chance: random.Random) -> Image.Image:
    ramp = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270)))
    ramp = ramp.resize(picture.size).point([round(tone * dark / 255) for tone in range(256)])
    return ImageChops.subtract(picture, ramp)


def _grainy(picture: Image.Image, sigma: float, chance: random.Random) -> Image.Image:
    many = picture.width * picture.height
    grain = Image.frombytes("L", picture.size, chance.randbytes(many))
    for number in range(2, GRAINS + 1):
        more = Image.frombytes("L", picture.size, chance.randbytes(many))
        grain = Image.blend(grain, more, 1 / number)
    factor = sigma / SIGMA
    up = grain.point([max(0, round((tone - 127.5) * factor)) for tone in range(256)])
    down = grain.point([max(0, round((127.5 - tone) * factor)) for tone in range(256)])
    return ImageChops.subtract(ImageChops.add(picture, up), down)
