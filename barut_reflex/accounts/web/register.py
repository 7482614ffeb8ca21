"""Screen `/daftar`: the sign-up form of job seekers."""

import reflex as rx

from ...core import routes
from ...core.lanes import SIGN_UPS
from ...gate.access import access
from ...gate.cookies import address_of, flow_of
from ...gate.doors import act_as_guest, error_of, slow_as_guest
from ...gate.shell import public_page
from ...ui import theme
from ...ui.forms import checkbox_field, primary_button, text_field
from ...ui.native import anchor, event_form, link
from ..service import sign_up
from .fields import new_password_fields


class RegisterState(rx.State):
    """Takes the sign-up form; nothing of it stays in the state."""

    @rx.event
    @access()
    async def register(self, form: dict[str, str]):
        who = {"flow": flow_of(self), "address": address_of(self)}
        await act_as_guest(self, sign_up.count_sign_up, **who)
        good = await slow_as_guest(self, SIGN_UPS, sign_up.prepare_sign_up, form)
        await act_as_guest(self, sign_up.begin_sign_up, good, **who)
        return rx.redirect(routes.VERIFY)


def register_page() -> rx.Component:
    """The sign-up form and a link to the login."""
    return public_page(
        "Daftar Akun AK1",
        event_form(
            text_field(
                "Nama Lengkap",
                name="name",
                error=error_of("name"),
                hint="Sesuai KTP.",
                auto_complete="name",
            ),
            text_field(
                "Email",
                name="email",
                type="email",
                error=error_of("email"),
                hint="Email yang aktif: kode verifikasi dikirim ke sana.",
                auto_complete="email",
            ),
            *new_password_fields("Password"),
            _terms(),
            primary_button("Daftar", type="submit"),
            on_submit=RegisterState.register,
            no_validate=True,
            class_name=f"{theme.CARD} {theme.STACK}",
        ),
        _login(),
        lead="Silakan isi data diri Anda dengan benar.",
    )


def _terms() -> rx.Component:
    return rx.el.div(
        checkbox_field(
            "Saya menyetujui syarat dan ketentuan yang berlaku",
            name="agreed",
            error=error_of("agreed"),
        ),
        rx.el.p(
            "Baca dahulu: ",
            anchor(
                "syarat layanan", href=f"{routes.TERMS}/", target="_blank", class_name=theme.LINK
            ),
            " dan ",
            anchor("privasi", href=f"{routes.PRIVACY}/", target="_blank", class_name=theme.LINK),
            " (terbuka di tab baru).",
            class_name=theme.SMALL,
        ),
    )


def _login() -> rx.Component:
    return rx.el.p(
        "Sudah punya akun? ",
        link("Klik di sini untuk login", href=routes.LOGIN, class_name=theme.LINK),
        class_name=f"{theme.TEXT} mt-6 text-center",
    )
