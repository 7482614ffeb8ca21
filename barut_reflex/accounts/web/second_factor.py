"""Screen `/langkah-kedua`: enter the second factor; enrol, replace, remove an authenticator app."""

import reflex as rx
from reflex.event import EventSpec

from ...core import routes
from ...gate.access import access
from ...gate.cookies import flow_of, sign_in_of
from ...gate.doors import act, error_of, look_as_guest, refusal, say, write, write_as_guest
from ...gate.flash import take_flash
from ...gate.shell import account_page, own_home
from ...people.rules import Role
from ...ui import theme
from ...ui.feedback import notice
from ...ui.forms import (
    confirm_dialog,
    danger_button,
    link_button,
    opens,
    primary_button,
    quiet_button,
    secondary_button,
    text_area,
    text_field,
)
from ...ui.native import native_form
from ...ui.tables import facts_list, section
from ..service import recovery, second_factor
from ..service.recovery import RECOVERY_CODES
from ..service.second_factor import APP_CODE_DIGITS, TIME_STEP

PICTURE = f"{routes.SECOND_STEP}/qr.svg"
TURN_OFF = "matikan-langkah-kedua"
RECOVERY = (
    "Telepon hilang? Ketik salah satu kode pemulihan Anda di kolom yang sama. Tanpa keduanya, "
    "hubungi administrator kantor."
)
APPS = (
    "Pasang aplikasi autentikator di telepon Anda, misalnya Google Authenticator, Microsoft "
    "Authenticator, atau Aegis."
)


class SecondStepState(rx.State):
    """State of the second factor. Secret and recovery codes go to their fields, not into it."""

    kind: str = ""
    is_waiting: bool = False
    is_required: bool = False
    since: str = ""
    codes_left: int = 0
    has_codes: bool = False  # new recovery codes are shown, only this once
    drawn: int = 0  # grows with each new secret, so that the browser loads its QR code again

    @rx.event
    @access(first_password=True)
    async def load(self):
        self.has_codes = False
        await self._show()
        if not self.kind:
            return rx.redirect(routes.LOGIN)
        message = await self._flash()
        return [*message, *(await self._fill_fields())]

    async def _show(self):
        step = await look_as_guest(self, second_factor.second_step, sign_in=sign_in_of(self))
        self.kind, self.is_waiting, self.is_required = step.kind, step.is_waiting, step.is_required
        self.since, self.codes_left = step.since, step.codes_left

    async def _flash(self) -> list[EventSpec]:
        """The flash message that the plain route left."""
        flash = await write_as_guest(self, take_flash, flow_of(self))
        return [refusal(flash.message, {"code": flash.message})] if flash else []

    async def _fill_fields(self) -> list[EventSpec]:
        """Fill in the secret while enrolling, or the first recovery codes right after it."""
        if self.kind == "enrol":
            secret = await write_as_guest(
                self, second_factor.offer_secret, sign_in=sign_in_of(self)
            )
            self.drawn += 1
            return [rx.set_value("secret", secret)]
        if self.kind == "on":
            return await self._fill(await write(self, recovery.first_recovery_codes))
        return []

    async def _fill(self, codes: list[str]) -> list[EventSpec]:
        self.has_codes, self.codes_left = bool(codes), len(codes) or self.codes_left
        return [rx.set_value("recovery", "\n".join(codes))] if codes else []

    @rx.event
    @access(*Role)
    async def begin(self):
        await act(self, second_factor.begin_enrolment, sign_in=sign_in_of(self))
        await self._show()
        return await self._fill_fields()

    @rx.event
    @access(*Role)
    async def leave(self):
        await act(self, second_factor.leave_enrolment, sign_in=sign_in_of(self))
        await self._show()

    @rx.event
    @access(*Role)
    async def renew_codes(self):
        codes = await act(self, recovery.new_recovery_codes)
        await say(self, "Kode pemulihan baru dibuat. Yang lama tidak berlaku lagi.")
        return await self._fill(codes)

    @rx.event
    @access(*Role)
    async def turn_off(self):
        await act(self, second_factor.turn_off)
        await self._show()
        await say(self, "Langkah kedua dimatikan.")


def second_step_page() -> rx.Component:
    """One page for all states: enter a code, enrol, manage, or offer the second factor."""
    kind = SecondStepState.kind
    return account_page(
        "Langkah Kedua",
        rx.cond(kind == "code", _code_form()),
        _enrolment(),
        rx.cond(kind == "on", _manage()),
        _recovery(),
        rx.cond(kind == "off", _offer()),
        rx.cond(SecondStepState.is_waiting, _leave()),
        lead="Password saja dapat dicuri. Kode dari telepon Anda menjaga akun ini.",
    )


def _code_form() -> rx.Component:
    return native_form(
        rx.el.p("Buka aplikasi autentikator di telepon Anda dan ketik kodenya."),
        _code_field(),
        primary_button("Verifikasi", type="submit"),
        rx.el.details(
            rx.el.summary(
                "Pakai kode pemulihan", class_name=f"{theme.LINK} cursor-pointer py-2 w-fit"
            ),
            rx.el.p(RECOVERY, class_name=theme.MUTED),
        ),
        action=routes.SECOND_STEP,
        method="post",
        class_name=f"{theme.CARD} {theme.STACK}",
    )


def _code_field() -> rx.Component:
    return text_field(
        "Kode Autentikator",
        name="code",
        error=error_of("code"),
        hint=f"{APP_CODE_DIGITS} angka, berganti setiap {TIME_STEP} detik.",
        auto_complete="one-time-code",
        auto_capitalize="none",
        spell_check=False,
        max_length=20,
        class_name=f"{theme.INPUT} text-2xl font-semibold tracking-[0.2em] tabular-nums",
    )


def _enrolment() -> rx.Component:
    """Enrolment; always in the page, hidden otherwise, as `set_value` needs its field."""
    is_now = SecondStepState.kind == "enrol"
    return rx.el.div(
        section(
            "Pasang autentikator",
            rx.el.ol(
                rx.el.li(APPS),
                rx.el.li("Di aplikasi itu pilih tambah akun, lalu pindai kode ini:"),
                rx.el.li(
                    f"Ketik kode {APP_CODE_DIGITS} angka yang kemudian tampil, "
                    "dan tekan Verifikasi."
                ),
                class_name=f"{theme.TEXT} list-decimal pl-5 flex flex-col gap-1",
            ),
            rx.cond(is_now, _picture()),
            text_area(
                "Kunci Rahasia",
                name="secret",
                read_only=True,
                rows="2",
                hint="Bila kode tidak dapat dipindai, ketik atau tempel kunci ini di aplikasi.",
                class_name=f"{theme.INPUT} font-mono",
            ),
            rx.cond(is_now, _proof()),
        ),
        class_name=rx.cond(is_now, "", "hidden"),
    )


def _picture() -> rx.Component:
    return rx.el.img(
        src=f"{PICTURE}?{SecondStepState.drawn}",
        alt="Kode QR untuk aplikasi autentikator",
        width="220",
        height="220",
        class_name="size-55 self-center rounded-xl bg-white",
    )


def _proof() -> rx.Component:
    return native_form(
        _code_field(),
        rx.el.div(
            rx.cond(
                SecondStepState.is_waiting,
                rx.fragment(),
                secondary_button("Batal", on_click=SecondStepState.leave),
            ),
            primary_button("Verifikasi", type="submit"),
            class_name=theme.ACTIONS,
        ),
        action=routes.SECOND_STEP,
        method="post",
        class_name=theme.STACK,
    )


def _manage() -> rx.Component:
    return section(
        "Autentikator",
        facts_list(
            ("Terpasang sejak", SecondStepState.since),
            ("Sisa kode pemulihan", rx.el.span(SecondStepState.codes_left)),
        ),
        rx.el.div(
            secondary_button("Ganti Autentikator", on_click=SecondStepState.begin),
            secondary_button("Buat Kode Pemulihan Baru", on_click=SecondStepState.renew_codes),
            rx.cond(
                SecondStepState.is_required,
                rx.fragment(),
                danger_button("Matikan Langkah Kedua", **opens(TURN_OFF)),
            ),
            class_name=theme.ROW,
        ),
        confirm_dialog(
            TURN_OFF,
            title="Matikan langkah kedua?",
            body="Setelah ini password saja cukup untuk masuk ke akun Anda.",
            confirm_label="Ya, Matikan",
            on_confirm=SecondStepState.turn_off,
            danger=True,
        ),
    )


def _recovery() -> rx.Component:
    """New recovery codes; always in the page like the enrolment, shown once."""
    return rx.el.div(
        text_area(
            "Kode Pemulihan",
            name="recovery",
            read_only=True,
            rows=str(RECOVERY_CODES),
            hint="Setiap kode menggantikan autentikator sekali. Catat di tempat aman sekarang: "
            "kode ini tidak ditampilkan lagi.",
            class_name=f"{theme.TEXTAREA} font-mono text-lg leading-8",
        ),
        rx.el.div(link_button("Sudah Dicatat", own_home(), kind="secondary")),
        class_name=[f"{theme.QUIET_CARD} {theme.STACK}", rx.cond(_shows_codes(), "", "hidden")],
    )


def _shows_codes() -> bool:
    return SecondStepState.has_codes & (SecondStepState.kind == "on")


def _offer() -> rx.Component:
    return section(
        "Belum terpasang",
        notice(rx.el.p(APPS)),
        primary_button("Pasang Autentikator", type="button", on_click=SecondStepState.begin),
    )


def _leave() -> rx.Component:
    return native_form(
        quiet_button("Keluar", type="submit"),
        action=routes.SIGN_OUT,
        method="post",
        class_name="text-center",
    )
