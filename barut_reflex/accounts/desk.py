"""Manifest of the feature accounts: the screens, routes, menu entries, job and commands it adds.

Also its parts of the data copy, retention times, the tables a backup leaves out, the reset after
a change of the clock.
"""

from ..core import routes
from ..core.desks import Desk, MenuEntry, Screen, Web
from ..core.figures import duration, in_words
from ..core.worker import Job
from ..people.rules import Role
from . import own_data
from .commands import COMMANDS
from .models import OneTimeCode, Registration, ResetLink
from .rules import CODE_LIFETIME, LINK_LIFETIME
from .service import codes, sign_up, sweep

EVERYBODY = frozenset(Role)


def web() -> Web:
    from .web.routes import ROUTES

    return Web(screens=[*_of_guests(), *_of_people()], routes=ROUTES)


def _of_guests() -> list[Screen]:
    from .web import forgot, login, register, reset, verify

    return [
        Screen(page=register.register_page, route=routes.REGISTER, title="Daftar"),
        Screen(
            page=verify.verify_page,
            route=routes.VERIFY,
            title="Verifikasi Kode OTP",
            on_load=(verify.VerifyState.load,),
        ),
        Screen(
            page=login.login_page,
            route=routes.LOGIN,
            title="Login",
            on_load=(login.LoginState.load,),
        ),
        Screen(
            page=forgot.forgot_page,
            route=routes.FORGOT_PASSWORD,
            title="Lupa Password",
            on_load=(forgot.ForgotState.load,),
        ),
        Screen(
            page=reset.reset_page,
            route=routes.RESET_PASSWORD,
            title="Reset Password",
            on_load=(reset.ResetState.load,),
        ),
    ]


def _of_people() -> list[Screen]:
    from .web import first_password, second_factor, sessions, staff, staff_new

    return [
        Screen(
            page=first_password.first_password_page,
            route=routes.FIRST_PASSWORD,
            title="Password Awal",
        ),
        Screen(
            page=second_factor.second_step_page,
            route=routes.SECOND_STEP,
            title="Langkah Kedua",
            on_load=(second_factor.SecondStepState.load,),
        ),
        Screen(
            page=sessions.sessions_page,
            route=routes.SESSIONS,
            title="Sesi Saya",
            on_load=(sessions.SessionsState.load,),
        ),
        Screen(
            page=staff.staff_page,
            route=routes.STAFF,
            title="Akun",
            on_load=(staff.StaffState.load,),
        ),
        Screen(page=staff_new.staff_new_page, route=routes.ADD_STAFF, title="Tambah Akun"),
    ]


DESK = Desk(
    web=web,
    menu=[
        MenuEntry(
            name="Akun",
            route=routes.STAFF,
            icon="users",
            roles=frozenset({Role.ADMINISTRATOR}),
            position=90,
        )
    ],
    own_menu=[
        MenuEntry(
            name="Ganti Password",
            route=routes.FORGOT_PASSWORD,
            icon="key",
            roles=EVERYBODY,
            position=20,
        ),
        MenuEntry(
            name="Sesi Saya", route=routes.SESSIONS, icon="shield", roles=EVERYBODY, position=30
        ),
    ],
    jobs=[Job(3600, "accounts", sweep.sweep)],
    commands=COMMANDS,
    figure_texts={
        "code_lifetime": duration(CODE_LIFETIME),
        "code_digits": in_words(codes.SHORT_DIGITS),
        "code_tries": in_words(codes.MAX_TRIES),
        "resend_interval": duration(codes.RESEND_INTERVAL),
        "link_lifetime": duration(LINK_LIFETIME),
        "sign_up_lifetime": duration(sign_up.SIGN_UP_LIFETIME),
    },
    excluded_from_backup=[OneTimeCode, Registration, ResetLink],
    own_data={"akun": own_data.account, "sesi": own_data.sign_ins},
    retention={
        "recoverycode": "sampai kode baru dibuat atau langkah kedua dilepas",
        "registration": f"{sign_up.SIGN_UP_LIFETIME.days} hari",
        "onetimecode": f"{sweep.RETENTION.days} hari setelah tidak berlaku",
        "resetlink": f"{sweep.RETENTION.days} hari setelah tidak berlaku",
        "flash": f"sampai dibaca, paling lama {sweep.RETENTION.days} hari",
    },
    after_clock_step=[sweep.after_clock_step],
)
