"""Parts of the screen `/kartu`: SIAPkerja-ID as a card, links to save it, or what is missing."""

import reflex as rx

from ...cards.dates import SELF_DECLARED, VERDICT_WORDS, Verdict
from ...core import routes
from ...gate.office_info import OFFICE
from ...ui import theme
from ...ui.feedback import empty_state, notice, status_badge
from ...ui.forms import file_link, link_button
from ...ui.tables import section
from ..queries.digital import DigitalCard

_BAND = "flex flex-wrap justify-between gap-x-4 px-5 py-3 border-b-4"


def identity_card(own: DigitalCard) -> rx.Component:
    """The SIAPkerja-ID as a card on the screen."""
    card = own.card
    return rx.el.article(
        _band(own),
        rx.el.div(
            rx.cond(card.photo != "", photo(card.photo)),
            rx.el.div(
                status_badge(card.state, card.tone),
                rx.el.p(card.name, class_name="text-xl leading-tight font-bold wrap-break-word"),
                rx.el.p(
                    rx.cond(own.is_checked, "", f"{own.kind} · "),
                    "Pencari Kerja",
                    class_name=theme.SMALL,
                ),
                class_name="flex min-w-0 flex-col items-start gap-2",
            ),
            class_name="flex gap-4 px-5 pt-5",
        ),
        rx.el.div(
            fact("Terbit", card.issued),
            fact("Berlaku sampai", card.valid_until),
            class_name="flex flex-wrap gap-x-8 gap-y-3 px-5 py-5",
        ),
        rx.el.div(
            rx.el.img(
                src=card.qr,
                alt="Kode QR SIAPkerja-ID Anda",
                width="260",
                height="260",
                class_name="w-full max-w-65 rounded-xl bg-white",
            ),
            rx.el.p("Tunjukkan kode ini untuk diperiksa keasliannya.", class_name=theme.SMALL),
            class_name="flex flex-col items-center gap-3 bg-(--tint) px-5 py-6 text-center",
        ),
        aria_label="SIAPkerja-ID digital",
        class_name="overflow-hidden rounded-2xl bg-(--surface) shadow-(--lift)",
    )


def _band(own: DigitalCard) -> rx.Component:
    """The head of the card: its kind, or a warning if no officer approved its facts."""
    return rx.cond(
        own.is_checked,
        rx.el.div(
            rx.el.p(own.kind, class_name="font-bold"),
            rx.el.p(OFFICE.regency, class_name="text-sm"),
            class_name=f"{_BAND} bg-(--deep) text-(--on-deep) border-(--sun)",
        ),
        rx.el.div(
            rx.el.p(VERDICT_WORDS[Verdict.UNCHECKED], class_name="font-bold"),
            rx.el.p(SELF_DECLARED, class_name="text-sm"),
            class_name=f"{_BAND} bg-(--warning-soft) text-(--warning) border-(--warning)",
            custom_attrs={"data-verdict": Verdict.UNCHECKED.value},
        ),
    )


def keep_links() -> rx.Component:
    """Links that save the card: as a page on the phone, as PDF, as PNG."""
    return rx.el.div(
        file_link("Simpan di Ponsel", f"{routes.OWN_CARD}/", kind="primary", icon="phone"),
        file_link("Simpan PDF", f"{routes.OWN_CARD}.pdf", icon="download"),
        file_link("Simpan Gambar", f"{routes.OWN_CARD}.png", icon="download"),
        class_name=theme.ROW,
    )


def nothing_yet(own: DigitalCard) -> rx.Component:
    """What the profile still lacks before there is a digital card."""
    return section(
        "Kartu digital",
        rx.cond(own.advice != "", notice(own.advice, tone="danger")),
        empty_state(
            "Belum ada kartu",
            "SIAPkerja-ID muncul di sini setelah profil Anda lengkap. Kartu AK1 muncul setelah "
            "pengajuan Anda disetujui petugas.",
            link_button("Lengkapi Profil", routes.PROFILE, kind="secondary"),
        ),
        rx.el.p(f"Profil Anda {own.percent}% lengkap.", class_name=f"{theme.HEADING} text-center"),
        rx.cond(
            own.missing,
            rx.el.ul(
                rx.foreach(own.missing, lambda name: rx.el.li(name)),
                aria_label="Yang masih kurang",
                class_name=f"{theme.MUTED} list-disc pl-5",
            ),
        ),
    )


def photo(address: str) -> rx.Component:
    """The holder's photo on a card."""
    return rx.el.img(
        src=address,
        alt="Pas foto Anda",
        width="90",
        height="120",
        class_name="h-30 w-[5.625rem] shrink-0 rounded-lg object-cover bg-(--tint)",
    )


def fact(label: str, value: str) -> rx.Component:
    """One fact of a card, with its label."""
    return rx.el.div(
        rx.el.p(label, class_name=theme.SMALL),
        rx.el.p(value, class_name="font-semibold"),
    )
