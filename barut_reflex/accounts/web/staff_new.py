"""Screen `/admin/akun/tambah`: an administrator creates a staff account."""

import reflex as rx

from ...core import lanes, routes
from ...core.figures import duration
from ...gate.access import access
from ...gate.doors import act, error_of, say, slow_as_guest
from ...gate.shell import staff_page
from ...people.rules import ROLE_LABELS, STAFF, Role, StaffKind
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import link_button, primary_button, select_field, text_field
from ...ui.native import event_form
from ...ui.tables import section
from ..rules import ONE_TIME_PASSWORD_LIFETIME
from ..service import staff
from .fields import new_password_fields

STAFF_KINDS = [kind.value for kind in StaffKind]
STAFF_NUMBERS = {  # name of the staff number, and a hint
    StaffKind.PNS: ("NIP", "Contoh: 198501012010011001"),
    StaffKind.PPPK: ("NIPPPK", "18 angka pada SK PPPK"),
}
ROLES = [(role.value, label) for role, label in ROLE_LABELS.items() if role in STAFF]


class StaffNewState(rx.State):
    """Creates the account. Of the form only the kind of official stays, to label its number."""

    kind: str = ""

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def begin(self):
        """Reset the form when the page opens; `on_load` would also run on each reconnect."""
        self.kind = ""

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def choose_kind(self, kind: str):
        self.kind = kind

    @rx.event
    @access(Role.ADMINISTRATOR)
    async def save(self, form: dict[str, str]):
        good = await slow_as_guest(self, lanes.HASHING, staff.prepare_staff, form)
        person = await act(self, staff.create_staff, good)
        await say(self, f"Akun {person.name} dibuat. Serahkan passwordnya langsung.", stays=True)
        return rx.redirect(routes.STAFF)


def staff_new_page() -> rx.Component:
    """The form "Tambah Akun Admin", as in the office's AK1 manual."""
    return staff_page(
        "Tambah Akun Admin",
        event_form(
            _personal(),
            section("Keamanan", *new_password_fields("Password")),
            _service(),
            notice(
                rx.el.p(
                    "Password yang diketik di sini hanya untuk login pertama, berlaku "
                    f"{duration(ONE_TIME_PASSWORD_LIFETIME)}."
                ),
                rx.el.p("Email dipakai untuk login dan pemberitahuan sistem."),
            ),
            rx.el.div(
                link_button("Kembali", routes.STAFF, kind="secondary"),
                primary_button("Simpan Admin", type="submit"),
                class_name=theme.ACTIONS,
            ),
            on_submit=StaffNewState.save,
            on_mount=StaffNewState.begin,
            no_validate=True,
            class_name=f"{theme.STACK} max-w-2xl",
        ),
        active="Akun",
        lead="Lengkapi formulir untuk menambahkan petugas atau administrator.",
    )


def _personal() -> rx.Component:
    return section(
        "Informasi Personal",
        text_field("Nama Lengkap", name="name", error=error_of("name"), auto_complete="off"),
        text_field(
            "Email", name="email", type="email", error=error_of("email"), auto_complete="off"
        ),
    )


def _service() -> rx.Component:
    return section(
        "Informasi Kepegawaian",
        select_field(
            "Jenis Pejabat",
            name="staff_kind",
            options=STAFF_KINDS,
            placeholder="Pilih jenis pejabat",
            hint="PNS: Pegawai Negeri Sipil. PPPK: Pegawai Pemerintah dengan Perjanjian Kerja.",
            error=error_of("staff_kind"),
            on_change=StaffNewState.choose_kind,
        ),
        rx.match(
            StaffNewState.kind,
            *[(kind.value, _number(*number)) for kind, number in STAFF_NUMBERS.items()],
            rx.fragment(),
        ),
        text_field(
            "Jabatan",
            name="position",
            error=error_of("position"),
            hint="Contoh: Pengantar Kerja, Kepala Bidang",
        ),
        select_field(
            "Peran", name="role", options=ROLES, placeholder="Pilih peran", error=error_of("role")
        ),
    )


def _number(label: str, hint: str) -> rx.Component:
    return text_field(
        label,
        name="staff_number",
        error=error_of("staff_number"),
        hint=hint,
        input_mode="numeric",
        auto_complete="off",
    )
