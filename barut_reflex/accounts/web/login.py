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

LONGEST = 500  # letters; the browser itself sends this form, and the office takes no more


class LoginState(rx.State):
    @rx.event
    @access()
    async def load(self):
        """What the route behind the form had to say; the address typed there is put back."""
        flash = await write_as_guest(self, take_flash, flow_of(self))
        if flash:
            yield rx.set_value("email", flash.kept)
            yield refusal(flash.message, {"email": flash.message})


def login_page() -> rx.Component:
    return public_page(
        "Login",
        native_form(
            text_field(
                "Email",
                name="email",
                type="email",
                error=error_of("email"),
                auto_complete="username",
                max_length=LONGEST,
            ),
            password_field(
                "Password",
                name="password",
                auto_complete="current-password",
                max_length=LONGEST,
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
