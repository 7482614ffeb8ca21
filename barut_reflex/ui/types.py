"""What components take. A page is drawn from vars, and Reflex types a var by what it holds.

What a State declares as `case: Case` is, where a page is drawn, a var of a Case, and its type is
written `Case`. Arguments of components say it the same way, so a misspelt field does not pass.
"""

from typing import Protocol

import reflex as rx
from reflex.event import EventType

Text = str | rx.Var[str]
Child = rx.Component | rx.Var | str | int  # what may stand in an element
Condition = bool | rx.Var
Handler = EventType  # what a press or a form runs


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
    """What `upload_field` shows of a file; an empty id means there is none yet."""

    public_id: str
    file_name: str
    detail: str  # the words that follow "Tersimpan": size, pages, day
