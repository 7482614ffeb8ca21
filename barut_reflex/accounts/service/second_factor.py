"""Second factor of a sign-in: enrolling an authenticator app (TOTP) and checking its codes."""

import re
from dataclasses import dataclass
from datetime import timedelta

from pyotp import random_base32
from pyotp.totp import TOTP
from sqlalchemy import delete, update
from sqlmodel import Session, col

from ...core import audit, clock, limits, mail, tokens
from ...core.errors import Refusal
from ...core.figures import duration_in_words
from ...core.indonesian import long_date
from ...core.locks import execute_change, lock
from ...core.settings import settings
from ...people.models import Authenticator, Person, SignIn
from ...people.service.sessions import (
    LoadedSignIn,
    SignedOut,
    complete,
    end_all,
    find_current,
    is_known_browser,
    needs_confirmation,
    requires_second_factor,
)
from .. import emails
from . import recovery

APP_CODE_DIGITS = 6
TIME_STEP = 30  # seconds between two codes of the app
MAX_DRIFT = 1  # time steps the phone's clock may be off, either way
TRY_LIMITS = ((5, timedelta(minutes=5)), (30, timedelta(days=1)))  # of one person, see `_tries_key`
KEY_PURPOSE = "authenticator"  # of the encryption of secrets


class WrongSecondCode(Refusal):
    message = (
        "Kode salah atau sudah dipakai. Tunggu kode berikutnya di aplikasi autentikator Anda, "
        f"lalu ketik {APP_CODE_DIGITS} angkanya."
    )
    field = "code"
    is_counted = True


class TooManySecondCodes(Refusal):
    message = (
        f"Terlalu banyak kode salah. Tunggu {duration_in_words(TRY_LIMITS[0][1])}, lalu coba lagi."
    )
    field = "code"
    is_counted = True


class NothingOffered(Refusal):
    message = "Pemasangan autentikator belum dimulai. Muat ulang halaman, lalu coba lagi."


class StillRequired(Refusal):
    message = "Kantor mewajibkan autentikator untuk akun Anda. Pilih Ganti Autentikator."


@dataclass
class SecondStep:
    """What the screen of the second factor shows.

    `kind`: "code" (a code is required), "enrol" (scan the QR and prove it), "on", "off"; empty
    when nobody is signed in.
    """

    kind: str = ""
    is_waiting: bool = False
    is_required: bool = False
    since: str = ""
    codes_left: int = 0


def second_step(session: Session, *, sign_in: str) -> SecondStep:
    """State of the second factor of this sign-in."""
    found = find_current(session, sign_in)
    if found is None:
        return SecondStep()
    known = session.get(Authenticator, found.person.id)
    return SecondStep(
        kind=_kind(found, known),
        is_waiting=not found.is_complete,
        is_required=requires_second_factor(found.person),
        since=long_date(known.since) if known else "",
        codes_left=recovery.codes_left(session, found.person.id),
    )


def _kind(found: LoadedSignIn, known: Authenticator | None) -> str:
    if not found.is_complete:
        return "code" if known else "enrol"
    if found.row.offered:
        return "enrol"
    return "on" if known else "off"


# -- enrolling --------------------------------------------------------------------------------


def offer_secret(session: Session, *, sign_in: str) -> str:
    """The TOTP secret to enrol, in groups of four characters; the same on each call.

    It belongs to this sign-in alone: another sign-in with the same password gets another secret.
    """
    found = _enrolling(session, sign_in)
    if not found.row.offered:
        found.row.offered = tokens.encrypt(KEY_PURPOSE, random_base32())
        session.add(found.row)
    secret = tokens.decrypt(KEY_PURPOSE, found.row.offered)
    return " ".join(re.findall("....", secret))


def offered_address(session: Session, *, sign_in: str) -> str:
    """The `otpauth:` address of the secret to enrol, for its QR code."""
    found = _enrolling(session, sign_in)
    if not found.row.offered:
        raise NothingOffered
    totp = TOTP(
        tokens.decrypt(KEY_PURPOSE, found.row.offered), digits=APP_CODE_DIGITS, interval=TIME_STEP
    )
    return totp.provisioning_uri(name=found.person.email, issuer_name=settings.app_name)


def _enrolling(session: Session, sign_in: str) -> LoadedSignIn:
    """The sign-in, if it is enrolling a new secret; else raises NothingOffered."""
    found = _get(session, sign_in)
    if _kind(found, session.get(Authenticator, found.person.id)) != "enrol":
        raise NothingOffered
    return found


def _get(session: Session, sign_in: str) -> LoadedSignIn:
    found = find_current(session, sign_in)
    if found is None:
        raise SignedOut
    return found


@needs_confirmation
def begin_enrolment(session: Session, by: Person, *, sign_in: str) -> None:
    """Start enrolling a new secret; the old authenticator works until the new one is proved."""
    secret = tokens.encrypt(KEY_PURPOSE, random_base32())
    here = update(SignIn).where(col(SignIn.token_hash) == sign_in, col(SignIn.person_id) == by.id)
    execute_change(session, here.values(offered=secret))


def leave_enrolment(session: Session, by: Person, *, sign_in: str) -> None:
    """Cancel the enrolment; the authenticator stays as it was."""
    here = update(SignIn).where(col(SignIn.token_hash) == sign_in, col(SignIn.person_id) == by.id)
    execute_change(session, here.values(offered=""))


# -- checking a code --------------------------------------------------------------------------


def give_second_factor(session: Session, code: str, *, sign_in: str, flow: str) -> str:
    """Check a code of the app or a recovery code; returns the new session token for the cookie.

    While enrolling, the code proves the new secret: older recovery codes are deleted then, and
    all other sign-ins of the person end. Raises WrongSecondCode, TooManySecondCodes.
    """
    found = _get(session, sign_in)
    lock(session, f"second factor {found.person.id}")
    known = session.get(Authenticator, found.person.id, populate_existing=True)
    key = _tries_key(session, found.person, flow)
    if not limits.spend_within(session, key, *TRY_LIMITS):
        raise TooManySecondCodes
    typed = "".join(code.split()).lower()
    if _kind(found, known) == "enrol":
        _enrol(session, found, typed)
    elif known is None or not _is_right(session, found.person, known, typed):
        raise WrongSecondCode
    limits.clear(session, key)
    return complete(session, found, flow=flow)


def _tries_key(session: Session, person: Person, flow: str) -> str:
    """Key of the try counter; known browsers have their own, so others cannot use it up."""
    own = f" by {flow}" if is_known_browser(session, person.id, flow) else ""
    return f"second factor {person.id}{own}"


def _enrol(session: Session, found: LoadedSignIn, typed: str) -> None:
    if not found.row.offered:
        raise NothingOffered
    step = _step_of(tokens.decrypt(KEY_PURPOSE, found.row.offered), typed, after=0)
    if step is None:
        raise WrongSecondCode
    person = found.person
    session.merge(
        Authenticator(
            person_id=person.id, secret=found.row.offered, last_step=step, since=clock.now()
        )
    )
    recovery.delete_codes(session, person.id)
    end_all(session, person.id, besides=found.row.token_hash)
    _tell(session, person, emails.second_factor_set())
    audit.record(session, "enrol_second_factor", by=person, subject=person.public_id)


def _is_right(session: Session, person: Person, known: Authenticator, typed: str) -> bool:
    if not re.fullmatch(r"\d{6}", typed, re.ASCII):
        return recovery.use_recovery_code(session, person, typed)
    secret = tokens.decrypt(KEY_PURPOSE, known.secret)
    step = _step_of(secret, typed, after=known.last_step)
    if step is None:
        return False
    newer = update(Authenticator).where(
        col(Authenticator.person_id) == person.id, col(Authenticator.last_step) < step
    )
    return execute_change(session, newer.values(last_step=step)) == 1


def _step_of(secret: str, typed: str, *, after: int) -> int | None:
    """The time step whose code was typed; None if it is not about now, or not after `after`."""
    now = int(clock.now().timestamp()) // TIME_STEP
    totp = TOTP(secret, digits=APP_CODE_DIGITS, interval=TIME_STEP)
    near = range(max(now - MAX_DRIFT, after + 1), now + MAX_DRIFT + 1)
    matching = [step for step in near if tokens.is_same_hash(totp.generate_otp(step), typed)]
    return matching[0] if matching else None


# -- removing it -----------------------------------------------------------------------------


@needs_confirmation
def turn_off(session: Session, by: Person) -> None:
    """Remove the own authenticator; raises StillRequired where the office demands one."""
    if requires_second_factor(by):
        raise StillRequired
    if delete_second_factor(session, by):
        audit.record(session, "turn_off_second_factor", by=by, subject=by.public_id)


def delete_second_factor(session: Session, person: Person) -> bool:
    """Delete authenticator and recovery codes and email the person; False if there was none."""
    recovery.delete_codes(session, person.id)
    mine = delete(Authenticator).where(col(Authenticator.person_id) == person.id)
    if execute_change(session, mine) == 0:
        return False
    _tell(session, person, emails.second_factor_gone())
    return True


def _tell(session: Session, person: Person, message: mail.Email) -> None:
    mail.queue_email(session, message, to=person.email, kind="second_factor", person_id=person.id)
