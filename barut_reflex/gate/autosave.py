"""A field is kept as soon as it is left: "Tersimpan 10.42", or the refusal at the field."""

from typing import Protocol, TypedDict

import reflex as rx
from sqlmodel import Session

from ..core import clock
from ..core.errors import Invalid
from ..core.indonesian import clock_time
from ..people.models import Person
from ..ui import theme
from ..ui.forms import Options, select_field
from ..ui.types import Handler
from .doors import Notice, error_of, write


class SavesFields(Protocol):
    """A service that saves a form, or with `partial` only those of its fields that are given."""

    def __call__(
        self, session: Session, by: Person, form: dict[str, str], /, *, partial: bool
    ) -> object: ...


async def keep(screen: rx.State, service: SavesFields, form: dict[str, str]) -> str:
    """Save the fields just left; gives what to say, such as "Tersimpan 10.42".

    A refusal stands at its field without moving the focus: the person is already elsewhere.
    """
    try:
        await write(screen, service, form, partial=True)
        errors = {}
    except Invalid as wrong:
        errors = wrong.errors
    notice = await screen.get_state(Notice)
    others = {name: text for name, text in notice.errors.items() if name not in form}
    if notice.errors != others | errors:
        notice.errors = others | errors
    if not notice.errors:
        notice.refusal = ""
    return "" if errors else f"Tersimpan {clock_time(clock.now())}"


class Kept(TypedDict):
    """Props of a field that is kept as soon as it is left."""

    name: str
    error: rx.Var[str]
    default_value: str
    on_blur: Handler


def kept(name: str, value: str, leave: Handler) -> Kept:
    """The field `name` of a form with `value` on file; `leave` is the handler that keeps it."""
    return {"name": name, "error": error_of(name), "default_value": value, "on_blur": leave}


def kept_choice(label: str, field: Kept, options: Options, **props) -> rx.Component:
    """A list to choose from, kept with each choice."""
    return select_field(
        label,
        name=field["name"],
        options=options,
        error=field["error"],
        default_value=field["default_value"],
        on_change=field["on_blur"],
        **props,
    )


def saved_line(text: rx.Var[str] | str) -> rx.Component:
    """Where "Tersimpan 10.42" stands; its room is always kept, so nothing jumps under a press."""
    return rx.el.p(text, role="status", class_name=f"{theme.SAID} min-h-6 empty:block")
