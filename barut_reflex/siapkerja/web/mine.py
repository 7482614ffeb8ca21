"""Screen `/kartu`: a job seeker sees and saves their card, renews its QR code, sees who viewed it.

Opening it with a whole profile, but no valid AK1, creates the SIAPkerja-ID.
"""

import reflex as rx

from ...cards.dates import IDENTITY_YEARS
from ...cards.queries import lookup
from ...cards.queries.lookup import MyCard
from ...cards.service import issuing
from ...core import routes
from ...core.figures import in_words
from ...gate.access import access
from ...gate.doors import act, look, say
from ...gate.office_info import OFFICE
from ...gate.shell import sections, seeker_page
from ...people.rules import Role
from ...sharing.web.parts import view_row
from ...ui import theme
from ...ui.feedback import empty_state, notice, status_badge
from ...ui.forms import confirm_dialog, file_link, link_button, opens, secondary_button
from ...ui.tables import section
from ..queries import digital
from ..queries.digital import DigitalCard
from ..service import identity
from .mine_digital import fact, identity_card, keep_links, nothing_yet, photo

DIALOG = "kode-baru"
IDENTITY_DIALOG = "kode-siapkerja"
GOOD_FOR = f"{in_words(IDENTITY_YEARS)} tahun"
RENEWED = f"Kode QR diperbarui dan berlaku {GOOD_FOR}. Kode lama tidak berlaku lagi."


class CardState(rx.State):
    """The newest AK1 (`card`) and the digital card (`own`). Photo and QR have their own routes."""

    card: MyCard = MyCard()
    own: DigitalCard = DigitalCard()
    is_loaded: bool = False

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        own = await look(self, digital.my_digital_card)
        if own.is_due:
            await act(self, identity.open_identity)
            own = await look(self, digital.my_digital_card)
        self.card = await look(self, lookup.my_card)
        self.own, self.is_loaded = own, True

    @rx.event(temporal=True)
    @access(Role.JOB_SEEKER)
    async def renew_identity(self):
        await act(self, identity.renew_identity)
        self.own = await look(self, digital.my_digital_card)
        await say(self, RENEWED)

    @rx.event(temporal=True)
    @access(Role.JOB_SEEKER)
    async def renew_code(self):
        await act(self, issuing.renew_code, self.card.public_id)
        self.card = await look(self, lookup.my_card)
        await say(self, "Kode QR diperbarui. Kode pada cetakan lama tidak berlaku lagi.")


def card_page() -> rx.Component:
    return seeker_page(
        "Kartu Digital",
        rx.cond(
            CardState.is_loaded,
            rx.el.div(
                rx.cond(CardState.card.public_id != "", _mine()),
                _digital(),
                _views(),
                class_name=theme.STACK,
            ),
            rx.el.p("Memuat kartu …", role="status", class_name=theme.MUTED),
        ),
    )


def digital_card(card: MyCard) -> rx.Component:
    """The AK1 as a card on the screen."""
    return rx.el.article(
        rx.el.div(
            rx.el.p("Kartu AK1", class_name="font-bold"),
            rx.el.p(OFFICE.regency, class_name="text-sm"),
            class_name="flex flex-wrap justify-between gap-x-4 bg-(--deep) text-(--on-deep) "
            "px-5 py-3 border-b-4 border-(--sun)",
        ),
        rx.el.div(
            rx.cond(card.photo != "", photo(card.photo)),
            rx.el.div(
                status_badge(card.state, card.tone),
                rx.el.p(card.name, class_name="text-xl leading-tight font-bold wrap-break-word"),
                rx.el.p(card.number, class_name=f"{theme.NUMBER} font-semibold"),
                class_name="flex min-w-0 flex-col items-start gap-2",
            ),
            class_name="flex gap-4 px-5 pt-5",
        ),
        rx.el.div(
            fact("Terbit", card.issued),
            fact("Berlaku sampai", card.valid_until),
            rx.cond(card.next_report != "", fact("Lapor berikutnya", card.next_report)),
            class_name="flex flex-wrap gap-x-8 gap-y-3 px-5 py-5",
        ),
        rx.cond(card.can_renew, _code(card)),
        aria_label="Kartu AK1 digital",
        class_name="overflow-hidden rounded-2xl bg-(--surface) shadow-(--lift)",
    )


def _code(card: MyCard) -> rx.Component:
    return rx.el.div(
        rx.el.img(
            src=card.qr,
            alt="Kode QR kartu Anda",
            width="260",
            height="260",
            class_name="w-full max-w-65 rounded-xl bg-white",
        ),
        rx.el.p("Tunjukkan kode ini untuk diperiksa keasliannya.", class_name=theme.SMALL),
        class_name="flex flex-col items-center gap-3 bg-(--tint) px-5 py-6 text-center",
    )


def _mine() -> rx.Component:
    card = CardState.card
    where = f"Kartu dicetak di kantor {OFFICE.name} {OFFICE.regency}. Bawa KTP asli."
    return rx.el.div(
        rx.cond(card.advice != "", notice(card.advice, tone=card.tone)),
        digital_card(card),
        rx.el.div(
            rx.cond(
                card.can_renew,
                secondary_button("Perbarui Kode QR", **opens(DIALOG)),
            ),
            rx.cond(
                card.can_print,
                file_link("Cetak Kartu", f"{routes.CARD_FILE}/{card.public_id}.pdf"),
            ),
            class_name=theme.ROW,
        ),
        rx.cond(card.can_print, rx.fragment(), rx.el.p(where, class_name=theme.MUTED)),
        confirm_dialog(
            DIALOG,
            title="Buat kode baru?",
            body="Kode pada semua cetakan lama tidak berlaku lagi. Siapa pun yang memindainya "
            "melihat bahwa kodenya sudah diganti. Kartu perlu dicetak ulang di kantor.",
            confirm_label="Ya, Perbarui",
            on_confirm=CardState.renew_code,
        ),
        class_name=theme.STACK,
    )


def _digital() -> rx.Component:
    """The SIAPkerja-ID if there is no valid AK1, links to save it, sections of other desks."""
    own = CardState.own
    is_identity = own.kind == digital.SIAPKERJA_ID
    return rx.cond(
        own.kind != "",
        rx.el.div(
            rx.cond(own.advice != "", notice(own.advice, tone=own.card.tone)),
            rx.cond(is_identity, identity_card(own)),
            keep_links(),
            rx.cond(
                is_identity,
                rx.el.div(secondary_button("Perbarui Kode SIAPkerja-ID", **opens(IDENTITY_DIALOG))),
            ),
            *sections(routes.MY_CARD),
            confirm_dialog(
                IDENTITY_DIALOG,
                title="Buat kode SIAPkerja-ID baru?",
                body=f"Kode baru berlaku {GOOD_FOR} sejak hari ini. Siapa pun yang memindai kode "
                "lama melihat bahwa kodenya sudah diganti.",
                confirm_label="Ya, Buat Baru",
                on_confirm=CardState.renew_identity,
            ),
            class_name=theme.STACK,
        ),
        nothing_yet(own),
    )


def _views() -> rx.Component:
    views = CardState.own.views
    return section(
        "Siapa melihat kartu saya",
        rx.cond(
            views,
            rx.el.ul(
                rx.foreach(views, view_row),
                class_name="flex flex-col divide-y divide-(--line)",
            ),
            empty_state("Belum ada", "Setiap kali kode QR Anda dipindai, waktunya tampak di sini."),
        ),
        action=link_button("Atur Privasi", routes.PRIVACY_SETTINGS, kind="quiet", icon="lock"),
    )
