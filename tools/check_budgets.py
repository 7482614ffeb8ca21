"""Checks that scripts, styles, fonts and pictures sent to a browser stay within their byte budgets.

A budget is in bytes after gzip, about a twentieth above what it was when it was set. Who needs
more raises it here, in sight of everybody, or sends less. `make check` measures the sources; with
`.web/build/client` as argument the export is measured too, as tests/e2e/test_budgets.py does.
"""

import gzip
import re
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUDGETS = {  # files of this repository, each in one row: bytes
    ("assets/ui.js",): 4_900,  # plain pages bring this script alone
    ("assets/desk.js", "assets/profile.js", "assets/scan.js", "assets/ticks.js"): 8_900,
    ("assets/upload.js",): 3_220,
    ("assets/card.js", "assets/sw.js", "assets/offline.html", "assets/*.webmanifest"): 3_110,
    ("assets/*.css",): 4_110,
    ("assets/*.png", "assets/*.ico", "assets/*.svg"): 10_930,
    ("assets/fonts/*-basic-*.woff2",): 16_200,  # a page in Indonesian brings this font alone
    ("assets/fonts/*-latin-*.woff2",): 51_580,
    ("barut_reflex/verify/web/periksa/*",): 18_710,  # the page without a signal, but its decoder
}
NOT_SENT = {"assets/fonts/OFL.txt"}
HEAVIEST_PAGE = 184_500  # scripts of one exported page together
EXPORTED = {  # files of the export: bytes
    ("assets/*.css", "ui.js", "fonts/*-basic-*.woff2"): 29_100,  # what a plain page brings
    ("assets/*.js",): 361_000,  # scripts of all pages together
    ("periksa/qr.js",): 17_200,
}


def main() -> None:
    over = [*over_budget(ROOT, BUDGETS), *without_budget(ROOT)]
    for client in sys.argv[1:]:
        over += export_over_budget(Path(client))
    if over:
        sys.exit("Too much is sent to browsers:\n" + "\n".join(over))
    print("budgets: ok")


def over_budget(folder: Path, budgets: dict[tuple[str, ...], int]) -> list[str]:
    """A line for each row that weighs more than it may, or has no file at all."""
    lines = []
    for patterns, budget in budgets.items():
        files = _files(folder, patterns)
        if not files:
            lines.append(f"{' '.join(patterns)}: no such file")
        elif (weight := packed(files)) > budget:
            lines.append(f"{' '.join(patterns)}: {weight:,} bytes packed, budget {budget:,}")
    return lines


def export_over_budget(client: Path) -> list[str]:
    """The same for an export, and a line when one of its pages asks for too many scripts."""
    weight, page = heaviest_page(client)
    over = [f"{page}: {weight:,} bytes of scripts packed, budget {HEAVIEST_PAGE:,}"]
    return over_budget(client, EXPORTED) + (over if weight > HEAVIEST_PAGE else [])


def without_budget(folder: Path) -> list[str]:
    """A line for each asset that no row counts."""
    counted = {path for patterns in BUDGETS for path in _files(folder, patterns)}
    assets = {path for path in (folder / "assets").rglob("*") if path.is_file()}
    made = {path for path in assets if path.is_relative_to(folder / "assets" / "external")}
    left = sorted(str(path.relative_to(folder)) for path in assets - counted - made)
    return [f"{name}: in no row of BUDGETS" for name in left if name not in NOT_SENT]


def heaviest_page(client: Path) -> tuple[int, str]:
    """The bytes of scripts that one exported page asks for at most, and the page."""
    return max((packed(_scripts(client, page)), page.name) for page in client.rglob("*.html"))


def packed(files: Iterable[Path]) -> int:
    """Bytes after gzip, each file by itself as it is sent."""
    return sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in files)


def _scripts(client: Path, page: Path) -> set[Path]:
    return {client / name for name in re.findall(r'"/((?:assets/)?[^"/]+\.js)"', page.read_text())}


def _files(folder: Path, patterns: Iterable[str]) -> set[Path]:
    return {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}


if __name__ == "__main__":
    main()
