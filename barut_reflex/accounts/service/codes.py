"""One-time codes sent by email: create, rate-limit and check them; callers queue the email.

A code is for one purpose, one address and one browser; it can be tried `MAX_TRIES` times and used
once. Guessing is limited for the whole site without locking anybody out who has the right code:
after too many wrong codes in an hour the site is in slow mode. New codes then have ten digits, and
a six-digit code that is still open may be tried once. So from however many addresses and networks
somebody guesses, in any hour at most `WRONG_CODE_LIMIT` + `SHORT_CODE_LIMIT` = 550 six-digit
guesses are compared (chance 5.5e-4). Half a million ten-digit guesses, which need 100,000 emails,
add 5e-5: together 6e-4.
"""

import logging
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from ...core import clock, limits, tokens
from ...core.errors import Refusal
from ...core.figures import duration_in_words
from ...core.locks import execute_change, lock
from ...core.models import random_id
from ..models import OneTimeCode
from ..rules import CODE_LIFETIME, Purpose, canonical_mailbox

MAX_TRIES = 5
SHORT_DIGITS, LONG_DIGITS = 6, 10  # digits of a code, normally and in slow mode
RESEND_INTERVAL = timedelta(seconds=60)  # between two emails of one browser to one mailbox
EMAIL_LIMITS = ((5, timedelta(hours=1)), (10, timedelta(days=1)))  # to one mailbox and purpose
KNOWN_BROWSER_EMAIL_LIMIT = (
    2,
    timedelta(hours=1),
)  # on top of it, if the account knows the browser
WRONG_CODE_LIMIT = (300, timedelta(hours=1))  # short ones, whole site; then slow mode
SHORT_CODE_LIMIT = (250, CODE_LIFETIME)  # open at a time, whole site; above it long ones
EXTRA_TIME_WITHOUT_CODE = timedelta(hours=1)
HASH_OF_NO_CODE = "-" * 64  # stored in place of a hash; no code matches it
WRONG_CODES_KEY = "wrong codes"
ALARM_INTERVAL = timedelta(hours=1)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pending:
    """The open code of a browser: its address, and in how many seconds it can be sent again."""

    email: str = ""
    resend_wait: int = 0


class NoCookies(Refusal):
    message = (
        "Browser ini tidak menyimpan cookie, sehingga kode tidak dapat dikenali. "
        "Izinkan cookie untuk situs ini, muat ulang halaman, lalu coba lagi."
    )


class NotACode(Refusal):
    message = (
        f"Kode OTP terdiri dari {SHORT_DIGITS} angka (kadang {LONG_DIGITS}). Salin dari email Anda."
    )
    field = "code"


class WrongCode(Refusal):
    message = "Kode OTP salah."
    field = "code"
    is_counted = True


class CodeExpired(Refusal):
    message = "Kode OTP sudah tidak berlaku. Tekan Kirim Ulang OTP untuk kode yang baru."
    field = "code"
    is_counted = True


class TooSoon(Refusal):
    message = (
        f"Kode baru saja dikirim. Tunggu {duration_in_words(RESEND_INTERVAL)}, lalu coba lagi."
    )


def require_flow(flow: str) -> None:
    """Refuse a browser without its flow cookie, to which every code is tied."""
    if not flow:
        raise NoCookies


def start_resend_interval(session: Session, purpose: Purpose, email: str, *, flow: str) -> bool:
    """Start the wait between two emails of this browser; False while the last wait still runs."""
    return limits.spend(session, _resend_key(purpose, email, flow), limit=1, per=RESEND_INTERVAL)


def resend_wait(session: Session, purpose: Purpose, email: str, *, flow: str) -> int:
    """Seconds until this browser may have a code sent to this address again."""
    return limits.seconds_left(session, _resend_key(purpose, email, flow), per=RESEND_INTERVAL)


def _resend_key(purpose: Purpose, email: str, flow: str) -> str:
    return f"rest {purpose} {canonical_mailbox(email)} {flow}"


def count_code_email(session: Session, purpose: Purpose, email: str, *, own: str = "") -> bool:
    """Count one email to this mailbox; False when its limit is reached.

    `own` is the key of a browser the account knows, which has a small limit of its own besides.
    """
    if limits.spend_within(session, f"mail {purpose} {canonical_mailbox(email)}", *EMAIL_LIMITS):
        return True
    return bool(own) and limits.spend_within(
        session, f"mail {purpose} {own}", KNOWN_BROWSER_EMAIL_LIMIT
    )


def create_code(
    session: Session, purpose: Purpose, *, email: str, flow: str, is_real: bool
) -> tuple[str, datetime]:
    """Store a new code and return it with its end; closes older ones of this flow and purpose.

    With `is_real=False` the row matches no code. It is made for addresses that must not get in,
    so that tries, times and answers do not show which addresses have an account.
    """
    close_codes(session, purpose, flow=flow)
    digits = _digits(session)
    now, code = clock.now(), f"{secrets.randbelow(10**digits):0{digits}}"
    row = OneTimeCode(
        id=random_id(),
        flow=flow,
        purpose=purpose,
        mailbox=canonical_mailbox(email),
        email=email,
        code_hash="",
        created=now,
        expires=now + CODE_LIFETIME,
    )
    row.code_hash = hash_of(row, code) if is_real else HASH_OF_NO_CODE
    session.add(row)
    session.flush()
    return code, row.expires


def _digits(session: Session) -> int:
    """Length of a new code: short, unless in slow mode or very many short ones are open."""
    most, per = SHORT_CODE_LIMIT
    is_short = limits.spend(session, "short codes", limit=most, per=per) and not is_in_slow_mode(
        session
    )
    return SHORT_DIGITS if is_short else LONG_DIGITS


def close_codes(session: Session, purpose: Purpose, *, flow: str) -> None:
    """Close the open codes of this browser for this purpose."""
    open_ones = update(OneTimeCode).where(
        col(OneTimeCode.flow) == flow,
        col(OneTimeCode.purpose) == purpose,
        col(OneTimeCode.closed).is_(None),
    )
    execute_change(session, open_ones.values(closed=clock.now()))


def use_code(session: Session, purpose: Purpose, code: str, *, flow: str) -> OneTimeCode:
    """Check a typed code and close it; returns its row.

    Raises NotACode, NoCookies, CodeExpired (none open, or tried too often), WrongCode.
    """
    code = re.sub(r"\s", "", code)
    if not re.fullmatch(rf"\d{{{SHORT_DIGITS}}}|\d{{{LONG_DIGITS}}}", code, re.ASCII):
        raise NotACode
    require_flow(flow)
    tries = _tries(session, code)
    row = _find_open_code(session, purpose, flow)
    if row is None or not count_try(session, row, tries):
        raise CodeExpired
    if not tokens.is_same_hash(row.code_hash, hash_of(row, code)):
        _count_wrong(session, row, code, tries)
    if update_open_code(session, row, closed=clock.now()) == 0:
        raise CodeExpired
    return row


def _tries(session: Session, code: str) -> int:
    """How many tries a code of the typed length has now: one for short codes in slow mode."""
    # Without the lock, many parallel guesses could each be the last one before slow mode.
    lock(session, WRONG_CODES_KEY)
    return 1 if len(code) == SHORT_DIGITS and is_in_slow_mode(session) else MAX_TRIES


def is_in_slow_mode(session: Session) -> bool:
    """Whether the site has had so many wrong codes within the hour that new codes are longer."""
    most, per = WRONG_CODE_LIMIT
    return limits.count(session, WRONG_CODES_KEY, per=per) >= most


def _find_open_code(session: Session, purpose: Purpose, flow: str) -> OneTimeCode | None:
    """The open code of this browser; there is at most one, as a new code closes the older."""
    open_one = select(OneTimeCode).where(
        OneTimeCode.flow == flow,
        OneTimeCode.purpose == purpose,
        col(OneTimeCode.closed).is_(None),
    )
    return session.exec(open_one.execution_options(populate_existing=True)).first()


def address_of_open_code(session: Session, purpose: Purpose, *, flow: str) -> str:
    """The address to which this browser's open code was sent; empty if there is none."""
    row = _find_open_code(session, purpose, flow)
    return row.email if row and clock.utc(row.expires) > clock.now() else ""


def count_try(session: Session, row: OneTimeCode, most: int) -> bool:
    """Count a try; done before the code is compared, so that parallel guesses count one by one."""
    return update_open_code(session, row, most, tries=col(OneTimeCode.tries) + 1) == 1


def update_open_code(session: Session, row: OneTimeCode, most: int = 0, **values: object) -> int:
    """Update the row only if it is still open and not expired; returns the rows changed, 0 or 1.

    With `most`, only if it was tried less often than that.
    """
    now = clock.now()
    guard = [
        col(OneTimeCode.id) == row.id,
        col(OneTimeCode.closed).is_(None),
        col(OneTimeCode.expires) > now,
        col(OneTimeCode.created) <= now + clock.CLOCK_TOLERANCE,
    ]
    if most:
        guard.append(col(OneTimeCode.tries) < most)
    return execute_change(session, update(OneTimeCode).where(*guard).values(**values))


def _count_wrong(session: Session, row: OneTimeCode, code: str, tries: int) -> None:
    """Count a wrong code and raise `WrongCode`.

    Only guesses that could have been right count towards slow mode; for the others the same work
    is done, so that the time does not tell them apart.
    """
    is_chance = len(code) == SHORT_DIGITS and row.code_hash != HASH_OF_NO_CODE
    limits.count_event(session, WRONG_CODES_KEY if is_chance else "wrong codes without a chance")
    _sound_alarm(session)
    session.refresh(row)
    if left := max(0, tries - row.tries):
        raise WrongCode(f"Kode OTP salah. Periksa email terbaru; sisa {left} percobaan.")
    if tries < MAX_TRIES:
        raise WrongCode("Kode OTP salah. Salin semua angkanya, atau tekan Kirim Ulang OTP.")
    raise WrongCode(f"Kode OTP salah {MAX_TRIES} kali. Tekan Kirim Ulang OTP untuk kode yang baru.")


def _sound_alarm(session: Session) -> None:
    if is_in_slow_mode(session) and limits.spend(
        session, "alarm of codes", limit=1, per=ALARM_INTERVAL
    ):
        most, per = WRONG_CODE_LIMIT
        log.warning("alarm: %s wrong codes within %s, codes are in slow mode", most, per)


def hash_of(row: OneTimeCode, code: str) -> str:
    """Keyed hash over the code and its row, purpose, address and browser."""
    return tokens.keyed("code", f"{row.id} {row.purpose} {row.email} {row.flow} {code}")
