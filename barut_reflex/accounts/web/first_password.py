"""Screen `/password-awal`: replace a one-time password by one's own at the first login."""

import reflex as rx

from ...core import lanes, routes
from ...gate.access import access
from ...gate.cookies import sign_in_of
from ...gate.doors import act, say, slow
from ...gate.shell import public_page
from ...people.rules import Role
from ...ui import theme
from ...ui.forms import primary_button, quiet_button
from ...ui.native import event_form, native_form
from ..service import staff
from .fields import new_password_fields
from .routes import home_of


class FirstPasswordState(rx.State):
    """Saves the new password; the form never stays in the state."""

    @rx.event
    @access(*Role, first_password=True)
    async def save(self, form: dict[str, str]):
        password_hash = await slow(self, lanes.HASHING, staff.prepare_first_password, form)
        person = await act(self, staff.set_first_password, password_hash, sign_in=sign_in_of(self))
        await say(self, "Password Anda tersimpan.", stays=True)
        return rx.redirect(home_of(person))


def first_password_page() -> rx.Component:
    """The page that somebody with a one-time password is led to, until it is replaced."""
    return public_page(
        "Buat Password Sendiri",
        event_form(
            *new_password_fields("Password Baru"),
            primary_button("Simpan Password Baru", type="submit"),
            on_submit=FirstPasswordState.save,
            no_validate=True,
            class_name=f"{theme.CARD} {theme.STACK}",
        ),
        native_form(
            quiet_button("Keluar", type="submit"),
            action=routes.SIGN_OUT,
            method="post",
            class_name="mt-6 text-center",
        ),
        lead="Password sementara hanya untuk sekali masuk. Buat password Anda sendiri dahulu.",
    )
