"""Screen `/admin/pengajuan/<id>`: an officer reads an application, decides it, acts on its card."""

import reflex as rx

from ...gate.access import access
from ...gate.doors import act, live, look, say
from ...gate.shell import staff_page
from ...people.rules import STAFF
from ...ui import theme
from ...ui.feedback import notice, status_badge, timeline
from ...ui.forms import link_button, secondary_button
from ...ui.tables import fact_rows, facts_list, section
from .. import service
from ..queries import case as review_case
from ..queries.case import Case
from .card_panel import card_dialogs, card_panel
from .decision import decision
from .inbox import InboxState
from .viewer import viewer

COLUMN = "min-w-0 lg:col-start-1 lg:[&_dl]:grid-cols-2"


class ReviewState(rx.State):
    """The application as the officer opened it, kept up to date while the page is open."""

    case: Case = Case()
    is_changed: bool = False  # the applicant has sent other data: the officer must reload first
    decided_by: str = ""  # the sentence who else decided it, and when
    _seal: str = ""  # hash of the data that the officer has read; a decision carries it

    @rx.event
    @access(*STAFF)
    def load(self):
        """Open the case of the address; after a lost connection keep it and a half-written note."""
        if self.case.public_id != str(self.application_id):  # pyright: ignore  from the route
            self.case, self._seal = Case(), ""
        self.decided_by, self.is_changed = "", False
        return ReviewState.watch

    @rx.event
    @access(*STAFF)
    def read_again(self):
        self._seal = ""
        return ReviewState.load

    @rx.event(background=True, supersedes=True)
    @access(*STAFF)
    async def watch(self):
        async with self:
            public_id = str(self.application_id)  # pyright: ignore
        async for case in live(self, review_case.get_case, public_id):
            async with self:
                self._announce_decision(case)
                self._show(case)

    def _announce_decision(self, case: Case) -> None:
        """Say who decided if somebody else did while this officer was reading."""
        if self.case.can_approve and case.history and not case.can_approve:
            last = case.history[-1]
            self.decided_by = f"Pengajuan ini sudah diputuskan: {last.label} pada {last.when}."

    def _show(self, case: Case) -> None:
        """Show the case, but never replace data the officer has read: announce the change."""
        self._seal = first_seal(self._seal, case.seal)
        self.is_changed = case.seal not in ("", self._seal)
        if not self.is_changed:
            self.case = case

    @rx.event
    @access(*STAFF)
    async def approve(self, form: dict[str, str]):
        chosen = {"signatory_id": form.get("signatory", ""), "seal": self._seal}
        revokes = form.get("revoke_other") == "on"
        await act(self, service.approve, self.case.public_id, revoke_other=revokes, **chosen)
        self._show(await look(self, review_case.get_case, self.case.public_id))
        await say(self, "Pengajuan disetujui. Kartu dapat dicetak.")

    @rx.event
    @access(*STAFF)
    async def return_for_correction(self, form: dict[str, str]):
        decided = {"seal": self._seal, "note": form.get("note", "")}
        await act(self, service.return_for_correction, self.case.public_id, **decided)
        self._show(await look(self, review_case.get_case, self.case.public_id))
        await say(self, "Berkas dikembalikan kepada pemohon.")


def first_seal(read: str, shown: str) -> str:
    """The seal of the data the officer has read: a later one never replaces it."""
    return read or shown


def detail_page() -> rx.Component:
    case = ReviewState.case
    return staff_page(
        "Detail Pengajuan",
        link_button("Kembali ke Daftar", InboxState.address, "quiet", icon="back"),
        rx.cond(ReviewState.is_changed, _changed()),
        rx.cond(ReviewState.decided_by, notice(rx.el.p(ReviewState.decided_by), role="alert")),
        rx.cond(
            case.public_id != "",
            _case(case),
            rx.el.p(
                rx.cond(case.missing, case.missing, "Memuat pengajuan …"),
                role="status",
                class_name=theme.TEXT,
            ),
        ),
        active="Pengajuan",
    )


def _changed() -> rx.Component:
    return notice(
        rx.el.p("Data pengajuan ini berubah sejak Anda membukanya. Periksa lagi data yang baru."),
        secondary_button("Muat Ulang", on_click=ReviewState.read_again),
        tone="warning",
        role="alert",
    )


def _case(case: Case) -> rx.Component:
    """Data, papers, decision, one below the other; on a wide screen the papers beside the rest."""
    return rx.el.div(
        rx.el.div(
            _summary(case),
            rx.cond(case.flags, _flags(case)),
            card_panel(case),
            _personal(case),
            _address(case),
            _education(case),
            class_name=f"{theme.STACK} {COLUMN} lg:row-start-1",
        ),
        rx.el.div(
            viewer(case.pages),
            class_name=(
                "min-w-0 lg:col-start-2 lg:row-start-1 lg:row-span-2 lg:sticky lg:top-4 "
                "lg:self-start"
            ),
        ),
        rx.el.div(
            decision(case, ReviewState.approve, ReviewState.return_for_correction),
            _emails(case),
            section("Riwayat", timeline(case.history)),
            class_name=f"{theme.STACK} {COLUMN} lg:row-start-2",
        ),
        card_dialogs(),
        class_name="grid gap-5 lg:grid-cols-2 lg:grid-rows-[auto_1fr]",
    )


def _summary(case: Case) -> rx.Component:
    return rx.el.div(
        rx.el.p(case.name, class_name=theme.SUBTITLE),
        rx.el.div(
            status_badge(case.status, case.tone),
            rx.el.span(f"Dikirim {case.submitted}", class_name=theme.SMALL),
            class_name=theme.ROW,
        ),
        class_name=theme.TIGHT,
    )


def _flags(case: Case) -> rx.Component:
    return notice(
        rx.el.p("Perlu diperhatikan", class_name=theme.HEADING),
        rx.el.ul(
            rx.foreach(case.flags, lambda flag: rx.el.li(flag)),
            class_name="list-disc pl-5",
        ),
        tone="warning",
    )


def _personal(case: Case) -> rx.Component:
    return section(
        "Data Pribadi",
        facts_list(
            ("NIK", rx.el.span(case.nik, class_name=theme.NUMBER)),
            ("Nama Lengkap", case.name),
            fact_rows(case.personal),
        ),
    )


def _address(case: Case) -> rx.Component:
    return section("Alamat Lengkap", facts_list(fact_rows(case.address)))


def _education(case: Case) -> rx.Component:
    skills = rx.el.ul(rx.foreach(case.skills, lambda skill: rx.el.li(skill)))
    return section(
        "Pendidikan & Keterampilan",
        facts_list(
            fact_rows(case.schooling),
            ("Keterampilan", rx.cond(case.skills, skills, rx.el.span("–"))),
        ),
    )


def _emails(case: Case) -> rx.Component:
    return section(
        "Surat kepada Pemohon",
        rx.cond(
            case.emails,
            rx.el.ul(
                rx.foreach(
                    case.emails,
                    lambda email: rx.el.li(
                        rx.el.span(email.subject, class_name="grow min-w-0"),
                        status_badge(email.state, email.tone),
                        class_name=theme.ROW,
                    ),
                ),
                class_name=theme.TIGHT,
            ),
            rx.el.p("Belum ada surat.", class_name=theme.MUTED),
        ),
    )
