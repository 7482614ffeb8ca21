"""Dialog that asks for the password again before a dangerous act.

assets/ui.js opens it and sends its form to a plain route, so the page keeps what was typed in it.
"""

import reflex as rx

from ..core import routes
from ..core.figures import duration_in_words
from ..people.service.sessions import CONFIRMATION_LIFETIME
from ..ui import theme
from ..ui.forms import DIALOG_ACTIONS, dialog, password_field, primary_button, secondary_button
from ..ui.native import native_form
from .doors import Notice


def confirm_dialog() -> rx.Component:
    """The dialog; part of the frame of every page with such acts."""
    return dialog(
        "konfirmasi",
        "Ketik password Anda sekali lagi",
        native_form(
            rx.el.p(
                "Tindakan ini penting, jadi kami memastikan bahwa ini Anda. Setelah itu, ulangi "
                f"tindakan tadi; {duration_in_words(CONFIRMATION_LIFETIME)} berikutnya tidak "
                "ditanya lagi.",
                class_name=theme.TEXT,
            ),
            password_field("Password Anda", name="confirming"),
            rx.el.div(
                secondary_button("Batal", custom_attrs={"data-closes": ""}),
                primary_button("Konfirmasi", type="submit"),
                class_name=DIALOG_ACTIONS,
            ),
            action=routes.CONFIRM,
            method="post",
            class_name=theme.STACK,
        ),
        custom_attrs={"data-asked": Notice.password_requests},
    )
