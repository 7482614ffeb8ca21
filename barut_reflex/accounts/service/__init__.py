"""The acts of accounts. Why a package: `docs/decisions/0001-accounts-service-package.md`."""
# ruff: noqa: F401

from .codes import (
    CodeExpired,
    NoCookies,
    NotACode,
    Pending,
    TooSoon,
    WrongCode,
)
from .flash import leave_flash, take_flash
from .letters import TooManyLetters
from .login import (
    ResetNeeded,
    TemporaryPasswordOver,
    TooManyLogins,
    WrongPassword,
    check_password,
    clear_login,
    count_login,
    find_by_email,
    get_person,
    renew_hash,
    renewed_hash,
)
from .passwords import fits, hash_password, one_time_password
from .recovery import NoSecondFactor, first_recovery_codes, new_recovery_codes
from .reset import (
    LinkOver,
    NothingAsked,
    begin_reset,
    confirm_reset,
    link_is_good,
    pending_reset,
    prepare_new_password,
    resend_reset,
    set_new_password,
)
from .second_factor import (
    NothingOffered,
    SecondStep,
    StillRequired,
    TooManySecondCodes,
    WrongSecondCode,
    begin_enrolment,
    give_second_factor,
    leave_enrolment,
    offer_secret,
    offered_address,
    second_step,
    turn_off,
)
from .sessions import (
    ConfirmFirst,
    Found,
    SignedOut,
    asks_second_factor,
    behind,
    confirm,
    end_all,
    end_others,
    end_own,
    ensure_confirmed,
    find_person,
    find_sign_in,
    idle_limit,
    is_due,
    is_known_browser,
    is_waiting,
    needs_confirmation,
    sign_in,
    sign_out,
    standing_of,
    stands,
    touch,
)
from .sign_up import (
    AlreadyRegistered,
    NothingPending,
    SignUp,
    begin_sign_up,
    confirm_sign_up,
    correct_address,
    find_waiting_sign_up,
    pending_sign_up,
    prepare_sign_up,
    resend,
    resume_sign_up,
)
from .staff import (
    AccountNotFound,
    EmailTaken,
    LastAdministrator,
    NewStaff,
    NotAdministrator,
    NothingToChange,
    OwnAccount,
    create_administrator,
    create_staff,
    disable,
    enable,
    give_temporary_password,
    prepare_administrator,
    prepare_first_password,
    prepare_staff,
    prepare_temporary_password,
    remove_second_factor,
    reset_second_factor,
    set_first_password,
)
from .sweep import after_clock_step, sweep
