"""Operations on access codes: a holder creates one, valid a minute; an officer scans it, once."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from ..cards.service.common import require_staff
from ..core import audit, clock, limits, qr
from ..core.errors import Refusal
from ..core.figures import duration, duration_in_words
from ..core.indonesian import check_text, clock_time, tidy
from ..core.locks import execute_change, lock
from ..core.tokens import keyed
from ..people.models import Person
from ..seal import access, codes
from ..seal import queries as seal_queries
from ..seal import service as seal
from ..seal.models import Code
from ..seal.rules import PayloadKind
from ..siapkerja.queries import digital
from .models import Attendance
from .rules import AttendancePurpose

TYPED_DIGITS = 6  # of an access code that is typed instead of scanned
MAX_CODES = (20, timedelta(minutes=10))  # rate limit of one holder
MAX_TRIES = (60, timedelta(minutes=1))  # rate limit of one officer
UNUSED_CODE_RETENTION = timedelta(days=7)  # an offline scanner may send its scans that late
CLOCK_TOLERANCE = timedelta(seconds=30)  # between an offline scanner's clock and the server's
MAX_EVENT_LENGTH = 100
MAX_OFFLINE_SCANS = 100  # in one request, since each costs a signature check


class TooManyOfflineScans(Refusal):
    message = (
        f"Kirim paling banyak {MAX_OFFLINE_SCANS} pindaian sekaligus. Muat ulang halaman pindai."
    )


class NoDigitalCard(Refusal):
    message = "Kode akses ada setelah kartu digital Anda muncul. Lengkapi profil lebih dahulu."


class TooManyAccessCodes(Refusal):
    message = "Kode akses terlalu sering dibuat. Tunggu beberapa menit, lalu coba lagi."


class UnknownAccessCode(Refusal):
    message = "Kode ini tidak dikenal. Minta pemegangnya menampilkan kode akses yang baru."
    field = "code"
    is_counted = True


class AccessCodeExpired(Refusal):
    message = (
        f"Kode ini sudah lewat {duration(access.ACCESS_CODE_LIFETIME)}. "
        "Minta pemegangnya membuat kode baru."
    )
    field = "code"
    is_counted = True


class AccessCodeUsed(Refusal):
    field = "code"
    is_counted = True  # the transaction is committed, so that the audit row of this use stays


class TooManyTries(Refusal):
    message = (
        f"Terlalu banyak percobaan dalam {duration_in_words(MAX_TRIES[1])}. "
        "Tunggu sebentar, lalu coba lagi."
    )
    field = "code"


@dataclass
class NewAccessCode:
    """A new code for its holder's screen; the digits are shown once, only their hash is stored."""

    code_id: str = ""
    digits: str = ""  # "123 456"
    seconds: int = 0


@dataclass(frozen=True)
class CheckedIn:
    """The person who came, for the scanner's screen."""

    name: str
    number: str
    at: str
    is_checked: bool = True  # False: no officer has approved the person's facts


@dataclass(frozen=True)
class OfflineScan:
    """A code that a scanner read while it was offline."""

    code: str
    at: datetime


def make_access_code(session: Session, by: Person) -> NewAccessCode:
    """Create a code for me; the one before ends. Raises NoDigitalCard, TooManyAccessCodes."""
    if not digital.has_live_card(session, by.id):
        raise NoDigitalCard
    if not limits.spend_within(session, f"access codes of {by.id}", MAX_CODES):
        raise TooManyAccessCodes
    now = clock.now().replace(microsecond=0)
    digits = _unused_digits(session, now)
    code = Code(
        kind=PayloadKind.ACCESS,
        subject_id=by.id,
        code_id=codes.new_code_id(),
        digits_hash=_hash_digits(digits),
        valid_until=clock.office_day(now),
        created=now,
    )
    seal.put_in_use(session, code)
    seconds = int(access.ACCESS_CODE_LIFETIME.total_seconds())
    return NewAccessCode(code.code_id, f"{digits[:3]} {digits[3:]}", seconds)


def draw_access_code(session: Session, by: Person, code_id: str) -> str:
    """My code as an SVG picture; raises AccessCodeExpired for any but my current one."""
    code = seal_queries.find_code(session, PayloadKind.ACCESS, code_id)
    if code is None or code.subject_id != by.id or clock.now() > _expiry(code):
        raise AccessCodeExpired
    return qr.svg_of(access.address_of(signed_text(session, code, by)))


def check_in(
    session: Session, by: Person, text: str, *, purpose: AttendancePurpose, event: str = ""
) -> CheckedIn:
    """Use a code that was scanned, or typed as six digits, and record the visit.

    Raises TooManyTries, UnknownAccessCode, AccessCodeUsed, AccessCodeExpired.
    """
    require_staff(by)
    if not limits.spend_within(session, f"access tries of {by.id}", MAX_TRIES):
        raise TooManyTries
    code = _find_code(session, text)
    if code is None:
        raise UnknownAccessCode
    ensure_unused(session, code, by)
    if clock.now() > _expiry(code):
        raise AccessCodeExpired
    return _record(session, code, purpose, _checked_event(event), clock.now(), by)


def check_in_offline(
    session: Session,
    by: Person,
    seen: list[OfflineScan],
    *,
    purpose: AttendancePurpose,
    event: str = "",
) -> list[str]:
    """Record what a scanner read while offline; returns one word for each scan, in order.

    `noted` (recorded), `used` (the code was used before, which is audited), `expired` or `unknown`.
    """
    require_staff(by)
    event = _checked_event(event)
    if len(seen) > MAX_OFFLINE_SCANS:
        raise TooManyOfflineScans
    return [_check_in_offline(session, one, purpose, event, by) for one in seen]


def delete_unused_access_codes(session: Session) -> int:
    """Delete old codes that nobody used; how many."""
    used = select(Attendance.access_code_id)
    ours = col(Code.kind) == PayloadKind.ACCESS
    old = col(Code.created) < clock.now() - UNUSED_CODE_RETENTION - access.ACCESS_CODE_LIFETIME
    return execute_change(session, delete(Code).where(ours, old, col(Code.id).not_in(used)))


def _check_in_offline(
    session: Session, one: OfflineScan, purpose: AttendancePurpose, event: str, by: Person
) -> str:
    try:
        code = _signed_code(session, one.code)
        if code is None:
            return "unknown"
        ensure_unused(session, code, by)
    except AccessCodeUsed:
        return "used"
    created = clock.utc(code.created)
    begins, ends = (
        created - CLOCK_TOLERANCE,
        created + access.ACCESS_CODE_LIFETIME + CLOCK_TOLERANCE,
    )
    if not begins <= one.at <= ends or one.at > clock.now() + CLOCK_TOLERANCE:
        return "expired"
    _record(session, code, purpose, event, one.at, by)
    return "noted"


def _expiry(code: Code) -> datetime:
    """When the code expires: a minute after it was created, or when the next one was."""
    ends = clock.utc(code.created) + access.ACCESS_CODE_LIFETIME
    return min(ends, clock.utc(code.replaced)) if code.replaced else ends


def _find_code(session: Session, text: str) -> Code | None:
    digits = re.sub(r"\s", "", text)
    if re.fullmatch(rf"\d{{{TYPED_DIGITS}}}", digits, re.ASCII):
        typed = select(Code).where(Code.digits_hash == _hash_digits(digits))
        return session.exec(typed.order_by(col(Code.id).desc())).first()
    return _signed_code(session, text)


def _signed_code(session: Session, text: str) -> Code | None:
    try:
        payload = access.decode(access.code_in(text))
    except codes.InvalidCode:
        return None
    return seal_queries.find_code(session, PayloadKind.ACCESS, payload.code_id)


def ensure_unused(session: Session, code: Code, by: Person) -> None:
    """Raise AccessCodeUsed, and audit it, if the code was used before.

    The lock makes concurrent scans of one code wait for each other.
    """
    lock(session, f"access code {code.id}")
    used = session.exec(select(Attendance).where(Attendance.access_code_id == code.id)).first()
    if used is None:
        return
    holder = session.get_one(Person, code.subject_id)
    audit.record(session, "access_code_reused", by=by, subject=holder.public_id)
    at = clock_time(used.seen)
    raise AccessCodeUsed(
        f"Kode ini sudah dipakai pukul {at}. Kode hanya untuk satu kali: minta kode baru."
    )


def _record(
    session: Session,
    code: Code,
    purpose: AttendancePurpose,
    event: str,
    seen: datetime,
    by: Person,
) -> CheckedIn:
    row = Attendance(
        access_code_id=code.id,
        holder_id=code.subject_id,
        purpose=purpose,
        event=event,
        seen=seen,
        noted=clock.now(),
        by_id=by.id,
    )
    session.add(row)
    session.flush()
    holder = session.get_one(Person, code.subject_id)
    audit.record(session, "check_in", by=by, subject=holder.public_id, detail=purpose)
    name, number = digital.name_and_number(session, holder)
    is_checked = not digital.unchecked_people(session, {holder.id: number})
    return CheckedIn(name, number, clock_time(seen), is_checked)


def _unused_digits(session: Session, now: datetime) -> str:
    """Six digits that no valid code has."""
    while True:
        digits = f"{secrets.randbelow(10**TYPED_DIGITS):0{TYPED_DIGITS}}"
        same = select(Code).where(
            Code.digits_hash == _hash_digits(digits),
            col(Code.created) > now - access.ACCESS_CODE_LIFETIME,
            col(Code.replaced).is_(None),
        )
        if session.exec(same).first() is None:
            return digits


def signed_text(session: Session, code: Code, holder: Person) -> str:
    """The signed text in the QR code of an access code."""
    name, number = digital.name_and_number(session, holder)
    made = clock.utc(code.created)
    return access.encode(access.AccessPayload(code.code_id, number, name, made))


def _checked_event(event: str) -> str:
    event = tidy(event)
    if problem := check_text(event, MAX_EVENT_LENGTH):
        raise Refusal(problem, field="event")
    return event


def _hash_digits(digits: str) -> str:
    return keyed("access digits", digits)
