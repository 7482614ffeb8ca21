"""One-time codes: made, mailed within limits, tried at most five times, used once.

Guessing is bounded without ever stopping anybody who has the right code. Too many wrong codes in
an hour, and the site is in slow mode: new codes have ten digits, and a six-digit one that is
still open may be tried once. So whatever addresses and networks somebody guesses from, in any
hour at most `WRONG_CODES` + `SHORT_CODES` = 550 six-digit guesses are compared (5.5e-4). Half a
million ten-digit ones, which need 100,000 letters, add 5e-5: together 6e-4.
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
from ..rules import CODE_LASTS, Purpose, canonical_mailbox

TRIES = 5
SHORT, LONG = 6, 10  # digits
REST = timedelta(seconds=60)  # between two mails of one browser to one mailbox
MAILS = ((5, timedelta(hours=1)), (10, timedelta(days=1)))  # to one mailbox, for one purpose
OWN_MAILS = (2, timedelta(hours=1))  # more, for a browser the account knows
WRONG_CODES = (300, timedelta(hours=1))  # short ones, of the whole site; then slow mode
SHORT_CODES = (250, CODE_LASTS)  # open at a time on the whole site; beyond them long ones
WITHOUT_CODE = timedelta(hours=1)  # a letter that tells no code may come later, and lets codes by
FITS_NOTHING = "-" * 64  # in the place of a hash: no code has it
WRONG = "wrong codes"
ALARM_RESTS = timedelta(hours=1)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pending:
    """A code this browser waits for: sent to `email`; seconds until it may be sent again."""

    email: str = ""
    rest: int = 0


class NoCookies(Refusal):
    message = (
        "Browser ini tidak menyimpan cookie, sehingga kode tidak dapat dikenali. "
        "Izinkan cookie untuk situs ini, muat ulang halaman, lalu coba lagi."
    )


class NotACode(Refusal):
    message = f"Kode OTP terdiri dari {SHORT} angka (kadang {LONG}). Salin dari email Anda."
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
    message = f"Kode baru saja dikirim. Tunggu {duration_in_words(REST)}, lalu coba lagi."


def need_flow(flow: str) -> None:
    """Codes are tied to the browser by its flow cookie; without one there is nothing to tie."""
    if not flow:
        raise NoCookies


def rest(session: Session, purpose: Purpose, email: str, *, flow: str) -> bool:
    """Begin the minute between two mails of this browser; False while the last one still runs."""
    return limits.spend(session, _rest_key(purpose, email, flow), limit=1, per=REST)


def rest_left(session: Session, purpose: Purpose, email: str, *, flow: str) -> int:
    """How many seconds are left of that minute."""
    return limits.seconds_left(session, _rest_key(purpose, email, flow), per=REST)


def _rest_key(purpose: Purpose, email: str, flow: str) -> str:
    return f"rest {purpose} {canonical_mailbox(email)} {flow}"


def may_mail(session: Session, purpose: Purpose, email: str, *, own: str = "") -> bool:
    """Count one mail to this mailbox, however it is spelt; `own` names a known browser."""
    if limits.spend_within(session, f"mail {purpose} {canonical_mailbox(email)}", *MAILS):
        return True
    return bool(own) and limits.spend_within(session, f"mail {purpose} {own}", OWN_MAILS)


def make(
    session: Session, purpose: Purpose, *, email: str, flow: str, is_real: bool
) -> tuple[str, datetime]:
    """A new code and when it ends; older ones of the same flow and purpose are void.

    For an address that must not get in there is a row too, which no code fits: so the tries,
    the times and the answers are the same as for all others.
    """
    void(session, purpose, flow=flow)
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
        expires=now + CODE_LASTS,
    )
    row.code_hash = hash_of(row, code) if is_real else FITS_NOTHING
    session.add(row)
    session.flush()
    return code, row.expires


def _digits(session: Session) -> int:
    """Of a new code: six, unless the site is being guessed at or very many are open."""
    most, per = SHORT_CODES
    is_free = limits.spend(session, "short codes", limit=most, per=per)
    return SHORT if is_free and not is_in_slow_mode(session) else LONG


def void(session: Session, purpose: Purpose, *, flow: str) -> None:
    """Close the open codes of this browser for this purpose."""
    open_ones = update(OneTimeCode).where(
        col(OneTimeCode.flow) == flow,
        col(OneTimeCode.purpose) == purpose,
        col(OneTimeCode.closed).is_(None),
    )
    execute_change(session, open_ones.values(closed=clock.now()))


def spend(session: Session, purpose: Purpose, code: str, *, flow: str) -> OneTimeCode:
    """Use up the right code; a wrong one costs a try. What is wrong comes as a refusal."""
    code = re.sub(r"\s", "", code)
    if not re.fullmatch(rf"\d{{{SHORT}}}|\d{{{LONG}}}", code, re.ASCII):
        raise NotACode
    need_flow(flow)
    tries = _tries(session, code)
    row = _find_open(session, purpose, flow)
    if row is None or not spend_try(session, row, tries):
        raise CodeExpired
    if not tokens.is_same_hash(row.code_hash, hash_of(row, code)):
        _count_wrong(session, row, code, tries)
    if change_open(session, row, closed=clock.now()) == 0:
        raise CodeExpired
    return row


def _tries(session: Session, code: str) -> int:
    """How many tries a code as long as the typed one has at this moment."""
    lock(session, WRONG)  # so that parallel guesses are not all the last before slow mode
    return 1 if len(code) == SHORT and is_in_slow_mode(session) else TRIES


def is_in_slow_mode(session: Session) -> bool:
    """Whether so many wrong codes came within the hour that codes are guarded more closely."""
    most, per = WRONG_CODES
    return limits.count(session, WRONG, per=per) >= most


def _find_open(session: Session, purpose: Purpose, flow: str) -> OneTimeCode | None:
    """The one open code of this browser; a newer one has closed those before it."""
    open_one = select(OneTimeCode).where(
        OneTimeCode.flow == flow,
        OneTimeCode.purpose == purpose,
        col(OneTimeCode.closed).is_(None),
    )
    return session.exec(open_one.execution_options(populate_existing=True)).first()


def open_address(session: Session, purpose: Purpose, *, flow: str) -> str:
    """Where the code was sent that this browser may still type in; empty if there is none."""
    row = _find_open(session, purpose, flow)
    return row.email if row and clock.utc(row.expires) > clock.now() else ""


def spend_try(session: Session, row: OneTimeCode, most: int) -> bool:
    """Count one try of a code; False when none is left or the code is closed.

    Done before the code is compared, so that parallel guesses are counted one by one.
    """
    return change_open(session, row, most, tries=col(OneTimeCode.tries) + 1) == 1


def change_open(session: Session, row: OneTimeCode, most: int = 0, **values: object) -> int:
    """Change the code's row only while it is open and in its time; how many rows that were.

    With `most`: and only while it was tried less often.
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
    """Only what might have been right counts for the site; the work is the same for the rest."""
    is_chance = len(code) == SHORT and row.code_hash != FITS_NOTHING
    limits.count_event(session, WRONG if is_chance else "wrong codes without a chance")
    _sound_alarm(session)
    session.refresh(row)
    if left := max(0, tries - row.tries):
        raise WrongCode(f"Kode OTP salah. Periksa email terbaru; sisa {left} percobaan.")
    if tries < TRIES:
        raise WrongCode("Kode OTP salah. Salin semua angkanya, atau tekan Kirim Ulang OTP.")
    raise WrongCode(f"Kode OTP salah {TRIES} kali. Tekan Kirim Ulang OTP untuk kode yang baru.")


def _sound_alarm(session: Session) -> None:
    if not is_in_slow_mode(session):
        return
    if limits.spend(session, "alarm of codes", limit=1, per=ALARM_RESTS):
        most, per = WRONG_CODES
        log.warning("alarm: %s wrong codes within %s, codes are in slow mode", most, per)


def hash_of(row: OneTimeCode, code: str) -> str:
    """Keyed hash of a code, bound to this very row, its purpose, its address and its browser."""
    return tokens.keyed("code", f"{row.id} {row.purpose} {row.email} {row.flow} {code}")
