"""The two menus of Reflex pages, staff sidebar and profile menu, built from all manifests."""

import functools
import operator
from typing import Any, cast

import reflex as rx

from ..core import desks, routes
from ..people.rules import STAFF, Role
from ..ui import theme
from ..ui.icons import icon
from ..ui.native import anchor, link, native_form
from .doors import Who

_TAB = "whitespace-nowrap max-sm:justify-center max-sm:[&>svg]:hidden sm:max-lg:w-auto"
_MENU_ITEM = (
    "press flex w-full min-h-11 items-center gap-3 rounded-lg px-3 py-2 text-left "
    "text-[0.9375rem] font-medium text-(--ink) cursor-pointer hover:bg-(--tint)"
)


def profile_menu() -> rx.Component:
    """Menu in the header: who is signed in, the pages about oneself, logout."""
    return rx.el.details(
        rx.el.summary(
            icon("user"),
            rx.el.span(Who.name, class_name="max-w-40 truncate max-sm:hidden"),
            rx.el.span("Menu profil", class_name="sr-only"),
            icon("down", "size-4 turn"),
            class_name=f"{theme.QUIET} text-(--ink)",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.p(Who.name, class_name="font-semibold wrap-break-word"),
                rx.el.p(Who.email, class_name=f"{theme.SMALL} wrap-break-word"),
                rx.el.p(Who.role_label, class_name=theme.SMALL),
                class_name="px-3 pt-2 pb-3 mb-2 border-b border-(--line)",
            ),
            *_own_pages(),
            native_form(
                rx.el.button(icon("leave"), "Keluar", type="submit", class_name=_MENU_ITEM),
                action=routes.SIGN_OUT,
                method="post",
            ),
        ),
        class_name="menu relative",
    )


def _own_pages() -> list[rx.Component]:
    """Links to the pages about oneself that the role may open."""
    entries = sorted(desks.collect(lambda desk: desk.own_menu), key=lambda entry: entry.position)
    return [_for_roles(entry, _menu_link(entry.name, entry.route, entry.icon)) for entry in entries]


def _for_roles(entry: desks.MenuEntry, shown: rx.Component) -> rx.Component:
    """Show a menu entry only to the roles that may open its page."""
    if entry.roles >= frozenset(Role):
        return shown
    is_theirs = [Who.role == role for role in sorted(entry.roles)]
    return cast(rx.Component, rx.cond(functools.reduce(operator.or_, is_theirs), shown))


def _menu_link(name: str, href: str, mark: str) -> rx.Component:
    return link(icon(mark), name, href=href, class_name=_MENU_ITEM)


def sidebar(active: str) -> rx.Component:
    """The menu of staff pages; `active` is the name of the open page's entry."""
    entries = sorted(desks.collect(lambda desk: desk.menu), key=lambda entry: entry.position)
    return rx.el.nav(
        *[_side_entry(entry, active) for entry in entries],
        aria_label="Menu petugas",
        class_name=(
            "flex lg:flex-col gap-1 overflow-x-auto lg:overflow-visible px-4 sm:px-6 lg:px-3 "
            "py-2 lg:py-6 lg:w-56 lg:shrink-0 border-b lg:border-b-0 lg:border-r border-(--line)"
        ),
    )


def _side_entry(entry: desks.MenuEntry, active: str) -> rx.Component:
    shown = _side_link(entry.name, entry.route, entry.icon, active)
    return shown if entry.roles >= STAFF else _for_roles(entry, shown)


def _side_link(name: str, href: str, mark: str, active: str) -> rx.Component:
    is_here = name == active
    styles = "bg-(--brand-soft) text-(--brand-strong)" if is_here else "text-(--ink)"
    here: dict[str, Any] = {"aria_current": "page"} if is_here else {}
    if href == routes.SCANNER:  # a full load, as browsers grant the camera only then
        kind, href = anchor, f"{href}/"
    else:
        kind = link
    return kind(icon(mark), name, href=href, class_name=f"{_MENU_ITEM} {_TAB} {styles}", **here)
