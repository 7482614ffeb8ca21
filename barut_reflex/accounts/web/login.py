import reflex as rx

from ...ui import routes
from ...ui.forms import password_field, primary_button, text_field
from ...ui.native import native_form
from ...ui.theme import LINK
from .. import service
from .access import access
from .session import flow_of, refusal, write
from .shell import public_page


class LoginState(rx.State):
    email: str = ""

    @rx.event
    @access()
    async def load(self):
        flash = await write(self, service.take_flash, flow_of(self))
        self.email = flash.kept if flash else ""
        if flash:
            return refusal(flash.message, {"email": flash.message})


def login_page() -> rx.Component:
    return public_page(
        "Login",
        native_form(
            text_field(
                "Email",
                name="email",
                type="email",
                default_value=LoginState.email,
                key=LoginState.email,
                auto_complete="username",
                required=False,
            ),
            password_field("Password", name="password", auto_complete="current-password"),
            primary_button("Login", type="submit"),
            action="/masuk",
            method="post",
        ),
        rx.el.p(rx.el.a("Lupa Password", href=f"{routes.FORGOT_PASSWORD}/", class_name=LINK)),
        rx.el.p(
            "Belum punya akun? ",
            rx.el.a("Daftar di sini", href=f"{routes.REGISTER}/", class_name=LINK),
        ),
    )
