"""Form parts that several account screens share: new password, one-time code with resend."""

import reflex as rx

from ...core.figures import duration
from ...gate.doors import error_of
from ...ui import theme
from ...ui.forms import password_field, primary_button, secondary_button, text_field
from ...ui.icons import icon
from ...ui.native import event_form
from ...ui.types import Handler, Text
from ..rules import CODE_LIFETIME, MIN_PASSWORD_LENGTH, PASSPHRASE_LENGTH
from ..service.codes import EMAIL_LIMITS, MAX_TRIES

CHARACTER_KINDS = [  # name in assets/ticks.js, label, sample
    ("upper", "Huruf besar", "(A-Z)"),
    ("lower", "Huruf kecil", "(a-z)"),
    ("digit", "Angka", "(0-9)"),
    ("symbol", "Simbol", "(!@#$%^&*)"),
]
RULE = (
    f"Minimal {MIN_PASSWORD_LENGTH} karakter dengan keempat jenis di bawah, "
    f"atau kalimat minimal {PASSPHRASE_LENGTH} karakter."
)
_TICK = (
    "group flex items-center gap-2 text-[0.9375rem] text-(--muted) data-[met=true]:text-(--success)"
)


def new_password_fields(label: str) -> list[rx.Component]:
    """Fields for a new password and its repetition, with a checklist of kinds of character."""
    return [
        password_field(
            label,
            name="password",
            error=error_of("password"),
            hint=RULE,
            auto_complete="new-password",
            custom_attrs={"data-ticks": "password-ticks"},
        ),
        rx.el.ul(
            *[_tick(*kind) for kind in CHARACTER_KINDS],
            id="password-ticks",
            aria_label="Jenis karakter dalam password",
            class_name="grid grid-cols-1 sm:grid-cols-2 gap-x-4 gap-y-1.5 -mt-2",
        ),
        password_field(
            "Konfirmasi Password",
            name="again",
            error=error_of("again"),
            auto_complete="new-password",
        ),
    ]


def _tick(kind: str, word: str, sample: str) -> rx.Component:
    """One line of the checklist; assets/ticks.js sets `data-met` while somebody types."""
    return rx.el.li(
        rx.el.span(icon("check", "size-4"), class_name="hidden group-data-[met=true]:inline"),
        rx.el.span(icon("minus", "size-4"), class_name="group-data-[met=true]:hidden"),
        rx.el.span(word, " ", rx.el.span(sample, class_name="font-normal")),
        rx.el.span("(sudah ada)", class_name="sr-only not-group-data-[met=true]:hidden"),
        custom_attrs={"data-kind": kind, "data-met": "false"},
        class_name=_TICK,
    )


def code_form(on_submit: Handler, on_resend: Handler, wait: Text) -> rx.Component:
    """Form for a one-time code with its resend button.

    `wait` is "seconds/count", for the countdown of assets/ticks.js.
    """
    return event_form(
        text_field(
            "Kode OTP",
            name="code",
            error=error_of("code"),
            hint="Salin semua angka dari email terbaru. Periksa juga folder spam.",
            auto_complete="one-time-code",
            input_mode="numeric",
            max_length=12,
            class_name=f"{theme.INPUT} text-2xl font-semibold tracking-[0.3em] tabular-nums",
        ),
        primary_button("Verifikasi", type="submit"),
        rx.el.div(
            secondary_button(
                "Kirim Ulang OTP",
                on_click=on_resend,
                aria_describedby="resend-wait",
                custom_attrs={"data-wait": wait},
            ),
            rx.el.p(id="resend-wait", class_name=f"{theme.SMALL} tabular-nums empty:hidden"),
            class_name=theme.TIGHT,
        ),
        on_submit=on_submit,
        no_validate=True,
        class_name=f"{theme.CARD} {theme.STACK}",
    )


(_AN_HOUR, _), (_A_DAY, _) = EMAIL_LIMITS
ABOUT_CODES = (
    f"Kode berlaku {duration(CODE_LIFETIME)} dan dapat dicoba {MAX_TRIES} kali. "
    "Kode baru membatalkan yang lama. "
    f"Satu alamat email menerima paling banyak {_AN_HOUR} kode per jam dan {_A_DAY} per hari."
)
