"""Components that inform: badges, notices, empty states, steps, timeline, progress, crash page.

Meaning is always shown by colour, icon and word together.
"""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx
from reflex.event import noop
from reflex_components_core.base.error_boundary import ErrorBoundary

from ..core import routes
from . import theme
from .forms import file_link
from .icons import icon
from .types import Child, Moment, Text

ICONS = {
    "success": "check",
    "warning": "alert",
    "danger": "cross",
    "info": "clock",
    "neutral": "draft",
}
NOTICE_ICONS = {**ICONS, "info": "info", "neutral": "info"}


def status_badge(text: Text, tone: Text = "neutral") -> rx.Component:
    """A status with colour, icon and word; `tone` is a key of `theme.TONES` or a Var of one."""
    return rx.el.span(
        _by_tone(tone, lambda key: icon(ICONS[key], "size-4")),
        rx.el.span(text),
        class_name=_styles(theme.BADGE, tone),
    )


def notice(*text: Child, tone: Text = "info", **props) -> rx.Component:
    """A permanent notice on the page; results of acts are shown by `say` instead."""
    return rx.el.div(
        _by_tone(tone, lambda key: icon(NOTICE_ICONS[key], "size-5 mt-0.5")),
        rx.el.div(*text, class_name="min-w-0 grow text-(--ink)"),
        class_name=_styles(theme.NOTICE, tone),
        **props,
    )


def empty_state(title: Text, text: Text = "", action: rx.Component | None = None) -> rx.Component:
    """Placeholder for an empty list, with the next step to take."""
    return rx.el.div(
        _drawing(),
        rx.el.p(title, class_name=theme.HEADING),
        rx.el.p(text, class_name=f"{theme.MUTED} max-w-prose empty:hidden"),
        *([rx.el.div(action, class_name="pt-2")] if action else []),
        class_name="flex flex-col items-center gap-1.5 px-4 py-8 text-center",
    )


def steps(labels: Sequence[str], *, current: int | rx.Var[int]) -> rx.Component:
    """Numbered steps with labels; `current` counts from 1, the steps before it are done."""
    return rx.el.ol(
        *[_step(number, label, current) for number, label in enumerate(labels, 1)],
        aria_label="Langkah pengajuan",
        class_name="flex gap-2 sm:gap-4",
    )


def timeline(rows: Sequence[Moment]) -> rx.Component:
    """List of dated events, such as the history of an application."""
    return rx.el.ol(rx.foreach(rows, _moment), class_name="timeline flex flex-col")


def progress(label: str, **props) -> rx.Component:
    """A progress bar from 0 to 100 with an accessible name."""
    return rx.el.progress(max=100, aria_label=label, class_name="progress", **props)


def error_boundary(stateful: bool) -> rx.Component:
    """Replaces Reflex's error boundary, which shows the cause of a crash to everybody.

    For `app.app_wraps[(55, "ErrorBoundary")]`.
    """
    quiet: dict[str, Any] = {} if stateful else {"on_error": noop()}
    return ErrorBoundary.create(fallback_render=rx.Var.create(crash_page()), **quiet)


def crash_page() -> rx.Component:
    """Shown in place of a page whose script crashed; does not show the cause."""
    return rx.el.main(
        _drawing(),
        rx.el.h1("Halaman ini terhenti", class_name=theme.TITLE),
        rx.el.p(
            "Ada yang tidak beres di halaman ini. Yang sudah tersimpan tidak hilang. Muat ulang; "
            "bila terulang, beri tahu kami.",
            class_name=theme.LEAD,
        ),
        rx.el.div(
            # A full page load, as the navigation within the page may be what failed.
            file_link("Ke halaman utama", routes.WELCOME, kind="primary", icon="home"),
            class_name="flex flex-col sm:flex-row",
        ),
        class_name=f"{theme.PAGE} max-w-xl flex flex-col gap-5",
    )


def _step(number: int, label: str, current: int | rx.Var[int]) -> rx.Component:
    at = rx.Var.create(current).to(int)
    is_done, is_now = at > number, at == number
    disc = rx.cond(is_done, icon("check", "size-4"), rx.el.span(str(number)))
    disc_styles = rx.cond(
        at >= number, "bg-(--brand) text-(--on-brand)", "bg-(--tint) text-(--muted)"
    )
    line = rx.cond(at >= number, "border-(--brand)", "border-(--line)")
    return rx.el.li(
        rx.el.span(disc, class_name=["step-disc", disc_styles]),
        rx.el.span(
            label,
            rx.cond(is_done, rx.el.span(" (selesai)", class_name="sr-only")),
            class_name=rx.cond(is_now, "font-bold text-(--ink)", "font-medium text-(--muted)"),
        ),
        aria_current=rx.cond(is_now, "step", "false"),
        class_name=["flex-1 flex flex-col gap-1.5 border-t-4 pt-2.5 text-sm leading-tight", line],
    )


def _moment(row: Moment) -> rx.Component:
    dot = rx.cond(row.is_done, "bg-(--brand)", "bg-(--surface) ring-2 ring-inset ring-(--edge)")
    return rx.el.li(
        rx.el.span(aria_hidden="true", class_name=["moment-dot", dot]),
        rx.el.div(
            rx.el.p(row.label, class_name=theme.HEADING),
            rx.el.p(row.when, class_name=f"{theme.SMALL} tabular-nums empty:hidden"),
            rx.el.p(row.note, class_name=f"{theme.MUTED} empty:hidden whitespace-pre-line"),
            class_name="min-w-0",
        ),
        class_name="moment",
    )


def _by_tone(tone: Text, draw: Callable[[str], rx.Component]) -> rx.Component | rx.Var:
    if isinstance(tone, str):
        return draw(tone)
    known = [key for key in ICONS if key != "neutral"]
    return rx.match(tone, *[(key, draw(key)) for key in known], draw("neutral"))


def _styles(base: str, tone: Text) -> Text | list[Child]:
    if isinstance(tone, str):
        return f"{base} {theme.TONES[tone]}"
    known = [(key, styles) for key, styles in theme.TONES.items() if key != "neutral"]
    return [base, rx.match(tone, *known, theme.TONES["neutral"])]


def _drawing() -> rx.Component:
    """Decorative drawing of a river."""
    return rx.el.svg(
        rx.el.path(d="M4 26c14 0 14-16 28-16s14 16 28 16 14-16 28-16"),
        view_box="0 0 92 36",
        fill="none",
        stroke="currentColor",
        stroke_width="4",
        stroke_linecap="round",
        aria_hidden="true",
        class_name="h-8 text-(--line-strong) mb-1",
    )
