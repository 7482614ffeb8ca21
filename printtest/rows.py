"""Rows of the print test (wear, size, dpi): makes the pictures, counts what each decoder reads."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from PIL import Image

from . import paper, readers
from .wear import Wear, worn

CARDS = 12  # different codes, of 49 and 53 modules
DPI = (150, 200, 250, 300)
ORDINARY = Wear(angle=20, blur=0.7, noise=8, contrast=0.8)


@dataclass(frozen=True)
class Row:
    """One line of the table. `is_gated`: at least `GATE` of its pictures must be read."""

    name: str
    wear: Wear
    side: float = 25
    dpi: tuple[int, ...] = DPI
    is_gated: bool = False
    is_varied: bool = False  # each figure anywhere up to its worst, not at its worst


@dataclass
class Rate:
    """How many of a row's pictures one reader read, and read right."""

    read: int = 0
    wrong: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        return self.read / self.of if self.of else 0.0


@dataclass
class Result:
    row: Row
    zbar: Rate = field(default_factory=Rate)
    zxing: Rate = field(default_factory=Rate)


GATE = 0.99
MORE = 4  # times as many pictures for a gated row
WORST = Wear(angle=20, blur=1, noise=16, contrast=0.5, fold=110, shade=60)
FOLDED, SHADED = replace(ORDINARY, fold=110), replace(ORDINARY, shade=110)
ROWS = [
    Row("clean", Wear(), is_gated=True),
    Row("ordinary, anywhere up to its limits", ORDINARY, is_gated=True, is_varied=True),
    Row("ordinary, at its limits", ORDINARY, is_gated=True),
    Row("ordinary, at its limits, coarsest", ORDINARY, dpi=(150,), is_gated=True),
    Row("ordinary, at its limits", ORDINARY, side=30, is_gated=True),
    Row("ordinary and a fold", FOLDED),
    Row("ordinary and light from one side", SHADED),
    Row("faded: contrast 0.5", replace(ORDINARY, contrast=0.5)),
    Row("faded: contrast 0.3", replace(ORDINARY, contrast=0.3)),
    Row("blurred: 1.2 px", replace(ORDINARY, blur=1.2)),
    Row("blurred: 1.2 px", replace(ORDINARY, blur=1.2), side=30),
    Row("blurred: 2 px", replace(ORDINARY, blur=2)),
    Row("grain: sigma 20", replace(ORDINARY, noise=20)),
    Row("grain: sigma 40", replace(ORDINARY, noise=40)),
    Row("fold, shade, contrast 0.5, blur 1 px, sigma 16", WORST),
    Row("fold, shade, contrast 0.5, blur 1 px, sigma 16", WORST, side=30),
]


def measure(row: Row, many: int) -> Result:
    """`many` pictures of each resolution, read by both."""
    result = Result(row)
    for dpi in row.dpi:
        made = list(pictures(row, dpi, many * MORE if row.is_gated else many))
        shown = [picture for picture, _ in made]
        for rate, found in (
            (result.zbar, readers.by_zbar(shown)),
            (result.zxing, readers.by_zxing(shown)),
        ):
            for text, (_, wanted) in zip(found, made, strict=True):
                rate.of += 1
                rate.read += text == wanted
                rate.wrong += bool(text) and text != wanted
    return result


def pictures(row: Row, dpi: int, many: int) -> Iterator[tuple[Image.Image, str]]:
    """The pictures of a row with what stands in them; the same each time."""
    for number in range(many):
        chance = random.Random(f"{row.name} {row.side} {dpi} {number}")
        wear = _somewhere(row.wear, chance) if row.is_varied else row.wear
        clean = paper.picture(number % CARDS, row.side, dpi)
        yield worn(clean, wear, chance), paper.code(number % CARDS)


def _somewhere(worst: Wear, chance: random.Random) -> Wear:
    return Wear(
        angle=worst.angle,
        blur=chance.uniform(0, worst.blur),
        noise=chance.uniform(0, worst.noise),
        contrast=chance.uniform(worst.contrast, 1),
    )
