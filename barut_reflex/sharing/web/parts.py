"""What a job seeker reads of who looked."""

import reflex as rx

from ...ui import theme
from ..queries.views import ViewRow


def view_row(row: ViewRow) -> rx.Component:
    """One look: who, when, and as coarsely as we know it, from where."""
    return rx.el.li(
        rx.el.span(row.who, class_name="font-medium"),
        rx.el.span(
            row.when,
            rx.cond(row.place != "", rx.el.span(" · ", row.place)),
            class_name=f"{theme.SMALL} tabular-nums",
        ),
        class_name="flex flex-wrap justify-between gap-x-4 gap-y-1 py-3",
    )
