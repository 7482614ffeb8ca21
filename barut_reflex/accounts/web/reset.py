"""Screen `/reset-password`: choose a new password after opening the link from the email."""

import reflex as rx

from ...core import lanes, routes
from ...gate.access import access
from ...gate.cookies import reset_link_of
from ...gate.doors import act_as_guest, look_as_guest, say, slow_as_guest
from ...gate.shell import public_page
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import link_button, primary_button
from ...ui.native import event_form, link
from ..service import reset
from .fields import new_password_fields

DONE = "Password baru tersimpan. Semua perangkat sudah keluar; silakan login lagi."


class ResetState(rx.State):
    """Sets a new password; the token of the link stays in its HttpOnly cookie."""

    step: str = ""  # open, over, done

    @rx.event
    @access(first_password=True)
    async def load(self):
        is_good = await look_as_guest(self, reset.link_is_good, reset_link_of(self))
        self.step = "open" if is_good else "over"

    @rx.event
    @access(first_password=True)
    async def save(self, form: dict[str, str]):
        link = reset_link_of(self)
        password_hash = await slow_as_guest(
            self, lanes.HASHING, reset.prepare_new_password, form, link=link
        )
        await act_as_guest(self, reset.set_new_password, password_hash, link=link)
        self.step = "done"
        await say(self, DONE)


def reset_page() -> rx.Component:
    """The form for the new password, or a notice that the link is no longer valid."""
    return public_page(
        "Reset Password",
        rx.match(ResetState.step, ("open", _form()), ("over", _over()), rx.fragment()),
        rx.el.p(
            link("Kembali ke Halaman Login", href=routes.LOGIN, class_name=theme.LINK),
            class_name=f"{theme.TEXT} mt-6 text-center",
        ),
        lead="Buat password baru untuk akun AK1 Anda.",
    )


def _form() -> rx.Component:
    return event_form(
        *new_password_fields("Password Baru"),
        primary_button("Simpan Password Baru", type="submit"),
        on_submit=ResetState.save,
        no_validate=True,
        class_name=f"{theme.CARD} {theme.STACK}",
    )


def _over() -> rx.Component:
    return rx.el.div(
        notice(reset.LinkOver.message, tone="warning"),
        link_button("Minta Link Baru", routes.FORGOT_PASSWORD),
        class_name=theme.STACK,
    )
