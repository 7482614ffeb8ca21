"""The colours of `assets/site.css` have enough contrast, light and dark (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "assets" / "site.css").read_text()
WORDS = 4.5  # least contrast of text
EDGES = 3.0  # least contrast of what marks a control

TEXT = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "tint"),
    ("ink", "field"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("muted", "tint"),
    ("muted", "field"),
    ("brand", "paper"),
    ("brand", "surface"),
    ("brand", "tint"),
    ("brand", "brand-soft"),
    ("brand-strong", "brand-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-deep", "deep"),
    ("on-deep-muted", "deep"),
    ("danger", "surface"),
    ("danger", "paper"),
    ("danger", "danger-soft"),
    ("on-danger", "danger"),
    ("success", "success-soft"),
    ("warning", "warning-soft"),
    ("info", "info-soft"),
    ("ink", "success-soft"),
    ("ink", "warning-soft"),
    ("ink", "danger-soft"),
    ("ink", "info-soft"),
]
CONTROLS = [("edge", "field"), ("edge", "surface"), ("focus", "paper"), ("focus", "surface")]


def palette(selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r"\s*\{(.*?)\n\s*\}", CSS, re.S)
    assert block, selector
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6});", block[1]))


PALETTES = {"light": palette(":root,\n  .light"), "dark": palette("\n  .dark")}


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    digits = color.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize(("words", "ground"), TEXT)
def test_words_can_be_read(theme, words, ground):
    colors = PALETTES[theme]
    assert contrast(colors[words], colors[ground]) >= WORDS


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize(("mark", "ground"), CONTROLS)
def test_controls_can_be_found(theme, mark, ground):
    colors = PALETTES[theme]
    assert contrast(colors[mark], colors[ground]) >= EDGES


def test_the_measure_tells_bad_from_good():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#999", "#fff") < EDGES


def test_the_dark_before_the_script_is_the_same_dark():
    assert palette(":root:not(.light, .dark)") == PALETTES["dark"]


def test_both_themes_name_the_same_colours():
    assert PALETTES["light"].keys() == PALETTES["dark"].keys()


def test_every_colour_that_is_used_exists():
    sources = Path(__file__).parents[2].joinpath("barut_reflex").rglob("*.py")
    used = {
        name for source in sources for name in re.findall(r"\w-\(--([\w-]+)\)", source.read_text())
    }
    known = set(PALETTES["light"]) | {"lift"}
    assert len(used) > 15
    assert used - known == set()
