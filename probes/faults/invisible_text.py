"""Puts PDFs with invisible text through the upload check; searches for it in what is stored."""

from dataclasses import dataclass, field

import pytest

from probes.files.judge import stored
from probes.files.planted_pdfs import PLANTS, copy_pages, planted
from probes.files.text_search import places_of

from .corpora import run_each


@dataclass
class PlantResult:
    """Plants in files that were sent; those the search did not see before are worth nothing."""

    plants: int = 0
    unseen: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def upload_plants(seeds: int, *, every: int = 1, in_jail: bool = False) -> PlantResult:
    """Every plant, or each `every`-th of them, for so many seeds."""
    found = PlantResult()
    work = [(name, seed, in_jail) for seed in range(seeds) for name in [*PLANTS][::every]]
    for name, is_seen, kept in run_each(_sent, work, in_jail):
        found.plants += 1
        found.unseen += [] if is_seen else [name]
        found.refused += [name] if kept is None else []
        found.left += [f"{name}: {kept}"] if kept else []
    return found


def copy_without_redrawing(every: int) -> PlantResult:
    """Negative control: what is left when pages are copied and not drawn."""
    with pytest.MonkeyPatch.context() as patch:
        copy_pages(patch)
        return upload_plants(1, every=every)


def _sent(name: str, seed: int, in_jail: bool) -> tuple[str, bool, list[str] | None]:
    """Was it seen before, and where it still is; None for a file that was refused."""
    content, words = planted(name, seed)
    kept = stored("a.pdf", content, in_jail=in_jail)
    return name, bool(places_of(content, words)), places_of(kept[0], words) if kept else None
