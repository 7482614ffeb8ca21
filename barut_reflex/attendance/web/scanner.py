"""Screen `/pindai`: an officer scans or types access codes, and sees the list of who came today."""

import reflex as rx

from ...cards.dates import SELF_DECLARED, VERDICT_WORDS, Verdict
from ...core.figures import in_words
from ...gate.access import access
from ...gate.doors import act, error_of, live
from ...gate.shell import staff_page
from ...people.rules import STAFF
from ...ui import theme
from ...ui.feedback import empty_state, notice
from ...ui.forms import primary_button, secondary_button, select_field, text_field
from ...ui.native import event_form
from ...ui.tables import cell, data_table, row, section
from .. import queries, service
from ..queries import Today, Visit
from ..rules import PURPOSE_LABELS, AttendancePurpose
from ..service import MAX_EVENT_LENGTH, TYPED_DIGITS

MAX_SCANNED_LENGTH = 500  # characters of a scanned address; assets/scan.js has the same limit
UNCHECKED = f"{VERDICT_WORDS[Verdict.UNCHECKED]}. {SELF_DECLARED}"


class ScannerState(rx.State):
    """Today's list, and the person whose code was scanned last."""

    today: Today = Today()
    came: str = ""  # name of the person who came last
    number: str = ""
    at: str = ""
    is_checked: bool = True
    is_ready: bool = False

    @rx.event(background=True)
    @access(*STAFF)
    async def watch(self):
        async for today in live(self, queries.today):
            async with self:
                self.today, self.is_ready = today, True

    @rx.event(temporal=True)
    @access(*STAFF)
    async def check_in(self, form: dict[str, str]):
        self.came = ""
        code, event = form.get("code", ""), form.get("event", "")
        came = await act(self, service.check_in, code, purpose=_purpose(form), event=event)
        self.came, self.number, self.at = came.name, came.number, came.at
        self.is_checked = came.is_checked
        return [rx.set_value("code", ""), rx.set_focus("code")]


def _purpose(form: dict[str, str]) -> AttendancePurpose:
    known = {purpose.value: purpose for purpose in AttendancePurpose}
    return known.get(form.get("purpose", ""), AttendancePurpose.ATTENDANCE)


def scanner_page() -> rx.Component:
    """Form, camera and list."""
    return staff_page(
        "Pindai Kode Akses",
        rx.el.div(
            rx.el.div(_form(), _let_in(), class_name=theme.STACK),
            _camera(),
            class_name="grid gap-5 lg:grid-cols-2 items-start",
        ),
        _today(),
        active="Pindai",
    )


def _form() -> rx.Component:
    return event_form(
        rx.el.div(
            select_field(
                "Keperluan",
                name="purpose",
                options=[(purpose.value, PURPOSE_LABELS[purpose]) for purpose in AttendancePurpose],
                placeholder="",
                default_value=AttendancePurpose.ATTENDANCE.value,
            ),
            text_field(
                "Acara",
                name="event",
                error=error_of("event"),
                hint="Misalnya Job Fair, Ruang A (opsional)",
                max_length=MAX_EVENT_LENGTH,
            ),
            class_name=theme.TWO_COLUMNS,
        ),
        text_field(
            "Kode Akses",
            name="code",
            error=error_of("code"),
            hint=f"{in_words(TYPED_DIGITS).capitalize()} angka di layar pemegang, "
            "atau pindai dengan kamera",
            auto_complete="off",
            max_length=MAX_SCANNED_LENGTH,
        ),
        rx.el.div(primary_button("Catat"), class_name=theme.ACTIONS),
        on_submit=ScannerState.check_in,
        no_validate=True,
        id="pindai",
        class_name=f"{theme.CARD} {theme.STACK}",
    )


def _let_in() -> rx.Component:
    """The person who came last, in large letters to be read from a distance."""
    return rx.el.div(
        rx.cond(
            ScannerState.came != "",
            notice(
                rx.el.p(ScannerState.came, class_name="text-xl font-bold wrap-break-word"),
                rx.el.p(
                    "Dicatat pukul ",
                    ScannerState.at,
                    rx.cond(ScannerState.number != "", f" · AK1 {ScannerState.number}", ""),
                    class_name="tabular-nums",
                ),
                rx.cond(
                    ScannerState.is_checked,
                    rx.fragment(),
                    rx.el.p(UNCHECKED, class_name="font-semibold"),
                ),
                tone=rx.cond(ScannerState.is_checked, "success", "warning"),
                custom_attrs={"data-let-in": ""},
            ),
        ),
        role="status",
    )


def _camera() -> rx.Component:
    """The camera's picture; assets/scan.js fills the form's field and sends it once for a code."""
    return rx.el.div(
        rx.el.video(
            id="kamera",
            custom_attrs={"playsinline": "", "muted": ""},
            aria_label="Gambar kamera",
            class_name="hidden aspect-square w-full rounded-xl bg-black object-cover",
        ),
        rx.el.p("", id="kamera-kata", role="status", class_name=f"{theme.MUTED} empty:hidden"),
        rx.el.div(
            secondary_button(
                "Nyalakan Kamera", type="button", icon="camera", custom_attrs={"data-scan": ""}
            )
        ),
        class_name=f"{theme.QUIET_CARD} {theme.STACK}",
    )


def _today() -> rx.Component:
    today = ScannerState.today
    return section(
        "Daftar hari ini",
        rx.cond(
            today.rows,
            rx.el.div(
                rx.el.p(today.day, " · ", today.total, " orang", class_name=theme.MUTED),
                data_table(
                    ("Pukul", "Nama", "Nomor Daftar", "Keperluan", "Acara", "Petugas"),
                    rx.foreach(today.rows, _visit),
                    caption="Daftar hari ini",
                ),
                class_name=theme.TIGHT,
            ),
            rx.cond(
                ScannerState.is_ready,
                empty_state("Belum ada yang datang", "Yang dipindai hari ini tampak di sini."),
                rx.el.p("Memuat daftar …", role="status", class_name=theme.MUTED),
            ),
        ),
    )


def _visit(visit: Visit) -> rx.Component:
    return row(
        cell(
            "Pukul",
            visit.at,
            rx.cond(visit.was_offline, " (luring)", ""),
            class_name="tabular-nums",
        ),
        cell("Nama", visit.name, rx.cond(visit.is_checked, "", " (belum diperiksa)")),
        cell("Nomor Daftar", visit.number, class_name=theme.NUMBER),
        cell("Keperluan", visit.purpose),
        cell("Acara", visit.event),
        cell("Petugas", visit.by),
    )
