"""The profile as plain HTML: on the check page, behind a link, in the holder's preview."""

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from ...profiles.queries.sections import EntryShown, SectionShown
from ...profiles.rules.sections import Section

LIGHT = 39_000  # bytes of a whole page, thumbnail included
ON_THE_CARD = frozenset({Section.EDUCATION, Section.SKILLS})
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


def sections_of(sections: Sequence[SectionShown], room: Room) -> list[str]:
    """One block a section, in the order given."""
    return [_section(section, room) for section in sections if section.entries]


def _section(section: SectionShown, room: Room) -> str:
    shown = section.entries[: room.entries]
    more = len(section.entries) - len(shown)
    rest = f"<p>… dan {more} lainnya.</p>" if more else ""
    return (
        f'<section data-section="{section.key}"><h2>{escape(section.title)}</h2>'
        f"{_entries(section.key, shown, room)}{rest}</section>"
    )


def _entries(key: Section, entries: Sequence[EntryShown], room: Room) -> str:
    if key in LISTED:
        return f"<ul>{''.join(f'<li>{escape(one.title)}</li>' for one in entries)}</ul>"
    if key in FACTS:
        rows = (
            f"<div><dt>{escape(one.title)}</dt><dd>{escape(' '.join(one.lines))}</dd></div>"
            for one in entries
        )
        return f"<dl>{''.join(rows)}</dl>"
    return "".join(_entry(one, room) for one in entries)


def _entry(entry: EntryShown, room: Room) -> str:
    title = f"<h3>{escape(entry.title)}</h3>" if entry.title else ""
    sub = f'<p class="sub">{escape(entry.subtitle)}</p>' if entry.subtitle else ""
    when = f'<p class="when">{escape(entry.period)}</p>' if entry.period else ""
    text = "".join(f"<p>{escape(line)}</p>" for line in _cut(entry.lines, room.letters))
    return f'<div class="entry">{title}{sub}{when}{text}</div>'


def _cut(lines: Sequence[str], letters: int) -> list[str]:
    """The first so many letters of a text, ended by dots where something is left out."""
    kept: list[str] = []
    for line in lines:
        left = letters - sum(map(len, kept))
        if left <= 0:
            break
        kept.append(line if len(line) <= left else f"{line[:left].rstrip()} …")
    return kept
