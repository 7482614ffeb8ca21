"""Login: checks email and password, and limits the tries; the sign-in is made in `people`."""

import logging
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from ...core import clock, limits, slow_work
from ...core.errors import Refusal
from ...core.figures import duration, duration_in_words
from ...core.locks import execute_change
from ...core.networks import network_of
from ...people.models import KnownBrowser, Person
from ...people.service.passwords import hash_password, is_correct, is_outdated
from ...people.service.sessions import is_known_browser
from ..rules import ONE_TIME_PASSWORD_LIFETIME, canonical_mailbox, lower_email

ACCOUNT_FAILURE_LIMIT = (
    5,
    timedelta(seconds=300),
)  # tries at one account; known browsers count apart
MAX_FAILURES_IN_A_ROW = 100
NETWORK_FAILURE_LIMIT = (10, timedelta(minutes=1))
SITE_FAILURE_ALARM = (200, timedelta(minutes=10))  # tries on the whole site
log = logging.getLogger(__name__)


class WrongPassword(Refusal):
    message = "Email atau password salah. Periksa lagi, atau pilih Lupa Password."
    field = "email"
    is_counted = True


class TooManyLogins(Refusal):
    message = (
        "Terlalu banyak percobaan login. "
        f"Tunggu {duration_in_words(ACCOUNT_FAILURE_LIMIT[1])}, lalu coba lagi, "
        "atau pilih Lupa Password."
    )
    field = "email"
    is_counted = True


class ResetNeeded(TooManyLogins):
    message = "Password terlalu sering salah. Pilih Lupa Password untuk membuat yang baru."


class TemporaryPasswordOver(Refusal):
    message = (
        f"Password sementara ini sudah lewat {duration(ONE_TIME_PASSWORD_LIFETIME)}. "
        "Minta yang baru kepada administrator, atau pilih Lupa Password."
    )
    field = "password"


def count_login(session: Session, email: str, address: str, *, flow: str = "") -> None:
    """Count one try at this account and from this network address, before the password is read.

    Counted beforehand, so that parallel tries cannot pass the limit; `clear_login` gives it back.
    A browser that the account knows is counted apart, so that others cannot lock the owner out.
    Raises TooManyLogins, ResetNeeded.
    """
    known = _known_key(session, email, flow)
    account, place = known or account_key(email), f"login from {network_of(address)}"
    if (
        limits.count(session, f"{account} in a row", per=limits.HIT_RETENTION)
        >= MAX_FAILURES_IN_A_ROW
    ):
        raise ResetNeeded
    _sound_alarm(session)
    is_allowed = bool(known) or limits.spend_within(session, place, NETWORK_FAILURE_LIMIT)
    if not (is_allowed and limits.spend_within(session, account, ACCOUNT_FAILURE_LIMIT)):
        raise TooManyLogins
    limits.spend(
        session, f"{account} in a row", limit=MAX_FAILURES_IN_A_ROW, per=limits.HIT_RETENTION
    )


def _sound_alarm(session: Session) -> None:
    many, per = SITE_FAILURE_ALARM
    is_counted = limits.spend(session, "logins", limit=many, per=per)
    if is_counted and limits.count(session, "logins", per=per) >= many:  # log once, at the limit
        log.warning("alarm: %s failed logins within %s", many, per)


def account_key(email: str) -> str:
    """Key of the counter of tries at the account of this address."""
    return f"login {canonical_mailbox(email)}"


def _known_key(session: Session, email: str, flow: str) -> str:
    """Key of the counter of a browser the account knows; empty for all other browsers."""
    person = find_by_email(session, email)
    is_known = is_known_browser(session, person.id if person else 0, flow)
    return f"{account_key(email)} by {flow}" if is_known else ""


def check_password(session: Session, email: str, password: str) -> int:
    """The id of the person with this email and password; slow (bcrypt).

    Unknown and disabled people cost the same time and get the same answer as a wrong password.
    Raises WrongPassword, TemporaryPasswordOver.
    """
    person = find_by_email(session, email)
    slow_work.release_connection(session)
    is_right = is_correct(password, person.password_hash if person else "")
    if not is_right or person is None or not person.is_active:
        raise WrongPassword
    if person.password_expires and clock.utc(person.password_expires) <= clock.now():
        raise TemporaryPasswordOver
    return person.id


def renewed_hash(session: Session, person_id: int, password: str) -> tuple[str, str] | None:
    """Old and new hash of the password just checked, if the bcrypt cost has changed; slow."""
    old = get_person(session, person_id).password_hash
    return (old, hash_password(session, password)) if is_outdated(old) else None


def renew_hash(session: Session, person_id: int, old: str, new: str) -> bool:
    """Replace the old hash by the new one, unless the password was changed meanwhile."""
    mine = update(Person).where(col(Person.id) == person_id, col(Person.password_hash) == old)
    return execute_change(session, mine.values(password_hash=new)) == 1


def clear_login(session: Session, email: str, address: str = "", *, flow: str = "") -> None:
    """After a successful login: take back what `count_login` counted and clear earlier failures.

    For a known browser only its own counter is cleared; the counter of all other browsers keeps
    its recent failures and loses only its "in a row".
    """
    known = _known_key(session, email, flow)
    limits.clear(session, known or account_key(email))
    for account in {known, account_key(email)} - {""}:
        limits.clear(session, f"{account} in a row")
    limits.refund(session, "logins")
    if not known:
        limits.refund(session, f"login from {network_of(address)}")


def forget_failures(session: Session, person: Person) -> None:
    """Clear all counters of the account after a reset, so that the owner can log in at once."""
    known = select(KnownBrowser.flow).where(KnownBrowser.person_id == person.id)
    account = account_key(person.email)
    for key in [account, *(f"{account} by {flow}" for flow in session.exec(known))]:
        limits.clear(session, key)
        limits.clear(session, f"{key} in a row")


def find_by_email(session: Session, email: str) -> Person | None:
    """The person with this email address, in any capitalisation; None if there is none."""
    return session.exec(select(Person).where(Person.email == lower_email(email))).first()


def get_person(session: Session, person_id: int) -> Person:
    """The person with this id."""
    return session.get_one(Person, person_id)
