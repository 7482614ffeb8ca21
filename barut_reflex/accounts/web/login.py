"""Screen `/login`: the form, sent to a plain route so that no password enters a Reflex state."""

import reflex as rx

from ...core import routes
from ...gate.access import access
from ...gate.cookies import flow_of
from ...gate.doors import error_of, refusal, write_as_guest
from ...gate.flash import take_flash
from ...gate.shell import public_page
from ...ui import theme
from ...ui.forms import password_field, primary_button, text_field
from ...ui.native import link, native_form

MAX_FIELD_LENGTH = 500  # characters


class LoginState(rx.State):
    """Shows the refusal that the plain route left for this browser."""

    @rx.event
    @access()
    async def load(self):
        """Show the flash message of the login route, and put back the address that was typed."""
        flash = await write_as_guest(self, take_flash, flow_of(self))
        if flash:
            yield rx.set_value("email", flash.kept)
            yield refusal(flash.message, {"email": flash.message})


def login_page() -> rx.Component:
    """The login form, with links to sign-up and password reset."""
    return public_page(
        "Login",
        native_form(
            text_field(
                "Email",
                name="email",
                type="email",
                error=error_of("email"),
                auto_complete="username",
                max_length=MAX_FIELD_LENGTH,
            ),
            password_field(
                "Password",
                name="password",
                auto_complete="current-password",
                max_length=MAX_FIELD_LENGTH,
            ),
            primary_button("Login", type="submit"),
            rx.el.p(link("Lupa Password", href=routes.FORGOT_PASSWORD, class_name=theme.LINK)),
            action=routes.SIGN_IN,
            method="post",
            class_name=f"{theme.CARD} {theme.STACK}",
        ),
        rx.el.p(
            "Belum punya akun? ",
            link("Daftar di sini", href=routes.REGISTER, class_name=theme.LINK),
            class_name=f"{theme.TEXT} mt-6 text-center",
        ),
        lead="Masuk dengan email dan password yang Anda daftarkan.",
    )
