"""The logo, the link with logo and name, and the button for the light or dark theme."""

import reflex as rx

from . import theme
from .icons import icon
from .native import link

# Parts of the logo (a yellow card and two bends of a river form a B) on a 48-unit square.
_UPPER_BEND = "M21 9.75h7a7.1 7.1 0 0 1 0 14.2h-7"
_LOWER_BEND = "M21 23.95h9a7.15 7.15 0 0 1 0 14.3h-9"
_LINES = "M9.75 30h5M9.75 34.5h5"
_TEAL, _GREEN, _YELLOW, _BROWN = "#0f8f86", "#3fa34d", "#f6c52b", "#7a5a00"

LOGO = (  # for the plain HTML pages
    '<svg viewBox="0 0 48 48" aria-hidden="true"><g fill="none" stroke-width="7.5">'
    f'<path stroke="{_TEAL}" d="{_UPPER_BEND}"/>'
    f'<path stroke="{_GREEN}" d="{_LOWER_BEND}"/></g>'
    f'<rect x="6" y="6" width="12.5" height="36" rx="3.5" fill="{_YELLOW}"/>'
    f'<path stroke="{_BROWN}" stroke-width="2" stroke-linecap="round" d="{_LINES}"/>'
    f'<circle cx="12.25" cy="14" r="2.5" fill="{_BROWN}"/></svg>'
)


def mark(class_name: str = "size-9") -> rx.Component:
    """The logo alone, hidden from screen readers; the same drawing as `assets/logo.svg`."""
    return rx.el.svg(
        rx.el.svg.g(
            rx.el.path(d=_UPPER_BEND, stroke=_TEAL),
            rx.el.path(d=_LOWER_BEND, stroke=_GREEN),
            fill="none",
            stroke_width="7.5",
        ),
        rx.el.rect(x="6", y="6", width="12.5", height="36", rx="3.5", fill=_YELLOW),
        rx.el.path(
            d=_LINES,
            stroke=_BROWN,
            stroke_width="2",
            stroke_linecap="round",
        ),
        rx.el.circle(cx="12.25", cy="14", r="2.5", fill=_BROWN),
        view_box="0 0 48 48",
        aria_hidden="true",
        custom_attrs={"focusable": "false"},
        class_name=f"shrink-0 {class_name}",
    )


def brand_link(
    href: str | rx.Var[str], name: str | rx.Var[str], under: str | rx.Var[str]
) -> rx.Component:
    """Link with logo and name; `under` is the small line below the name."""
    return link(
        mark(),
        rx.el.span(
            rx.el.span(name, class_name=theme.BRAND),
            rx.el.span(under, class_name=theme.UNDER_BRAND),
        ),
        href=href,
        class_name=theme.BRAND_LINK,
    )


def theme_toggle() -> rx.Component:
    """Button for the light or dark theme; without a choice the device's setting is used."""
    return rx.el.button(
        icon("moon", "size-5 to-dark"),
        icon("sun", "size-5 to-light"),
        type="button",
        aria_label="Ganti tema",
        title="Ganti tema",
        on_click=rx.toggle_color_mode,
        class_name=theme.ICON_BUTTON,
    )
