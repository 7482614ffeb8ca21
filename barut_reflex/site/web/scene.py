"""Illustration of the landing page (SVG): the Barito river, a house, a boat and the AK1 card.

Colours are classes of `assets/site.css`, so they follow the dark theme.
"""

import htpy as h


def river_scene(class_: str) -> h.Element:
    """The illustration; decoration only, hidden from screen readers."""
    return h.svg(viewBox="0 0 600 480", aria_hidden="true", focusable="false", class_=class_)[
        h.defs[h.clippath(id="scene")[h.rect(width="600", height="440", rx="32")]],
        h.g(clip_path="url(#scene)")[_land(), _house(), _boat()],
        _card(),
    ]


def _land() -> list[h.Element]:
    return [
        h.rect(width="600", height="440", class_="scene-sky"),
        h.circle(cx="430", cy="122", r="46", class_="scene-sun"),
        _shape("M0 196c70-48 130-58 196-30 60-40 128-40 180 2 70-44 150-40 224-4v140H0Z", "far"),
        _shape("M0 236c90-30 176-26 260-8 120-22 230-18 340 4v220H0Z", "near"),
        _shape(
            "M318 226c48 12 112 22 98 46-22 36-226 34-268 92-22 30 2 62 30 88h360"
            "c-110-24-232-44-214-82 18-36 176-40 172-96-2-34-96-46-150-50Z",
            "river",
        ),
        _shape("M0 330c46-10 92-2 128 26 28 22 22 54 44 84H0Z", "bank"),
        _line("M284 330h40M196 410h74M330 286h44M398 258h24M176 372h26", "ripple", "4"),
    ]


def _house() -> list[h.Element]:
    return [
        _line("M70 296v38M104 296v38M138 296v38M150 296l26 30", "wood", "5"),
        h.rect(x="60", y="252", width="90", height="46", class_="scene-house"),
        _shape("M46 256l59-46 59 46Z", "roof"),
        h.rect(x="94", y="268", width="22", height="30", class_="scene-roof"),
        _line("M500 232v-58M500 210l16-12M536 240v-40", "wood", "5"),
        _shape("M500 122c24 0 34 22 30 40-4 16-18 22-30 22s-26-6-30-22c-4-18 6-40 30-40Z", "bank"),
        _shape("M536 170c16 0 24 14 22 26-2 12-12 16-22 16s-20-4-22-16c-2-12 6-26 22-26Z", "bank"),
    ]


def _boat() -> list[h.Element]:
    return [
        _shape("M206 352h92c-6 15-15 21-26 21h-42c-11 0-20-8-24-21Z", "roof"),
        _shape("M228 334h48v18h-48Z", "house"),
        _line("M221 334h62", "wood", "5"),
    ]


def _card() -> h.Element:
    """A simplified AK1 card, not its exact print."""
    return h.g(transform="translate(290 296) rotate(-5)")[
        h.rect(x="0", y="0", width="268", height="168", rx="16", class_="scene-card"),
        h.rect(x="20", y="50", width="64", height="80", rx="8", class_="scene-card-paper"),
        h.circle(cx="52", cy="80", r="13", class_="scene-card-ink"),
        _shape("M30 130c2-22 12-30 22-30s20 8 22 30Z", "card-ink"),
        _line("M20 28h96", "card-line", "7"),
        _line("M104 62h84M104 82h60M104 102h72M104 122h44", "card-line", "5"),
        h.rect(x="200", y="92", width="48", height="48", rx="6", class_="scene-card-paper"),
        _shape(
            "M208 100h12v12h-12ZM228 100h12v12h-12ZM208 120h12v12h-12ZM228 120h6v6h-6Z"
            "M236 126h4v6h-4Z",
            "card-ink",
        ),
        h.circle(cx="268", cy="8", r="30", class_="scene-stamp"),
        _line("M255 9l9 9 18-19", "stamp-line", "6"),
    ]


def _shape(d: str, name: str) -> h.Element:
    return h.path(d=d, class_=f"scene-{name}")


def _line(d: str, name: str, width: str) -> h.Element:
    return h.path(
        d=d, class_=f"scene-{name}", stroke_width=width, stroke_linecap="round", fill="none"
    )
