"""Autosave of form fields on losing focus or on a choice, with a line that says so."""

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
    """Type of a service that saves a form; with `partial`, only the fields that are in it."""

    def __call__(
        self, session: Session, by: Person, form: dict[str, str], /, *, partial: bool
    ) -> object: ...


async def autosave(screen: rx.State, service: SavesFields, form: dict[str, str]) -> str:
    """Save the fields that lost focus; returns the text to show, such as "Tersimpan 10.42".

    A refusal is shown at its field without moving the focus, as the person is already elsewhere.
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


class AutosavedField(TypedDict):
    """Props of an autosaved field."""

    name: str
    error: rx.Var[str]
    default_value: str
    on_blur: Handler


def autosaved_field(name: str, value: str, leave: Handler) -> AutosavedField:
    """Props of the field `name` with its stored `value`; `leave` is the handler that saves it."""
    return {"name": name, "error": error_of(name), "default_value": value, "on_blur": leave}


def autosaved_choice(label: str, field: AutosavedField, options: Options, **props) -> rx.Component:
    """A select field that is saved on each choice."""
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
    """The line for "Tersimpan 10.42"; it takes its space when empty too, so nothing moves."""
    return rx.el.p(text, role="status", class_name=f"{theme.SAID} min-h-6 empty:block")
