"""Screen `/verifikasi`: type the code that a sign-up was sent, request another, fix the address."""

import reflex as rx

from ...core import routes
from ...gate.access import access
from ...gate.cookies import address_of, flow_of
from ...gate.doors import act_as_guest, error_of, look_as_guest, say
from ...gate.shell import public_page
from ...ui import theme
from ...ui.feedback import empty_state
from ...ui.forms import link_button, secondary_button, text_field
from ...ui.native import event_form, link
from ..service import sign_up
from .fields import ABOUT_CODES, code_form

WELCOME = "Akun Anda sudah aktif. Silakan login dengan email dan password Anda."


class VerifyState(rx.State):
    """The pending sign-up of this browser, found by its flow cookie, not by the state."""

    email: str = ""
    wait: str = "0/0"
    is_loaded: bool = False
    _sendings: int = 0

    @rx.event
    @access()
    async def load(self):
        await self._show()

    async def _show(self):
        pending = await look_as_guest(self, sign_up.pending_sign_up, flow=flow_of(self))
        self._sendings += 1
        self.email, self.wait = pending.email, f"{pending.resend_wait}/{self._sendings}"
        self.is_loaded = True

    @rx.event
    @access()
    async def verify(self, form: dict[str, str]):
        await act_as_guest(self, sign_up.confirm_sign_up, form.get("code", ""), flow=flow_of(self))
        await say(self, WELCOME, stays=True)
        return rx.redirect(routes.LOGIN)

    @rx.event(temporal=True)
    @access()
    async def resend(self):
        await act_as_guest(self, sign_up.resend, flow=flow_of(self), address=address_of(self))
        await self._show()
        await say(self, f"Kode baru sedang dikirim ke {self.email}.")

    @rx.event
    @access()
    async def correct(self, form: dict[str, str]):
        who = {"flow": flow_of(self), "address": address_of(self)}
        await act_as_guest(self, sign_up.correct_address, form.get("email", ""), **who)
        await self._show()
        await say(self, f"Alamat diganti. Kode sedang dikirim ke {self.email}.")


def verify_page() -> rx.Component:
    """The form for the code, the resend button, the correction of the address."""
    return public_page(
        "Verifikasi Kode OTP",
        rx.cond(
            VerifyState.email != "",
            rx.el.div(
                code_form(VerifyState.verify, VerifyState.resend, VerifyState.wait),
                _correction(),
                rx.el.p(ABOUT_CODES, class_name=theme.SMALL),
                class_name=theme.STACK,
            ),
            rx.cond(VerifyState.is_loaded, _nothing_waits()),
        ),
        lead=rx.cond(
            VerifyState.email != "",
            rx.el.span("Kode OTP telah dikirim ke ", rx.el.strong(VerifyState.email)),
            rx.el.span(),
        ),
    )


def _correction() -> rx.Component:
    return rx.el.details(
        rx.el.summary("Alamat salah? Perbaiki di sini", class_name=theme.QUIET),
        event_form(
            text_field(
                "Email",
                name="email",
                type="email",
                default_value=VerifyState.email,
                error=error_of("email"),
                auto_complete="email",
            ),
            secondary_button("Ganti Alamat", type="submit"),
            on_submit=VerifyState.correct,
            no_validate=True,
            class_name=f"{theme.STACK} pt-3",
        ),
    )


def _nothing_waits() -> rx.Component:
    return rx.el.div(
        empty_state(
            "Tidak ada pendaftaran yang menunggu",
            "Kode hanya dapat dipakai di browser tempat Anda mendaftar. "
            "Sudah pernah mendaftar? Login, lalu kode baru dikirim.",
            link_button("Daftar", routes.REGISTER),
        ),
        rx.el.p(
            link("Ke halaman login", href=routes.LOGIN, class_name=theme.LINK),
            class_name="text-center pb-6",
        ),
        class_name=theme.CARD,
    )
