"""Screen `/lupa-password`: request a reset by email and type the code, then the link is sent."""

import reflex as rx

from ...core import routes
from ...core.figures import duration
from ...gate.access import access
from ...gate.cookies import address_of, flow_of, sign_in_of
from ...gate.doors import act_as_guest, error_of, look_as_guest, say
from ...gate.office_info import OFFICE
from ...gate.shell import public_page
from ...people.service import sessions
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import primary_button, quiet_button, text_field
from ...ui.native import event_form, link
from ..rules import LINK_LIFETIME
from ..service import reset
from .fields import ABOUT_CODES, code_form

SENT = "Link reset password sudah dikirim ke email Anda."


class ForgotState(rx.State):
    """Three steps: the address, the code, the notice that a link was sent."""

    step: str = "ask"  # ask, code, sent
    email: str = ""
    wait: str = "0/0"
    _sendings: int = 0

    @rx.event
    @access()
    async def load(self):
        person = await look_as_guest(self, sessions.find_person, sign_in_of(self))
        self.step, self.email = "ask", person.email if person else ""
        await self._show()

    async def _show(self):
        pending = await look_as_guest(self, reset.pending_reset, flow=flow_of(self))
        self._sendings += 1
        self.wait = f"{pending.resend_wait}/{self._sendings}"
        if pending.email:
            self.step, self.email = "code", pending.email

    @rx.event
    @access()
    async def send(self, form: dict[str, str]):
        email = form.get("email", "")
        who = {"flow": flow_of(self), "address": address_of(self)}
        await act_as_guest(self, reset.begin_reset, email, **who)
        self.step, self.email = "code", email.strip()
        await self._show()
        return rx.set_focus("code")

    @rx.event(temporal=True)
    @access()
    async def resend(self):
        who = {"flow": flow_of(self), "address": address_of(self)}
        await act_as_guest(self, reset.resend_reset, self.email, **who)
        await self._show()
        await say(self, f"Kode baru sedang dikirim ke {self.email}.")

    @rx.event
    @access()
    async def verify(self, form: dict[str, str]):
        await act_as_guest(self, reset.confirm_reset, form.get("code", ""), flow=flow_of(self))
        self.step = "sent"
        await say(self, SENT)

    @rx.event
    @access()
    async def restart(self):
        self.step = "ask"
        return rx.set_focus("email")


def forgot_page() -> rx.Component:
    """The page "Lupa Password"; the profile menu opens it as "Ganti Password"."""
    return public_page(
        "Lupa Password",
        rx.match(ForgotState.step, ("code", _code()), ("sent", _sent()), _ask()),
        rx.el.p(
            link("Kembali ke halaman login", href=routes.LOGIN, class_name=theme.LINK),
            class_name=f"{theme.TEXT} mt-6 text-center",
        ),
        lead="Lupa atau ingin ganti password? Kami kirim kode, lalu link, ke email Anda.",
    )


def _ask() -> rx.Component:
    return event_form(
        text_field(
            "Email",
            name="email",
            type="email",
            default_value=ForgotState.email,
            error=error_of("email"),
            hint=f"Email yang terdaftar di {OFFICE.app_name}.",
            auto_complete="username",
        ),
        primary_button("Kirim OTP", type="submit"),
        on_submit=ForgotState.send,
        no_validate=True,
        class_name=f"{theme.CARD} {theme.STACK}",
    )


def _code() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            "Kode OTP telah dikirim ke ", rx.el.strong(ForgotState.email), class_name=theme.TEXT
        ),
        code_form(ForgotState.verify, ForgotState.resend, ForgotState.wait),
        quiet_button("Pakai email lain", on_click=ForgotState.restart),
        rx.el.p(ABOUT_CODES, class_name=theme.SMALL),
        class_name=theme.STACK,
    )


def _sent() -> rx.Component:
    return notice(
        rx.el.p(
            "Buka email ",
            rx.el.strong(ForgotState.email),
            " dan tekan ",
            rx.el.strong("Reset Password"),
            ".",
        ),
        rx.el.p(
            f"Link berlaku {duration(LINK_LIFETIME)} dan hanya dapat dipakai sekali. "
            "Periksa juga folder spam."
        ),
        tone="info",
    )
