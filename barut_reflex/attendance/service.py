"""The access code: shown by its holder for a minute, read once by the office."""

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

DIGITS = 6  # for who types instead of scanning
CODES_OF_A_HOLDER = (20, timedelta(minutes=10))
TRIES_OF_A_SCANNER = (60, timedelta(minutes=1))
KEPT = timedelta(days=7)  # unused codes; an offline scanner may post that late
SLACK = timedelta(seconds=30)  # between the clocks of an offline scanner and ours
LONGEST_EVENT = 100
MOST_AT_ONCE = 100  # each costs a signature to check


class TooManyLate(Refusal):
    message = f"Kirim paling banyak {MOST_AT_ONCE} pindaian sekaligus. Muat ulang halaman pindai."


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
    is_counted = True  # the second use stays in the trail


class TooManyTries(Refusal):
    message = (
        f"Terlalu banyak percobaan dalam {duration_in_words(TRIES_OF_A_SCANNER[1])}. "
        "Tunggu sebentar, lalu coba lagi."
    )
    field = "code"


@dataclass
class NewAccessCode:
    """What the holder's screen shows, once."""

    code_id: str = ""
    digits: str = ""  # "123 456"
    seconds: int = 0


@dataclass(frozen=True)
class CheckedIn:
    """Who came, for the scanner's screen."""

    name: str
    number: str
    at: str
    is_checked: bool = True  # no officer approved the facts of the others


@dataclass(frozen=True)
class Seen:
    """A code an offline scanner has read."""

    code: str
    at: datetime


def make_access_code(session: Session, by: Person) -> NewAccessCode:
    """A fresh code for the one who asks; the one before it ends."""
    if not digital.has_live_card(session, by.id):
        raise NoDigitalCard
    if not limits.spend_within(session, f"access codes of {by.id}", CODES_OF_A_HOLDER):
        raise TooManyAccessCodes
    now = clock.now().replace(microsecond=0)
    digits = _free_digits(session, now)
    code = Code(
        kind=PayloadKind.ACCESS,
        subject_id=by.id,
        code_id=codes.new_code_id(),
        digits_hash=_hidden(digits),
        valid_until=clock.office_day(now),
        created=now,
    )
    seal.put_in_use(session, code)
    seconds = int(access.ACCESS_CODE_LIFETIME.total_seconds())
    return NewAccessCode(code.code_id, f"{digits[:3]} {digits[3:]}", seconds)


def draw_access_code(session: Session, by: Person, code_id: str) -> str:
    """The code as SVG, for its holder and only while it lives."""
    code = seal_queries.find_code(session, PayloadKind.ACCESS, code_id)
    if code is None or code.subject_id != by.id or clock.now() > _end_of(code):
        raise AccessCodeExpired
    return qr.svg_of(access.address_of(signed_text(session, code, by)))


def check_in(
    session: Session, by: Person, text: str, *, purpose: AttendancePurpose, event: str = ""
) -> CheckedIn:
    """Use up a code that was scanned, or typed as six digits, and note who came what for."""
    require_staff(by)
    if not limits.spend_within(session, f"access tries of {by.id}", TRIES_OF_A_SCANNER):
        raise TooManyTries
    code = _find(session, text)
    if code is None:
        raise UnknownAccessCode
    ensure_unused(session, code, by)
    if clock.now() > _end_of(code):
        raise AccessCodeExpired
    return _note(session, code, purpose, _checked_event(event), clock.now(), by)


def check_in_late(
    session: Session, by: Person, seen: list[Seen], *, purpose: AttendancePurpose, event: str = ""
) -> list[str]:
    """Take what a scanner read without a signal; one word each, in order.

    `noted`, `used` (somebody was here before with it: told to the office), `expired` or `unknown`.
    """
    require_staff(by)
    event = _checked_event(event)
    if len(seen) > MOST_AT_ONCE:
        raise TooManyLate
    return [_take_late(session, one, purpose, event, by) for one in seen]


def forget_access_codes(session: Session) -> int:
    """Delete the codes nobody used; how many."""
    used = select(Attendance.access_code_id)
    ours = col(Code.kind) == PayloadKind.ACCESS
    old = col(Code.created) < clock.now() - KEPT - access.ACCESS_CODE_LIFETIME
    return execute_change(session, delete(Code).where(ours, old, col(Code.id).not_in(used)))


def _take_late(
    session: Session, one: Seen, purpose: AttendancePurpose, event: str, by: Person
) -> str:
    try:
        code = _signed_code(session, one.code)
        if code is None:
            return "unknown"
        ensure_unused(session, code, by)
    except AccessCodeUsed:
        return "used"
    made = clock.utc(code.created)
    begins, ends = made - SLACK, made + access.ACCESS_CODE_LIFETIME + SLACK
    if not begins <= one.at <= ends or one.at > clock.now() + SLACK:
        return "expired"
    _note(session, code, purpose, event, one.at, by)
    return "noted"


def _end_of(code: Code) -> datetime:
    """A minute after it was made, or when its holder made the next one."""
    ends = clock.utc(code.created) + access.ACCESS_CODE_LIFETIME
    return min(ends, clock.utc(code.replaced)) if code.replaced else ends


def _find(session: Session, text: str) -> Code | None:
    digits = re.sub(r"\s", "", text)
    if re.fullmatch(rf"\d{{{DIGITS}}}", digits, re.ASCII):
        typed = select(Code).where(Code.digits_hash == _hidden(digits))
        return session.exec(typed.order_by(col(Code.id).desc())).first()
    return _signed_code(session, text)


def _signed_code(session: Session, text: str) -> Code | None:
    try:
        payload = access.decode(access.code_in(text))
    except codes.InvalidCode:
        return None
    return seal_queries.find_code(session, PayloadKind.ACCESS, payload.code_id)


def ensure_unused(session: Session, code: Code, by: Person) -> None:
    """Refuse a code that was read before; two scanners at once wait here for each other."""
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


def _note(
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


def _free_digits(session: Session, now: datetime) -> str:
    """Six digits that no living code has."""
    while True:
        digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        same = select(Code).where(
            Code.digits_hash == _hidden(digits),
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
    if problem := check_text(event, LONGEST_EVENT):
        raise Refusal(problem, field="event")
    return event


def _hidden(digits: str) -> str:
    return keyed("access digits", digits)
