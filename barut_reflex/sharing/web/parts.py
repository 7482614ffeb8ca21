"""Component: one row of the list "who viewed my data", also for the card page of `siapkerja`."""

import reflex as rx

from ...ui import theme
from ..queries.views import ViewRow


def view_row(row: ViewRow) -> rx.Component:
    """One view: who, when, and roughly from where."""
    return rx.el.li(
        rx.el.span(row.who, class_name="font-medium"),
        rx.el.span(
            row.when,
            rx.cond(row.location != "", rx.el.span(" · ", row.location)),
            class_name=f"{theme.SMALL} tabular-nums",
        ),
        class_name="flex flex-wrap justify-between gap-x-4 gap-y-1 py-3",
    )
