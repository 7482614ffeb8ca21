"""HTML of a profile's sections, shortened so that a page stays small.

Used by the check page, by the shared profile and by its preview.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import htpy as h

from ...profiles.queries.sections import EntryShown, SectionShown
from ...profiles.rules.sections import Section

MAX_PAGE_BYTES = 39_000  # of a whole page, thumbnail included
AS_LIST = frozenset({Section.SKILLS})
AS_FACTS = frozenset({Section.BIODATA, Section.CONTACT})


class Budget(NamedTuple):
    """How much of a profile a page shows: entries of each section, characters of each text."""

    entries: int
    characters: int


BUDGETS = (  # from all to almost nothing
    Budget(99, 2000),
    Budget(20, 400),
    Budget(10, 160),
    Budget(6, 60),
    Budget(3, 0),
    Budget(1, 0),
)


def shorten_to_fit(draw: Callable[[Budget], str]) -> str:
    """The page drawn with the largest budget that keeps it within `MAX_PAGE_BYTES`."""
    page = ""
    for budget in BUDGETS:
        page = draw(budget)
        if len(page.encode()) <= MAX_PAGE_BYTES:
            break
    return page


def sections_of(sections: Sequence[SectionShown], budget: Budget) -> list[h.Node]:
    """One block for each section that has entries, in the order given."""
    return [_section(one, budget) for one in sections if one.entries]


def _section(shown: SectionShown, budget: Budget) -> h.Node:
    entries = shown.entries[: budget.entries]
    more = len(shown.entries) - len(entries)
    return h.section({"data-section": shown.key})[
        h.h2[shown.title],
        _entries(shown.key, entries, budget),
        h.p[f"… dan {more} lainnya."] if more else None,
    ]


def _entries(key: Section, entries: Sequence[EntryShown], budget: Budget) -> h.Node:
    if key in AS_LIST:
        return h.ul[[h.li[one.title] for one in entries]]
    if key in AS_FACTS:
        return h.dl[[h.div[h.dt[one.title], h.dd[" ".join(one.lines)]] for one in entries]]
    return [_entry(one, budget) for one in entries]


def _entry(entry: EntryShown, budget: Budget) -> h.Node:
    return h.div(".entry")[
        h.h3[entry.title] if entry.title else None,
        h.p(".sub")[entry.subtitle] if entry.subtitle else None,
        h.p(".when")[entry.period] if entry.period else None,
        [h.p[line] for line in _cut(entry.lines, budget.characters)],
    ]


def _cut(lines: Sequence[str], characters: int) -> list[str]:
    """The first `characters` characters of a text, with an ellipsis if something is left out."""
    kept: list[str] = []
    for line in lines:
        left = characters - sum(map(len, kept))
        if left <= 0:
            break
        kept.append(line if len(line) <= left else f"{line[:left].rstrip()} …")
    return kept
