"""Form in which a job seeker makes a link to their profile; shows the new link once."""

from collections.abc import Callable

import reflex as rx

from ...profiles.rules.sections import RULES, Section
from ...ui import theme
from ...ui.forms import primary_button, refusal_line, secondary_button, select_field, text_field
from ...ui.native import event_form
from ...ui.tables import section
from ...ui.types import Handler, Text
from ..rules import DURATIONS, MAX_PURPOSE_LENGTH, MAX_RECIPIENT_LENGTH, SHARE_TEXT


def share_section(on_submit: Handler, done: int, error_of: Callable[[str], Text]) -> rx.Component:
    """The form for a link: recipient, duration, purpose, sections; empty again as `done` grows."""
    return section(
        "Bagikan lewat tautan",
        rx.el.p(SHARE_TEXT, class_name=theme.MUTED),
        event_form(
            rx.el.div(
                text_field(
                    "Penerima",
                    name="recipient",
                    error=error_of("recipient"),
                    hint="Misalnya PT Maju",
                    max_length=MAX_RECIPIENT_LENGTH,
                ),
                select_field(
                    "Berlaku Selama",
                    name="hours",
                    options=list(DURATIONS.items()),
                    error=error_of("hours"),
                    placeholder="",
                    default_value="24",
                ),
                class_name=theme.TWO_COLUMNS,
            ),
            text_field(
                "Tujuan",
                name="purpose",
                error=error_of("purpose"),
                hint="Misalnya melamar sebagai operator",
                max_length=MAX_PURPOSE_LENGTH,
            ),
            _sections(error_of("sections")),
            rx.el.div(primary_button("Buat Tautan"), class_name=theme.ACTIONS),
            on_submit=on_submit,
            no_validate=True,
            key=done,
            class_name=theme.STACK,
        ),
    )


def new_link(link: str) -> rx.Component:
    """The new link, shown once: only a hash of it is stored."""
    return rx.cond(
        link != "",
        section(
            "Tautan baru",
            text_field(
                "Tautan untuk Disalin",
                name="new-link",
                value=link,
                read_only=True,
                hint="Kirim hanya kepada penerimanya. Tautan ini tidak ditampilkan lagi.",
            ),
            rx.el.div(secondary_button("Salin Tautan", custom_attrs={"data-copies": "new-link"})),
        ),
    )


def _sections(error: Text) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("Bagian yang dibuka", class_name=theme.LABEL),
        rx.el.div(
            *[_box(one) for one in Section],
            class_name="grid sm:grid-cols-2 gap-x-5",
        ),
        refusal_line("sections", error),
        id="sections",
        tab_index=-1,
        class_name="min-w-0",
    )


def _box(one: Section) -> rx.Component:
    name = f"open-{one.value}"
    return rx.el.div(
        rx.el.input(id=name, name=name, type="checkbox", class_name=theme.CHECKBOX),
        rx.el.label(RULES[one].title, html_for=name, class_name="text-base leading-normal"),
        class_name="flex items-start gap-3 min-h-11 py-2",
    )
