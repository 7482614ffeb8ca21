"""Screen `/profil/privasi`: a job seeker opens sections, makes and revokes links, sees viewers."""

import reflex as rx

from ...core import routes
from ...core.settings import settings
from ...gate.access import access
from ...gate.doors import Notice, act, error_of, look, say
from ...gate.shell import seeker_page
from ...people.rules import Role
from ...ui import theme
from ...ui.feedback import empty_state, notice, status_badge
from ...ui.forms import confirm_dialog, file_link, opens, quiet_button
from ...ui.tables import section
from .. import service
from ..queries import views
from ..queries.consent import Link, OpenState, Privacy, my_privacy
from ..queries.views import ViewRow
from .parts import view_row
from .share_form import new_link, share_section

CONSENT_DIALOG = "buka-bagian"
CHECKBOX_ON = "on"  # the value that a browser sends for a ticked box


class PrivacyState(rx.State):
    """My consents, links and views; `link` is a new link, cleared by the next press or page."""

    mine: Privacy = Privacy()
    views: list[ViewRow] = []
    chosen: str = ""
    title: str = ""
    link: str = ""
    done: int = 0  # grows with each link; being the form's key, it makes the form empty again
    is_loaded: bool = False

    @rx.event
    @access(Role.JOB_SEEKER)
    async def load(self):
        self.link = ""
        self.mine = await look(self, my_privacy)
        self.views = await look(self, views.my_views)
        self.is_loaded = True

    @rx.event
    @access(Role.JOB_SEEKER)
    def choose(self, section: str, title: str):
        self.chosen, self.title = section, title
        return Notice.clear

    @rx.event(temporal=True)
    @access(Role.JOB_SEEKER)
    async def open_chosen(self):
        await act(self, service.open_section, self.chosen, version=self.mine.version)
        await self._show()
        await say(self, f"{self.title} sekarang terbuka untuk semua.")

    @rx.event(temporal=True)
    @access(Role.JOB_SEEKER)
    async def close(self, section: str):
        await act(self, service.close_section, section)
        await self._show()
        await say(self, "Bagian itu ditutup. Berlaku mulai sekarang.")

    @rx.event(temporal=True)
    @access(Role.JOB_SEEKER)
    async def share(self, form: dict[str, str]):
        typed = {name: form.get(name, "") for name in ("recipient", "purpose", "hours")}
        token = await act(self, service.share, sections=sections_in(form), **typed)
        await self._show()
        self.link, self.done = f"{settings.address}{routes.SHARED}/{token}", self.done + 1
        await say(self, "Tautan dibuat. Salin sekarang: tautan ini tidak ditampilkan lagi.")

    @rx.event(temporal=True)
    @access(Role.JOB_SEEKER)
    async def revoke(self, public_id: str):
        await act(self, service.revoke_link, public_id)
        await self._show()
        await say(self, "Tautan dicabut dan tidak dapat dibuka lagi.")

    async def _show(self):
        self.link = ""
        self.mine = await look(self, my_privacy)


def sections_in(form: dict[str, str]) -> list[str]:
    """The sections ticked in the form for a link.

    A field counts by its value, since its name alone does not say that it was ticked.
    """
    ticked = [name for name, value in form.items() if value == CHECKBOX_ON]
    return [name.removeprefix("open-") for name in ticked if name.startswith("open-")]


def privacy_page() -> rx.Component:
    """The settings of what others may see, the links, and the list of views."""
    return seeker_page(
        "Privasi Profil",
        rx.cond(
            PrivacyState.is_loaded,
            rx.el.div(
                notice(
                    "Pendidikan dan keahlian tercetak di kartu, jadi selalu tampak. Bagian lain "
                    "tertutup sampai Anda membukanya. NIK tidak pernah tampak bagi umum. Petugas "
                    "kantor dapat melihat semuanya, dan itu dicatat di bawah."
                ),
                _sections(),
                new_link(PrivacyState.link),
                share_section(PrivacyState.share, PrivacyState.done, error_of),
                _links(),
                _views(),
                _consent_dialog(),
                class_name=theme.STACK,
            ),
            rx.el.p("Memuat …", role="status", class_name=theme.MUTED),
        ),
    )


def _sections() -> rx.Component:
    rows = PrivacyState.mine.sections
    return section(
        "Terbuka untuk semua",
        rx.el.p("Yang tampak bagi siapa pun yang memindai kode QR Anda.", class_name=theme.MUTED),
        rx.el.ul(
            rx.foreach(rows, _section_row), class_name="flex flex-col divide-y divide-(--line)"
        ),
        action=file_link(
            "Seperti Dilihat Orang Lain", f"{routes.PREVIEW}/", kind="quiet", icon="eye"
        ),
    )


def _section_row(row: OpenState) -> rx.Component:
    opened = rx.cond(row.since != "", rx.el.p("Sejak ", row.since, class_name=theme.SMALL))
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.title, class_name=theme.HEADING),
            rx.cond(
                row.is_always_open,
                rx.el.p("Selalu, karena tercetak di kartu", class_name=theme.SMALL),
                opened,
            ),
            class_name="min-w-0 grow",
        ),
        rx.cond(
            row.is_open, status_badge("Terbuka", "success"), status_badge("Tertutup", "neutral")
        ),
        rx.cond(
            row.is_always_open,
            rx.fragment(),
            rx.cond(
                row.is_open,
                quiet_button(
                    "Tutup",
                    on_click=PrivacyState.close(row.value),
                    aria_label=f"Tutup {row.title}",
                ),
                quiet_button(
                    "Buka",
                    on_click=PrivacyState.choose(row.value, row.title),
                    aria_label=f"Buka {row.title}",
                    **opens(CONSENT_DIALOG),
                ),
            ),
        ),
        class_name="flex items-center gap-x-2 sm:gap-x-3 py-2",
    )


def _links() -> rx.Component:
    rows = PrivacyState.mine.links
    return section(
        "Tautan Anda",
        rx.cond(
            rows,
            rx.el.ul(
                rx.foreach(rows, _link_row), class_name="flex flex-col divide-y divide-(--line)"
            ),
            empty_state("Belum ada tautan", "Buat tautan di atas untuk satu penerima."),
        ),
    )


def _link_row(row: Link) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.recipient, class_name=f"{theme.HEADING} wrap-break-word"),
            rx.el.p(row.purpose, class_name=f"{theme.SMALL} wrap-break-word"),
            rx.el.p(row.sections, class_name=theme.SMALL),
            rx.el.p("Sampai ", row.until, class_name=f"{theme.SMALL} tabular-nums"),
            class_name="min-w-0 grow",
        ),
        status_badge(row.state, row.tone),
        rx.cond(
            row.is_valid,
            rx.el.div(
                file_link("Lihat", f"{routes.PREVIEW}/?tautan={row.public_id}", kind="quiet"),
                quiet_button(
                    "Cabut",
                    on_click=PrivacyState.revoke(row.public_id),
                    aria_label=f"Cabut tautan untuk {row.recipient}",
                ),
                class_name="flex",
            ),
        ),
        class_name="flex flex-wrap items-center gap-x-3 gap-y-1 py-3",
    )


def _views() -> rx.Component:
    rows = PrivacyState.views
    return section(
        "Siapa melihat kartu saya",
        rx.cond(
            rows,
            rx.el.ul(
                rx.foreach(rows, view_row), class_name="flex flex-col divide-y divide-(--line)"
            ),
            empty_state("Belum ada", "Setiap pindaian dan pembukaan tautan tampak di sini."),
        ),
    )


def _consent_dialog() -> rx.Component:
    return confirm_dialog(
        CONSENT_DIALOG,
        title=f"Buka {PrivacyState.title} untuk semua?",
        body=PrivacyState.mine.consent,
        confirm_label="Saya Setuju, Buka",
        on_confirm=PrivacyState.open_chosen,
    )
