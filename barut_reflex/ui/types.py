"""Types of component arguments: texts, children, handlers, and the rows components show.

What a State declares as `case: Case` is a var of a Case where a page is built, and Reflex types it
as `Case`. Arguments of components are typed the same way, so a misspelt field is found.
"""

from typing import Protocol

import reflex as rx
from reflex.event import EventType

Text = str | rx.Var[str]
Child = rx.Component | rx.Var | str | int  # content of an element
Condition = bool | rx.Var
Handler = EventType  # event handler of a button or form


class Moment(Protocol):
    """One line of a `timeline`."""

    label: str
    when: str
    note: str
    is_done: bool


class Fact(Protocol):
    """One line of a `facts_list`."""

    label: str
    value: str


class Option(Protocol):
    """One of the list of a `select_field`."""

    value: str
    label: str


class StoredFile(Protocol):
    """A stored file as `upload_field` shows it; an empty id means there is none yet."""

    public_id: str
    file_name: str
    detail: str  # text after "Tersimpan": size, pages, day
