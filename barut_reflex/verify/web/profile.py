"""The profile as plain HTML: on the check page, behind a link, in the holder's preview."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import htpy as h

from ...profiles.queries.sections import EntryShown, SectionShown
from ...profiles.rules.sections import Section

LIGHT = 39_000  # bytes of a whole page, thumbnail included
LISTED = frozenset({Section.SKILLS})
FACTS = frozenset({Section.BIODATA, Section.CONTACT})


class Room(NamedTuple):
    """How much of a long profile a page takes: entries of a section, letters of a text."""

    entries: int
    letters: int


ROOMS = (Room(99, 2000), Room(20, 400), Room(10, 160), Room(6, 60), Room(3, 0), Room(1, 0))


def fitting(draw: Callable[[Room], str]) -> str:
    """The page with as much of the profile as stays light."""
    page = ""
    for room in ROOMS:
        page = draw(room)
        if len(page.encode()) <= LIGHT:
            break
    return page


def sections_of(sections: Sequence[SectionShown], room: Room) -> list[h.Node]:
    """One block a section, in the order given."""
    return [_section(one, room) for one in sections if one.entries]


def _section(shown: SectionShown, room: Room) -> h.Node:
    entries = shown.entries[: room.entries]
    more = len(shown.entries) - len(entries)
    return h.section({"data-section": shown.key})[
        h.h2[shown.title],
        _entries(shown.key, entries, room),
        h.p[f"… dan {more} lainnya."] if more else None,
    ]


def _entries(key: Section, entries: Sequence[EntryShown], room: Room) -> h.Node:
    if key in LISTED:
        return h.ul[[h.li[one.title] for one in entries]]
    if key in FACTS:
        return h.dl[[h.div[h.dt[one.title], h.dd[" ".join(one.lines)]] for one in entries]]
    return [_entry(one, room) for one in entries]


def _entry(entry: EntryShown, room: Room) -> h.Node:
    return h.div(".entry")[
        h.h3[entry.title] if entry.title else None,
        h.p(".sub")[entry.subtitle] if entry.subtitle else None,
        h.p(".when")[entry.period] if entry.period else None,
        [h.p[line] for line in _cut(entry.lines, room.letters)],
    ]


def _cut(lines: Sequence[str], letters: int) -> list[str]:
    """The first so many letters of a text, ended by dots where something is left out."""
    kept: list[str] = []
    for line in lines:
        left = letters - sum(map(len, kept))
        if left <= 0:
            break
        kept.append(line if len(line) <= left else f"{line[:left].rstrip()} …")
    return kept
