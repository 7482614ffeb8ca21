"""The frames every screen stands in: header, one heading, where the office answers, footer."""

import functools
import operator
from typing import Any, cast

import reflex as rx

from ..core import desks
from ..core.settings import settings
from ..people.rules import STAFF, Role
from ..ui import routes, theme
from ..ui.brand import brand_link, theme_toggle
from ..ui.icons import icon
from ..ui.native import anchor, link, native_form
from .confirm import confirm_dialog
from .doors import Notice, Who

OFFLINE = "Sambungan terputus. Menyambung kembali … Yang sudah tersimpan tidak hilang."
NO_SCRIPT = (
    "Halaman ini memerlukan JavaScript. Nyalakan JavaScript di peramban Anda, lalu muat ulang, "
    "atau datang langsung ke kantor kami dengan berkas asli."
)
OFFICE_UNDER = "Disnakertrans Barito Utara"

HOMES = {
    Role.JOB_SEEKER: routes.SEEKER_HOME,
    Role.OFFICER: routes.DESK,
    Role.ADMINISTRATOR: routes.DESK,
}


def public_page(title: str, *children: Any, lead: Any = "", wide: bool = False) -> rx.Component:
    """A page for everybody: forms of guests, legal texts, help."""
    look = theme.PAGE if wide else f"{theme.PAGE} max-w-xl"
    return _frame(
        _bar(routes.WELCOME, _help_link(), theme_toggle()),
        _main(_heading(title, lead), answers(), *children, look=look),
        footer(),
    )


def bare_page(*children: Any) -> rx.Component:
    """A page that brings its own heading and bands, such as the landing page."""
    return _frame(
        _bar(routes.WELCOME, _help_link(), theme_toggle()),
        rx.el.main(
            rx.el.div(answers(), class_name=f"{_ROW_WIDTH} has-[p]:pt-4"),
            *children,
            id="isi",
            tab_index=-1,
            class_name="grow",
        ),
        footer(),
    )


def seeker_page(title: str, *children: Any, lead: Any = "") -> rx.Component:
    """A page of the job seeker."""
    return _frame(
        _bar(routes.SEEKER_HOME, _help_link(), theme_toggle(), _profile_menu()),
        _main(_heading(title, lead), answers(), *children, look=theme.PAGE),
        footer(),
    )


def staff_page(title: str, *children: Any, active: str = "", lead: Any = "") -> rx.Component:
    """A page of the officer's desk; `active` is the name of the entry in the sidebar."""
    content = _main(_heading(title, lead), answers(), *children, look=theme.WIDE_PAGE)
    return _frame(
        _bar(routes.DESK, theme_toggle(), _profile_menu(), wide=True),
        rx.el.div(_sidebar(active), content, class_name="grow flex flex-col lg:flex-row"),
        confirm_dialog(),
    )


def account_page(title: str, *children: Any, lead: Any = "") -> rx.Component:
    """A page about one's own account, the same for job seekers and staff."""
    return _frame(
        _bar(own_home(), theme_toggle(), rx.cond(Who.name != "", _profile_menu())),
        _main(_heading(title, lead), answers(), *children, look=theme.PAGE),
        footer(),
        confirm_dialog(),
    )


def sections(route: str) -> list[Any]:
    """What the desks add to the page at that address."""
    return [section.draw() for section in desks.sections_of(route)]


def own_home() -> rx.Var[str]:
    """The first page of whoever is signed in."""
    homes = [(role.value, f"{home}/") for role, home in HOMES.items()]
    return cast(rx.Var[str], rx.match(Who.role, *homes, routes.WELCOME))


def answers() -> rx.Component:
    """Where the office answers: what was done, what was refused, and which fields are wrong."""
    return rx.el.div(
        rx.el.noscript(rx.el.p(NO_SCRIPT, class_name=f"{theme.NOTICE} {theme.TONES['warning']}")),
        rx.el.div(
            rx.cond(Notice.said != "", _told("success", "check", rx.el.p(Notice.said))),
            role="status",
        ),
        rx.cond(Notice.refusal != "", _refusal()),
        custom_attrs={"data-refusals": Notice.refusals},
        class_name="answers flex flex-col gap-3",
    )


def footer() -> rx.Component:
    """Which office this is, how to reach it, and the texts a citizen expects."""
    small = f"{theme.SMALL} max-w-prose"
    return rx.el.footer(
        rx.el.div(
            rx.el.div(
                rx.el.p(settings.office_name, class_name=theme.HEADING),
                rx.el.p(f"{settings.regency} · {settings.office_address}", class_name=small),
                rx.el.p(settings.office_hours, class_name=small),
                rx.el.p(_contact(), class_name=small),
                class_name="flex flex-col gap-1",
            ),
            rx.el.nav(
                anchor("Periksa Kartu", href=f"{routes.VERIFIER}/", class_name=_FOOT_LINK),
                *[link(name, href=href, class_name=_FOOT_LINK) for name, href in _FOOT_PAGES],
                aria_label="Tentang layanan",
                class_name="flex flex-col sm:items-end -my-2",
            ),
            class_name=f"{_ROW_WIDTH} py-8 flex flex-col sm:flex-row gap-6 sm:justify-between",
        ),
        class_name=f"{theme.DIVIDER} mt-auto",
    )


_CONTENT = "content grow min-w-0 flex flex-col gap-6"
_ROW_WIDTH = "mx-auto w-full max-w-6xl px-4 sm:px-6"
_TAB = "whitespace-nowrap max-sm:justify-center max-sm:[&>svg]:hidden sm:max-lg:w-auto"
_FOOT_LINK = "py-2 text-[0.9375rem] font-medium text-(--brand) underline-offset-4 hover:underline"
_FOOT_PAGES = [
    ("Bantuan", routes.HELP),
    ("Syarat dan Ketentuan", routes.TERMS),
    ("Pemberitahuan Privasi", routes.PRIVACY),
]
_MENU_ITEM = (
    "press flex w-full min-h-11 items-center gap-3 rounded-lg px-3 py-2 text-left "
    "text-[0.9375rem] font-medium text-(--ink) cursor-pointer hover:bg-(--tint)"
)


def _frame(*parts: rx.Component) -> rx.Component:
    return rx.el.div(
        anchor("Langsung ke isi", href="#isi", class_name="skip"),
        *parts,
        rx.connection_banner(_offline()),
        custom_attrs={"data-ready": rx.State.is_hydrated},
        class_name="flex min-h-dvh flex-col bg-(--paper) text-(--ink)",
    )


def _offline() -> rx.Component:
    """In sight wherever the page is scrolled to."""
    return rx.el.div(
        _told("warning", "alert", rx.el.p(OFFLINE, role="alert")),
        class_name="fixed inset-x-4 bottom-4 z-50 mx-auto max-w-xl rounded-xl shadow-lg",
    )


def _bar(home: str | rx.Var[str], *right: rx.Component, wide: bool = False) -> rx.Component:
    width = "w-full px-4 sm:px-6" if wide else _ROW_WIDTH
    return rx.el.header(
        rx.el.div(
            brand_link(home, OFFICE_UNDER),
            rx.el.div(*right, class_name="flex items-center gap-1"),
            class_name=f"{width} flex items-center justify-between gap-3 py-3",
        ),
        class_name="border-b border-(--line) bg-(--paper)",
    )


def _main(*children: Any, look: str) -> rx.Component:
    return rx.el.main(*children, id="isi", tab_index=-1, class_name=f"{_CONTENT} {look}")


def _heading(title: str, lead: Any) -> rx.Component:
    told = [rx.el.p(lead, class_name=theme.LEAD)] if not isinstance(lead, str) or lead else []
    return rx.el.div(
        rx.el.h1(title, class_name=theme.TITLE),
        *told,
        class_name="flex flex-col gap-2",
    )


def _help_link() -> rx.Component:
    return link("Bantuan", href=routes.HELP, class_name=f"{theme.QUIET} max-sm:hidden")


def _profile_menu() -> rx.Component:
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
    """The pages about oneself, as far as one's role has them."""
    entries = sorted(desks.listed(lambda desk: desk.own_menu), key=lambda entry: entry.place)
    return [_for_roles(entry, _menu_link(entry.name, entry.route, entry.icon)) for entry in entries]


def _for_roles(entry: desks.MenuEntry, shown: rx.Component) -> rx.Component:
    """Draw what stands in a menu only for the roles that have the page."""
    if entry.roles >= frozenset(Role):
        return shown
    is_theirs = [Who.role == role for role in sorted(entry.roles)]
    return cast(rx.Component, rx.cond(functools.reduce(operator.or_, is_theirs), shown))


def _menu_link(name: str, href: str, mark: str) -> rx.Component:
    return link(icon(mark), name, href=href, class_name=_MENU_ITEM)


def _sidebar(active: str) -> rx.Component:
    entries = sorted(desks.listed(lambda desk: desk.menu), key=lambda entry: entry.place)
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
    look = "bg-(--brand-soft) text-(--brand-strong)" if is_here else "text-(--ink)"
    here: dict[str, Any] = {"aria_current": "page"} if is_here else {}
    if href == routes.SCANNER:  # loaded anew: a page is given the camera only as it loads
        kind, href = anchor, f"{href}/"
    else:
        kind = link
    return kind(icon(mark), name, href=href, class_name=f"{_MENU_ITEM} {_TAB} {look}", **here)


def _told(tone: str, mark: str, *text: Any, **props) -> rx.Component:
    return rx.el.div(
        icon(mark, "size-5 mt-0.5"),
        rx.el.div(*text, class_name="min-w-0 grow"),
        class_name=f"{theme.NOTICE} {theme.TONES[tone]}",
        **props,
    )


def _refusal() -> rx.Component:
    """One sentence; with several wrong fields also the list of them, each a link to its field."""
    # A field's own line is an alert already; one announcement is enough.
    wrong = cast(Any, Notice.errors).length()
    role = rx.cond(wrong > 0, "group", "alert")
    listed = rx.el.ul(
        rx.foreach(Notice.errors, _wrong_field), class_name="mt-1 list-disc pl-5 font-normal"
    )
    return rx.el.div(
        _told(
            "danger",
            "alert",
            rx.el.p(Notice.refusal),
            rx.cond(wrong > 1, listed),
        ),
        role=role,
        aria_label=rx.cond(wrong > 0, "Isian yang perlu diperbaiki", "Penolakan"),
    )


def _wrong_field(pair: Any) -> rx.Component:
    return rx.el.li(anchor(pair[1], href=f"#{pair[0]}", class_name="underline"))


def _contact() -> str:
    ways = [settings.office_email, settings.office_phone]
    return " · ".join(way for way in ways if way)
