"""Section of `/kartu`: makes the one-minute QR code by which staff record attendance or entry."""

import reflex as rx

from ...core import routes
from ...core.figures import duration
from ...gate.access import access
from ...gate.doors import act
from ...people.rules import Role
from ...seal.access import ACCESS_CODE_LIFETIME
from ...ui import theme
from ...ui.forms import primary_button
from ...ui.tables import section
from .. import service
from ..service import NewAccessCode


class AccessCodeState(rx.State):
    """The code just created; empty when the page opens."""

    code: NewAccessCode = NewAccessCode()

    @rx.event
    @access(Role.JOB_SEEKER)
    def load(self):
        self.code = NewAccessCode()

    @rx.event(temporal=True)
    @access(Role.JOB_SEEKER)
    async def make_code(self):
        self.code = await act(self, service.make_access_code)


def access_section() -> rx.Component:
    """The button that creates a code, and the code."""
    code = AccessCodeState.code
    return section(
        "Kode akses",
        rx.el.p(
            f"Untuk daftar hadir dan masuk ruangan. Berlaku {duration(ACCESS_CODE_LIFETIME)} dan "
            "hanya satu kali: buat saat petugas siap memindai.",
            class_name=theme.MUTED,
        ),
        rx.cond(code.code_id != "", _shown(code)),
        rx.el.div(
            primary_button(
                rx.cond(code.code_id != "", "Buat Kode Baru", "Buat Kode Akses"),
                type="button",
                on_click=AccessCodeState.make_code,
                icon="qr",
            )
        ),
    )


def _shown(code: NewAccessCode) -> rx.Component:
    """The QR code, its digits and a bar of the minute left; a new key restarts the animation."""
    return rx.el.div(
        rx.el.img(
            src=f"{routes.OWN_CARD}/akses/{code.code_id}.svg",
            alt="Kode QR akses",
            width="260",
            height="260",
            class_name="w-full max-w-65 rounded-xl bg-white",
        ),
        rx.el.p(
            code.digits,
            class_name=f"{theme.NUMBER} text-3xl font-bold",
            custom_attrs={"data-digits": ""},
        ),
        rx.el.div(
            rx.el.div(class_name="minute-bar h-full rounded-full bg-(--brand)"),
            aria_hidden="true",
            class_name="h-2 w-full max-w-65 overflow-hidden rounded-full bg-(--line)",
        ),
        rx.el.p(
            f"Berlaku {duration(ACCESS_CODE_LIFETIME)} sejak dibuat.",
            role="status",
            class_name=theme.SMALL,
        ),
        key=code.code_id,
        class_name="minute flex flex-col items-center gap-3 rounded-xl bg-(--tint) p-5 text-center",
    )
