"""Sign in, sign out, and who stands behind a cookie."""

import ipaddress
import logging
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from ...core import audit, clock, limits, tokens
from ...core.errors import Refusal
from ...core.locks import change
from ..models import STAFF, Flash, KnownBrowser, Person, Role, SignIn
from ..rules import canonical_mailbox, lower_email
from .passwords import fits

FAILS = (5, timedelta(seconds=300))  # of one account
FAILS_IN_A_ROW = 100
FAILS_OF_ADDRESS = (10, timedelta(minutes=1))
ALARM = (200, timedelta(minutes=10))  # failures of the whole site
IDLE = {True: timedelta(minutes=30), False: timedelta(minutes=60)}  # by "is staff"
LONGEST = {True: timedelta(hours=12), False: timedelta(hours=24)}
MARK_EVERY = timedelta(minutes=1)
CLOCK_SLACK = timedelta(seconds=60)
log = logging.getLogger(__name__)


class SignedOut(Refusal):
    message = "Anda belum masuk. Silakan login lebih dahulu."


class WrongPassword(Refusal):
    message = "Email atau password salah. Periksa lagi, atau pilih Lupa Password."
    field = "email"
    is_counted = True


class TooManyLogins(Refusal):
    message = (
        "Terlalu banyak percobaan login. Tunggu lima menit, lalu coba lagi, "
        "atau pilih Lupa Password."
    )
    field = "email"
    is_counted = True


class ResetNeeded(TooManyLogins):
    message = "Password terlalu sering salah. Pilih Lupa Password untuk membuat yang baru."


class TemporaryPasswordOver(Refusal):
    message = (
        "Password sementara ini sudah lewat 24 jam. Minta yang baru kepada administrator, "
        "atau pilih Lupa Password."
    )
    field = "password"


def count_login(session: Session, email: str, address: str) -> None:
    """Spend one try at this account and from this network address, before the password is read.

    Spent beforehand, so that parallel tries cannot slip through; `clear_login` gives it back.
    """
    account, place = account_key(email), f"login from {network_of(address)}"
    if limits.count(session, f"{account} in a row", per=limits.KEPT) >= FAILS_IN_A_ROW:
        raise ResetNeeded
    _sound_alarm(session)
    is_allowed = limits.spend_within(session, place, FAILS_OF_ADDRESS)
    if not (is_allowed and limits.spend_within(session, account, FAILS)):
        raise TooManyLogins
    limits.spend(session, f"{account} in a row", limit=FAILS_IN_A_ROW, per=limits.KEPT)


def _sound_alarm(session: Session) -> None:
    many, per = ALARM
    limits.spend(session, "logins", limit=many, per=per)
    if limits.count(session, "logins", per=per) >= many:
        log.warning("alarm: %s failed logins within %s", many, per)


def account_key(email: str) -> str:
    """The limit of tries at the account of this address."""
    return f"login {canonical_mailbox(email)}"


def network_of(address: str) -> str:
    """What one subscriber has: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)


def check_password(session: Session, email: str, password: str) -> int:
    """The number of the person behind e-mail and password.

    Unknown and disabled people cost the same time and get the same answer as a wrong password.
    """
    person = find_by_email(session, email)
    is_right = fits(password, person.password_hash if person else "")
    if not is_right or person is None or not person.is_active:
        raise WrongPassword
    if person.password_expires and clock.utc(person.password_expires) <= clock.now():
        raise TemporaryPasswordOver
    return person.id


def clear_login(session: Session, email: str, address: str = "") -> None:
    """After a success: what `count_login` spent is given back, earlier failures are forgotten."""
    account = account_key(email)
    limits.clear(session, account)
    limits.clear(session, f"{account} in a row")
    limits.give_back(session, "logins")
    limits.give_back(session, f"login from {network_of(address)}")


def find_by_email(session: Session, email: str) -> Person | None:
    """The person whose account has this address, however it is capitalised."""
    return session.exec(select(Person).where(Person.email == lower_email(email))).first()


def get_person(session: Session, person_id: int) -> Person:
    """The person of that number."""
    return session.get_one(Person, person_id)


def sign_in(
    session: Session, person_id: int, *, device: str = "", flow: str = "", old: str = ""
) -> str:
    """Open a sign-in and hand back the token for the cookie; the browser's old one ends."""
    sign_out(session, old)
    person, now, token = get_person(session, person_id), clock.now(), tokens.new_token()
    session.add(
        SignIn(
            token_hash=tokens.fingerprint(token),
            person_id=person_id,
            device=device[:120],
            created=now,
            seen=now,
            confirmed=now,
            ends=now + LONGEST[person.role in STAFF],
        )
    )
    _remember_browser(session, person_id, flow)
    audit.record(session, "sign_in", by=person, subject=person.public_id)
    return token


def _remember_browser(session: Session, person_id: int, flow: str) -> None:
    if flow and not is_known_browser(session, person_id, flow):
        session.add(KnownBrowser(flow=flow, person_id=person_id))


def is_known_browser(session: Session, person_id: int, flow: str) -> bool:
    """Whether somebody signed in to this account from this browser before."""
    known = select(KnownBrowser.id).where(
        KnownBrowser.flow == flow, KnownBrowser.person_id == person_id
    )
    return bool(flow) and session.exec(known).first() is not None


def sign_out(session: Session, token_hash: str) -> None:
    """End the sign-in; the next event of any open tab is refused."""
    change(session, delete(SignIn).where(col(SignIn.token_hash) == token_hash))


def end_all(session: Session, person_id: int, besides: str = "") -> None:
    """End every sign-in of a person, but the one with the hash `besides`."""
    theirs = delete(SignIn).where(col(SignIn.person_id) == person_id)
    change(session, theirs.where(col(SignIn.token_hash) != besides))


def find_sign_in(session: Session, token_hash: str) -> SignIn | None:
    """The living sign-in behind a token's hash; None when idle or open for too long."""
    found = _find(session, token_hash)
    return found[0] if found else None


def find_person(session: Session, token_hash: str) -> Person | None:
    """Who acts; None for a sign-in that ended and for a disabled account."""
    found = _find(session, token_hash)
    return found[1] if found and found[1].is_active else None


def _find(session: Session, token_hash: str) -> tuple[SignIn, Person] | None:
    if not token_hash:
        return None
    both = select(SignIn, Person).where(
        SignIn.token_hash == token_hash, SignIn.person_id == Person.id
    )
    found = session.exec(both.execution_options(populate_existing=True)).first()
    return found if found and _is_alive(*found) else None


def _is_alive(row: SignIn, person: Person) -> bool:
    now = clock.now()
    is_ended = clock.utc(row.ends) <= now
    is_idle = clock.utc(row.seen) + idle_limit(person.role) <= now
    is_from_the_future = clock.utc(row.created) > now + CLOCK_SLACK
    return not (is_ended or is_idle or is_from_the_future)


def idle_limit(role: Role) -> timedelta:
    """How long a sign-in may lie unused: officers 30 minutes, job seekers 60."""
    return IDLE[role in STAFF]


def is_due(row: SignIn) -> bool:
    """Whether a minute has passed since the sign-in was last marked as used."""
    return clock.utc(row.seen) + MARK_EVERY <= clock.now()


def touch(session: Session, token_hash: str) -> bool:
    """Mark the sign-in as used, at most once a minute; whether it was marked."""
    now: datetime = clock.now()
    due = update(SignIn).where(
        col(SignIn.token_hash) == token_hash, col(SignIn.seen) <= now - MARK_EVERY
    )
    return change(session, due.values(seen=now)) == 1


def leave_flash(
    session: Session, flow: str, message: str, *, field: str = "", kept: str = ""
) -> None:
    """Keep a sentence for the next page of the same browser."""
    if flow:
        said = Flash(flow=flow, message=message, field=field, kept=kept[:254], at=clock.now())
        session.merge(said)


def take_flash(session: Session, flow: str) -> Flash | None:
    """The sentence kept for this browser, once."""
    if flash := session.get(Flash, flow):
        session.delete(flash)
    return flash
