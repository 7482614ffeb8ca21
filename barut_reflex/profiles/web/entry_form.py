"""Form fields of one entry of a profile, built from the table of sections."""

from typing import Any

import reflex as rx

from ...gate.doors import error_of
from ...ui import theme
from ...ui.forms import checkbox_field, select_field, text_area, text_field
from ..rules.sections import RULES, EntryField, Section
from ..rules.skills import LANGUAGES


def entry_fields(section: Section, values: dict[str, str]) -> list[rx.Component]:
    """A field for each column of the section; `values` are the stored ones, as they are typed."""
    fields = [_field(section, field, values[field.name]) for field in RULES[section].fields]
    lists = [_language_list()] if section is Section.LANGUAGES else []
    return [rx.el.div(*fields, class_name=theme.STACK), *lists]


def _field(section: Section, field: EntryField, value: str) -> rx.Component:
    props: dict[str, Any] = {"name": field.name, "error": error_of(field.name)}
    if field.kind == "tick":
        return checkbox_field(field.label, default_checked=value == "on", **props)
    props |= {"hint": field.hint, "default_value": value}
    if field.kind == "choice":
        return select_field(field.label, options=list(field.options), **props)
    if field.kind == "lines":
        return text_area(field.label, **props)
    if section is Section.LANGUAGES:
        props["list"] = "bahasa"
    return text_field(field.label, auto_complete="off", **props)


def _language_list() -> rx.Component:
    return rx.el.datalist(*[rx.el.option(value=name) for name in LANGUAGES], id="bahasa")
