"""Tables with their page navigation, lists of facts, sections of a page.

On a phone a table becomes a list of cards (unless `stacked=False`), each value under its heading.
"""

from collections.abc import Callable, Sequence

import reflex as rx

from . import theme
from .forms import icon_button, quiet_button
from .types import Child, Condition, Fact, Handler, Text


def data_table(
    headers: Sequence[str],
    rows: rx.Component | Sequence[rx.Component],
    *,
    caption: str = "",
    stacked: bool = True,
) -> rx.Component:
    """A table. `rows` is a `rx.foreach` or a list of `row(...)`.

    With `stacked` the rows become cards on a phone: then build each cell with `cell`.
    """
    heads = [rx.el.th(name, scope="col", class_name=theme.TH) for name in headers]
    body = rows if isinstance(rows, list | tuple) else [rows]
    named = [rx.el.caption(caption, class_name="sr-only")] if caption else []
    return rx.el.div(
        rx.el.table(
            *named,
            rx.el.thead(rx.el.tr(*heads)),
            rx.el.tbody(*body),
            class_name=f"{theme.TABLE} stack-table" if stacked else theme.TABLE,
        ),
        tab_index=0,
        role="region",
        aria_label=caption or "Tabel",
        class_name="overflow-x-auto rounded-xl",
    )


def row(*cells: rx.Component, **props) -> rx.Component:
    """One row of a `data_table`."""
    return rx.el.tr(*cells, class_name=theme.TR, **props)


def cell(header: str, *content: Child, class_name: str = "") -> rx.Component:
    """One value of a `row`; `header` is shown before it on a phone."""
    return rx.el.td(
        rx.el.div(*content, class_name="min-w-0"),
        custom_attrs={"data-label": header},
        class_name=f"{theme.CELL} {class_name}",
    )


def actions(*buttons: Child) -> rx.Component:
    """The buttons and links of one row, aligned with the heading of their column."""
    return rx.el.div(*buttons, class_name="flex flex-wrap items-center -mx-3")


def pager(summary: Text, *, page: int, pages: int, on_go: Callable[..., Handler]) -> rx.Component:
    """ "Menampilkan 1 - 10 dari 153 data" and buttons to other pages; `on_go` gets a number."""
    at, last = rx.Var.create(page).to(int), rx.Var.create(pages).to(int)
    return rx.el.nav(
        rx.el.p(summary, aria_live="polite", class_name=theme.SMALL),
        rx.el.div(
            quiet_button("Sebelumnya", on_click=on_go(at - 1), disabled=at <= 1, icon="previous"),
            rx.el.span(
                f"Halaman {at} dari {last}", class_name=f"{theme.SMALL} tabular-nums max-sm:hidden"
            ),
            quiet_button(
                "Berikutnya", on_click=on_go(at + 1), disabled=at >= last, end_icon="next"
            ),
            class_name="flex items-center justify-between gap-1 max-sm:w-full -mx-3 max-sm:mx-0",
        ),
        aria_label="Halaman data",
        class_name="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 pt-2",
    )


def cursor_pager(
    summary: Text,
    position: Text,
    *,
    newer: Text,
    older: Text,
    on_turn: Callable[..., Handler],
    at_start: Condition,
    at_end: Condition,
) -> rx.Component:
    """Page navigation of a list that is paged by cursors, not by page numbers.

    `newer` and `older` are the cursors, empty where there is no such page; `on_turn` gets one of
    "first", "newer", "older", "last".
    """
    return rx.el.nav(
        rx.el.p(summary, aria_live="polite", class_name=theme.SMALL),
        rx.el.div(
            icon_button("Ke awal", "first", on_click=on_turn("first"), disabled=at_start),
            quiet_button(
                "Sebelumnya", on_click=on_turn("newer"), disabled=newer == "", icon="previous"
            ),
            rx.el.span(position, class_name=f"{theme.SMALL} tabular-nums max-sm:hidden"),
            quiet_button(
                "Berikutnya", on_click=on_turn("older"), disabled=older == "", end_icon="next"
            ),
            icon_button("Ke akhir", "last", on_click=on_turn("last"), disabled=at_end),
            class_name=f"flex items-center justify-between gap-1 {_ON_A_PHONE} -mx-3 max-sm:mx-0",
        ),
        aria_label="Halaman data",
        class_name="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 pt-2",
    )


# Four buttons in a row must fit 320 px, so those with words lose their arrows.
_ON_A_PHONE = (
    "max-sm:w-full max-sm:gap-0 max-sm:[&>button]:px-1.5 "
    "max-sm:[&>button:not([aria-label])>svg]:hidden"
)


def facts_list(*facts: tuple[str, Child] | rx.Component) -> rx.Component:
    """Label and value pairs, and `fact_rows`; an empty value is shown as a dash."""
    return rx.el.dl(
        *[fact if isinstance(fact, rx.Component) else _fact(*fact) for fact in facts],
        class_name="grid gap-x-6 gap-y-2.5 sm:gap-y-4 sm:grid-cols-2 lg:grid-cols-3",
    )


def fact_rows(rows: Sequence[Fact]) -> rx.Component:
    """The pairs of a `facts_list` that come from a State var."""
    return rx.foreach(rows, lambda fact: _fact(fact.label, fact.value))


def section(
    title: Text, *children: Child, action: rx.Component | None = None, **props
) -> rx.Component:
    """A part of a page with its own heading."""
    head = rx.el.h2(title, class_name=theme.SUBTITLE)
    return rx.el.section(
        rx.el.div(
            head,
            *([action] if action else []),
            class_name="flex flex-wrap items-center justify-between gap-3",
        ),
        *children,
        class_name=f"{theme.CARD} {theme.STACK}",
        **props,
    )


def _fact(label: Text, value: Child) -> rx.Component:
    shown = value if isinstance(value, rx.Component) else _or_dash(value)
    return rx.el.div(
        rx.el.dt(label, class_name=theme.SMALL),
        rx.el.dd(shown, class_name="font-medium text-(--ink) wrap-break-word"),
        class_name="min-w-0 max-sm:grid max-sm:grid-cols-[38%_1fr] max-sm:gap-3",
    )


def _or_dash(value: rx.Var | str | int) -> Child:
    return rx.cond(value, value, "–") if isinstance(value, rx.Var) else (value or "–")
