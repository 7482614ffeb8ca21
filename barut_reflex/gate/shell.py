"""Frames of Reflex pages: header, heading, notices, and the footer or the staff's sidebar."""

from typing import cast

import reflex as rx

from ..core import desks, routes
from ..people.rules import Role
from ..ui import theme
from ..ui.brand import brand_link, theme_toggle
from ..ui.icons import icon
from ..ui.native import anchor, link
from .confirm import confirm_dialog
from .doors import Notice, Who
from .menus import profile_menu, sidebar
from .office_info import OFFICE

Child = rx.Component | rx.Var | str
OFFLINE = "Sambungan terputus. Menyambung kembali … Yang sudah tersimpan tidak hilang."
NO_SCRIPT = (
    "Halaman ini memerlukan JavaScript. Nyalakan JavaScript di peramban Anda, lalu muat ulang, "
    "atau datang langsung ke kantor kami dengan berkas asli."
)
FOOT_PAGES = (
    ("Periksa Kartu", routes.VERIFIER),
    ("Bantuan", routes.HELP),
    ("Syarat dan Ketentuan", routes.TERMS),
    ("Pemberitahuan Privasi", routes.PRIVACY),
)

HOMES = {  # first page of each role
    Role.JOB_SEEKER: routes.SEEKER_HOME,
    Role.OFFICER: routes.DESK,
    Role.ADMINISTRATOR: routes.DESK,
}


def public_page(title: str, *children: Child, lead: Child = "") -> rx.Component:
    """Frame of pages for everybody, such as login and sign-up."""
    return _frame(
        _bar(routes.WELCOME, _help_link(), theme_toggle()),
        _main(_heading(title, lead), notice_area(), *children, styles=f"{theme.PAGE} max-w-xl"),
        footer(),
    )


def seeker_page(title: str, *children: Child, lead: Child = "") -> rx.Component:
    """Frame of the pages of job seekers."""
    return _frame(
        _bar(routes.SEEKER_HOME, _help_link(), theme_toggle(), profile_menu()),
        _main(_heading(title, lead), notice_area(), *children, styles=theme.PAGE),
        footer(),
    )


def staff_page(title: str, *children: Child, active: str = "", lead: Child = "") -> rx.Component:
    """Frame of staff pages; `active` is the name of the page's entry in the sidebar."""
    content = _main(_heading(title, lead), notice_area(), *children, styles=theme.WIDE_PAGE)
    return _frame(
        _bar(routes.DESK, theme_toggle(), profile_menu(), wide=True),
        rx.el.div(sidebar(active), content, class_name="grow flex flex-col lg:flex-row"),
        confirm_dialog(),
    )


def account_page(title: str, *children: Child, lead: Child = "") -> rx.Component:
    """Frame of the pages about one's own account, the same for job seekers and staff."""
    return _frame(
        _bar(own_home(), theme_toggle(), rx.cond(Who.name != "", profile_menu())),
        _main(_heading(title, lead), notice_area(), *children, styles=theme.PAGE),
        footer(),
        confirm_dialog(),
    )


def sections(route: str) -> list[rx.Component]:
    """The sections that desks add to the page at this address."""
    return [section.draw() for section in desks.sections_of(route)]


def own_home() -> rx.Var[str]:
    """Address of the first page for the role that is signed in; the login page for nobody."""
    homes = [(role.value, f"{home}/") for role, home in HOMES.items()]
    return cast(rx.Var[str], rx.match(Who.role, *homes, f"{routes.LOGIN}/"))


def notice_area() -> rx.Component:
    """The place of `Notice`: what was done, what was refused, which fields are wrong."""
    return rx.el.div(
        rx.el.noscript(rx.el.p(NO_SCRIPT, class_name=f"{theme.NOTICE} {theme.TONES['warning']}")),
        rx.el.div(
            rx.cond(Notice.said != "", _notice("success", "check", rx.el.p(Notice.said))),
            role="status",
        ),
        rx.cond(Notice.refusal != "", _refusal()),
        custom_attrs={"data-refusals": Notice.refusals, "data-successes": Notice.successes},
        class_name="answers flex flex-col gap-3",
    )


def footer() -> rx.Component:
    """Name and contact of the office, links to help, terms and privacy notice."""
    small = f"{theme.SMALL} min-h-[1lh] max-w-prose"
    return rx.el.footer(
        rx.el.div(
            rx.el.div(
                rx.el.p(OFFICE.name, class_name=f"{theme.HEADING} min-h-[1lh]"),
                rx.el.p(OFFICE.place, class_name=small),
                rx.el.p(OFFICE.hours, class_name=small),
                rx.el.p(OFFICE.contact, class_name=small),
                class_name="flex flex-col gap-1",
            ),
            rx.el.nav(
                *[
                    anchor(name, href=f"{href}/", class_name=theme.FOOT_LINK)
                    for name, href in FOOT_PAGES
                ],
                aria_label="Tentang layanan",
                class_name=theme.FOOT_NAV,
            ),
            class_name=f"{theme.ROW_WIDTH} {theme.FOOT_ROW}",
        ),
        class_name=f"{theme.DIVIDER} mt-auto",
    )


def _frame(*parts: rx.Component) -> rx.Component:
    return rx.el.div(
        anchor("Langsung ke isi", href="#isi", class_name="skip"),
        *parts,
        rx.connection_banner(_offline()),
        custom_attrs={"data-ready": rx.State.is_hydrated},
        class_name=theme.FRAME,
    )


def _offline() -> rx.Component:
    """Notice of a lost connection, fixed to the bottom of the window."""
    return rx.el.div(
        _notice("warning", "alert", rx.el.p(OFFLINE, role="alert")),
        class_name="fixed inset-x-4 bottom-4 z-50 mx-auto max-w-xl rounded-xl shadow-lg",
    )


def _bar(home: str | rx.Var[str], *right: rx.Component, wide: bool = False) -> rx.Component:
    width = "w-full px-4 sm:px-6" if wide else theme.ROW_WIDTH
    return rx.el.header(
        rx.el.div(
            brand_link(home, OFFICE.app_name, OFFICE.short_name),
            rx.el.div(*right, class_name="flex items-center gap-1"),
            class_name=f"{width} {theme.BAR_ROW}",
        ),
        class_name=theme.BAR,
    )


def _main(*children: Child, styles: str) -> rx.Component:
    return rx.el.main(*children, id="isi", tab_index=-1, class_name=f"{theme.CONTENT} {styles}")


def _heading(title: str, lead: Child) -> rx.Component:
    intro = [rx.el.p(lead, class_name=theme.LEAD)] if not isinstance(lead, str) or lead else []
    return rx.el.div(
        rx.el.h1(title, class_name=theme.TITLE),
        *intro,
        class_name="flex flex-col gap-2",
    )


def _help_link() -> rx.Component:
    return link("Bantuan", href=routes.HELP, class_name=f"{theme.QUIET} max-sm:hidden")


def _notice(tone: str, mark: str, *text: Child, **props) -> rx.Component:
    return rx.el.div(
        icon(mark, "size-5 mt-0.5"),
        rx.el.div(*text, class_name="min-w-0 grow"),
        class_name=f"{theme.NOTICE} {theme.TONES[tone]}",
        **props,
    )


def _refusal() -> rx.Component:
    """The refusal; with several wrong fields also a list of links to them."""
    # The line at a field is an alert already; two would be read out.
    wrong = cast(rx.vars.ObjectVar, Notice.errors).length()
    role = rx.cond(wrong > 0, "group", "alert")
    listed = rx.el.ul(
        rx.foreach(Notice.errors, _wrong_field), class_name="mt-1 list-disc pl-5 font-normal"
    )
    return rx.el.div(
        _notice(
            "danger",
            "alert",
            rx.el.p(Notice.refusal),
            rx.cond(wrong > 1, listed),
        ),
        role=role,
        aria_label=rx.cond(wrong > 0, "Isian yang perlu diperbaiki", "Penolakan"),
    )


def _wrong_field(pair: rx.vars.ArrayVar) -> rx.Component:
    return rx.el.li(anchor(pair[1], href=f"#{pair[0]}", class_name="underline"))
