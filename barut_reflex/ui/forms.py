"""Form fields, buttons, links styled as buttons, and dialogs.

A field has a label, an input, a hint and a place for its error.
"""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from . import theme
from .icons import icon
from .native import anchor, event_form, link, stored
from .types import Child, Handler, Option, Text

Options = Sequence[str | tuple[str, str] | Option]
SEARCH_DELAY = 300  # milliseconds without a key before a search field searches


def text_field(
    label: str, *, name: str, error: Text = "", hint: Text = "", **props
) -> rx.Component:
    """A one-line text field.

    Like all fields here it is uncontrolled: `default_value` fills it, and if that is a Var, its
    changes are shown until somebody types; then what was typed stays.
    """
    box = rx.el.input(**_attributes(name, error, hint, props, theme.INPUT))
    return _labelled(label, name, error, hint, box)


def text_area(label: str, *, name: str, error: Text = "", hint: Text = "", **props) -> rx.Component:
    """A text field of several lines."""
    box = rx.el.textarea(**_attributes(name, error, hint, {"rows": "4", **props}, theme.TEXTAREA))
    return _labelled(label, name, error, hint, box)


def select_field(
    label: str,
    *,
    name: str,
    options: Options,
    error: Text = "",
    hint: Text = "",
    placeholder: str = "Pilih …",
    **props,
) -> rx.Component:
    """A select field; options are texts, (value, text) pairs, or rows with `.value`, `.label`.

    `default_value` may arrive after the list or before it; what the person chose stays.
    """
    chosen = props.pop("default_value", None)
    first = [_option("", placeholder, chosen)] if placeholder else []
    if isinstance(options, rx.Var):
        rest = [rx.foreach(options, lambda row: _option(row.value, row.label, chosen))]
    else:
        rest = [_option(*_pair(item), chosen) for item in options]
    if isinstance(chosen, rx.Var):
        props["custom_attrs"] = stored(chosen)
    box = rx.el.select(*first, *rest, **_attributes(name, error, hint, props, theme.SELECT))
    return _labelled(label, name, error, hint, box)


def password_field(
    label: str, *, name: str, error: Text = "", hint: Text = "", **props
) -> rx.Component:
    """A password field with a button that shows it (assets/ui.js). Pasting is allowed."""
    props = {"auto_complete": "current-password", **props}
    attributes = _attributes(
        name, error, hint, {"type": "password", **props}, f"{theme.INPUT} pr-13"
    )
    reveal = rx.el.button(
        icon("eye"),
        type="button",
        aria_label="Tampilkan isi",
        aria_pressed="false",
        aria_controls=attributes["id"],
        custom_attrs={"data-reveals": attributes["id"]},
        class_name=f"{theme.ICON_BUTTON} absolute right-0.5 top-0.5",
    )
    box = rx.el.div(rx.el.input(**attributes), reveal, class_name="relative")
    return _labelled(label, name, error, hint, box)


def date_field(
    label: str,
    *,
    name: str,
    error: Text = "",
    hint: Text = "Format: DD/MM/YYYY",
    picker: bool = False,
    **props,
) -> rx.Component:
    """A date typed as DD/MM/YYYY; assets/ui.js sets the slashes, `picker` adds a calendar."""
    props = {"input_mode": "numeric", "max_length": 10, "auto_complete": "off", **props}
    props["custom_attrs"] = {"data-date": "", **props.get("custom_attrs", {})}
    attributes = _attributes(name, error, hint, {"placeholder": "DD/MM/YYYY", **props}, theme.INPUT)
    box = rx.el.input(**attributes)
    if picker:
        box = rx.el.div(
            rx.el.div(box, class_name="grow min-w-0"),
            *_calendar(attributes["id"]),
            class_name="relative flex items-center gap-1",
        )
    return _labelled(label, name, error, hint, box)


def checkbox_field(label: str, *, name: str, error: Text = "", **props) -> rx.Component:
    """A checkbox; its label can be clicked too."""
    attributes = _attributes(name, error, "", {"type": "checkbox", **props}, theme.CHECKBOX)
    return rx.el.div(
        rx.el.div(
            rx.el.input(**attributes),
            rx.el.label(label, html_for=attributes["id"], class_name="text-base leading-normal"),
            class_name="flex items-start gap-3 min-h-11 py-2",
        ),
        refusal_line(name, error),
    )


def primary_button(label: Text, **props) -> rx.Component:
    """Button for the main act of a screen."""
    return _button(label, theme.PRIMARY, props)


def secondary_button(label: Text, **props) -> rx.Component:
    """Button for another act of a screen."""
    return _button(label, theme.SECONDARY, {"type": "button", **props})


def danger_button(label: Text, **props) -> rx.Component:
    """Button for an act that removes something; if it can't be undone, use `confirm_dialog`."""
    return _button(label, theme.DANGER, props)


def quiet_button(label: Text, **props) -> rx.Component:
    """Button without a frame, for rows and bars."""
    return _button(label, theme.QUIET, {"type": "button", **props})


def icon_button(label: str, name: str, **props) -> rx.Component:
    """A button shown as an icon; `label` is its accessible name."""
    props = {"type": "button", "aria_label": label, "title": label, **props}
    return rx.el.button(icon(name), class_name=theme.ICON_BUTTON, **props)


_LINKS = {"primary": theme.PRIMARY, "secondary": theme.SECONDARY, "quiet": theme.QUIET}


def link_button(label: Text, href: Text, kind: str = "primary", **props) -> rx.Component:
    """A link to a page that looks like a button. For a file use `file_link`."""
    mark = [icon(props.pop("icon"))] if "icon" in props else []
    return link(*mark, label, href=href, **{"class_name": _LINKS[kind], **props})


def file_link(label: Text, href: Text, kind: str = "secondary", **props) -> rx.Component:
    """A link to a file or plain route that looks like a button."""
    mark = [icon(props.pop("icon"))] if "icon" in props else []
    return anchor(*mark, label, href=href, **{"class_name": _LINKS[kind], **props})


def refusal_line(name: str, error: Text) -> rx.Component:
    """The place for the error of field `name`."""
    return rx.el.p(error, id=f"{name}-error", role="alert", class_name=theme.REFUSAL)


def confirm_dialog(
    id: Text,
    *,
    title: Text,
    body: Child,
    confirm_label: str,
    on_confirm: Handler | None = None,
    danger: bool = False,
    **confirm_props,
) -> rx.Component:
    """Asks before an act that must not happen by accident; opened by any button with `opens(id)`.

    "Batal" stands first, the confirming button last. Esc closes it. Without `on_confirm` the
    button only closes; give `type="submit", form="…"` to send a form of the page.
    """
    styles = theme.DANGER_FILLED if danger else theme.PRIMARY
    act = {} if on_confirm is None else {"on_click": on_confirm}
    confirm = rx.el.button(
        confirm_label,
        class_name=styles,
        custom_attrs={"data-closes": "acts"},
        **{"type": "button", **act, **confirm_props},
    )
    cancel = secondary_button("Batal", custom_attrs={"data-closes": ""})
    text = rx.el.p(body, class_name=theme.TEXT) if isinstance(body, str | rx.Var) else body
    return dialog(id, title, text, rx.el.div(cancel, confirm, class_name=DIALOG_ACTIONS))


def form_dialog(
    id: Text, *fields: rx.Component, title: Text, submit_label: str, on_submit: Handler, **props
) -> rx.Component:
    """A short form in a dialog. A refusal leaves it open; remove it when the act is done."""
    cancel = secondary_button("Batal", custom_attrs={"data-closes": ""})
    filled = event_form(
        *fields,
        rx.el.div(cancel, primary_button(submit_label), class_name=DIALOG_ACTIONS),
        on_submit=on_submit,
        no_validate=True,
        class_name=theme.STACK,
        **props,
    )
    return dialog(id, title, filled)


def dialog(id: Text, title: Text, *children: Child, **props) -> rx.Component:
    """A native `<dialog>` with a heading."""
    heading = rx.el.h2(title, id=f"{id}-title", class_name=theme.SUBTITLE)
    return rx.el.dialog(
        rx.el.div(heading, *children, class_name="flex flex-col gap-4"),
        id=id,
        aria_labelledby=f"{id}-title",
        class_name="dialog",
        **props,
    )


def opens(id: Text) -> dict[str, object]:
    """Props for the button that opens dialog `id`: `danger_button("…", **opens("cabut"))`."""
    attributes = {"data-opens": id}
    return {"type": "button", "custom_attrs": attributes, "aria_haspopup": "dialog"}


DIALOG_ACTIONS = "flex flex-col sm:flex-row sm:justify-end gap-3 pt-1"


def _button(label: Text, styles: str, props: dict[str, Any]) -> rx.Component:
    before = [icon(props.pop("icon"))] if "icon" in props else []
    after = [icon(props.pop("end_icon"))] if "end_icon" in props else []
    return rx.el.button(*before, label, *after, **{"class_name": styles, **props})


def _pair(item: str | tuple[str, str] | Option) -> tuple[str, str]:
    if isinstance(item, str):
        return item, item
    return item if isinstance(item, tuple) else (item.value, item.label)


def _option(value: Text, text: Text, chosen: Text | None) -> rx.Component:
    if chosen is None:
        return rx.el.option(text, value=value)
    # React sets a select's defaultValue only once; `selected` follows a value that arrives later.
    return rx.el.option(text, value=value, selected=rx.Var.create(chosen) == rx.Var.create(value))


def _attributes(
    name: str, error: Text, hint: Text, props: dict[str, Any], styles: str
) -> dict[str, Any]:
    described_by = f"{name}-hint {name}-error" if _has_text(hint) else f"{name}-error"
    first = props.get("default_value", props.get("default_checked"))
    attributes = stored(first) if isinstance(first, rx.Var) else {}
    if "on_blur" in props:  # an autosaved field
        attributes["data-leaves"] = rx.Var.create("")
    return {
        "id": name,
        "name": name,
        "class_name": styles,
        "aria_invalid": rx.cond(error, "true", "false"),
        "aria_describedby": described_by,
        **props,
        "custom_attrs": attributes | props.get("custom_attrs", {}),
    }


def _labelled(
    label: str, name: str, error: Text, hint: Text, control: rx.Component
) -> rx.Component:
    hint_line = [rx.el.p(hint, id=f"{name}-hint", class_name=theme.HINT)] if _has_text(hint) else []
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name=theme.LABEL),
        control,
        *hint_line,
        refusal_line(name, error),
        class_name=theme.FIELD,
    )


def _calendar(id: str) -> list[rx.Component]:
    hidden = rx.el.input(
        type="date",
        tab_index=-1,
        aria_hidden="true",
        custom_attrs={"data-fills": id},
        class_name="absolute right-0 bottom-0 size-px opacity-0 pointer-events-none",
    )
    button = icon_button("Buka kalender", "calendar", custom_attrs={"data-calendar": id})
    return [button, hidden]


def _has_text(text: Text) -> bool:
    return isinstance(text, rx.Var) or bool(text)
