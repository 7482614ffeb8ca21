"""The frames every screen stands in: header, one heading, where the office answers, footer."""

from typing import Any, cast

import reflex as rx

from ..core import desks, routes
from ..core.settings import settings
from ..people.rules import Role
from ..ui import theme
from ..ui.brand import brand_link, theme_toggle
from ..ui.icons import icon
from ..ui.native import anchor, link
from .confirm import confirm_dialog
from .doors import Notice, Who
from .menus import profile_menu, sidebar

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
        _bar(routes.SEEKER_HOME, _help_link(), theme_toggle(), profile_menu()),
        _main(_heading(title, lead), answers(), *children, look=theme.PAGE),
        footer(),
    )


def staff_page(title: str, *children: Any, active: str = "", lead: Any = "") -> rx.Component:
    """A page of the officer's desk; `active` is the name of the entry in the sidebar."""
    content = _main(_heading(title, lead), answers(), *children, look=theme.WIDE_PAGE)
    return _frame(
        _bar(routes.DESK, theme_toggle(), profile_menu(), wide=True),
        rx.el.div(sidebar(active), content, class_name="grow flex flex-col lg:flex-row"),
        confirm_dialog(),
    )


def account_page(title: str, *children: Any, lead: Any = "") -> rx.Component:
    """A page about one's own account, the same for job seekers and staff."""
    return _frame(
        _bar(own_home(), theme_toggle(), rx.cond(Who.name != "", profile_menu())),
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
_FOOT_LINK = "py-2 text-[0.9375rem] font-medium text-(--brand) underline-offset-4 hover:underline"
_FOOT_PAGES = [
    ("Bantuan", routes.HELP),
    ("Syarat dan Ketentuan", routes.TERMS),
    ("Pemberitahuan Privasi", routes.PRIVACY),
]


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
