"""Sign-in sessions: open, complete, end, look up by token; confirmation of dangerous acts.

The second factor itself is checked by `accounts`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from ...core import audit, clock, limits, mail, tokens
from ...core.errors import Refusal
from ...core.locks import execute_change
from ...core.settings import settings
from .. import emails
from ..models import Authenticator, KnownBrowser, Person, SignIn
from ..rules import IDLE_LIFETIME, MAX_SIGN_IN_LIFETIME, STAFF, device_name

SECOND_FACTOR_TIMEOUT = timedelta(minutes=10)  # to give the second factor
CONFIRMATION_LIFETIME = timedelta(minutes=5)  # of a password given again, for dangerous acts
LAST_SEEN_INTERVAL = timedelta(minutes=1)
NEW_DEVICE_EMAILS = (10, timedelta(days=1))  # to one person

CONFIRMATION_MARK = "__needs_confirmation__"

Act = TypeVar("Act", bound=Callable)


class SignedOut(Refusal):
    message = "Anda belum masuk. Silakan login lebih dahulu."


class ConfirmFirst(Refusal):
    message = "Demi keamanan, ketik password Anda sekali lagi, lalu ulangi tindakan tadi."


class LoadedSignIn(NamedTuple):
    """A sign-in as loaded from the database, with its person; check it with `is_valid`."""

    row: SignIn
    person: Person
    is_complete: bool  # the second factor was given, or is not required
    created: datetime  # UTC
    ends: datetime  # by age or by idle time, whichever comes first
    last_seen_due: datetime  # when `update_last_seen` is due


# -- opening ----------------------------------------------------------------------------------


def sign_in(
    session: Session, person_id: int, *, device: str = "", flow: str = "", old: str = ""
) -> str:
    """Open a sign-in and return the token for the cookie; the browser's old sign-in ends.

    Where a second factor is required it has no rights until `complete`, and ends after ten minutes.
    """
    sign_out(session, old)
    person, now, token = session.get_one(Person, person_id), clock.now(), tokens.new_token()
    waits = asks_second_factor(session, person)
    row = SignIn(
        token_hash=tokens.fingerprint(token),
        person_id=person_id,
        device=device[:120],
        created=now,
        seen=now,
        confirmed=now,
        ends=now + (SECOND_FACTOR_TIMEOUT if waits else MAX_SIGN_IN_LIFETIME[person.role]),
    )
    session.add(row)
    if waits:
        audit.record(session, "give_password", by=person, subject=person.public_id)
    else:
        _record_sign_in(session, person, row.device, flow)
    return token


def asks_second_factor(session: Session, person: Person) -> bool:
    """Whether a second factor is required, by the office (staff) or by the person's own choice."""
    return requires_second_factor(person) or session.get(Authenticator, person.id) is not None


def requires_second_factor(person: Person) -> bool:
    """Whether the office requires a second factor of this person."""
    return settings.officer_totp and person.role in STAFF


def complete(session: Session, found: LoadedSignIn, *, flow: str) -> str:
    """The second factor was given: return a new token; the old one is invalid.

    Raises `SignedOut` when another request has completed this sign-in meanwhile.
    """
    now, token = clock.now(), tokens.new_token()
    old, device = found.row.token_hash, found.row.device
    session.expunge(found.row)
    renewed = update(SignIn).where(col(SignIn.token_hash) == old)
    values = {"token_hash": tokens.fingerprint(token), "second_factor_at": now, "offered": ""}
    values |= {"confirmed": now, "seen": now, "ends": now + MAX_SIGN_IN_LIFETIME[found.person.role]}
    if execute_change(session, renewed.values(**values)) == 0:
        raise SignedOut
    if not found.is_complete:
        _record_sign_in(session, found.person, device, flow)
    return token


def _record_sign_in(session: Session, person: Person, device: str, flow: str) -> None:
    """Write the audit row, and email staff about a browser that is new to their account."""
    if not is_known_browser(session, person.id, flow):
        if flow:
            session.add(KnownBrowser(flow=flow, person_id=person.id))
        _email_new_device(session, person, device)
    audit.record(session, "sign_in", by=person, subject=person.public_id)


def _email_new_device(session: Session, person: Person, device: str) -> None:
    if person.role in STAFF and limits.spend_within(
        session, f"device letters {person.id}", NEW_DEVICE_EMAILS
    ):
        email = emails.new_device(device_name(device), clock.now())
        mail.queue_email(session, email, to=person.email, kind="new_device", person_id=person.id)


def is_known_browser(session: Session, person_id: int, flow: str) -> bool:
    """Whether somebody signed in to this account from this browser before."""
    known = select(KnownBrowser.id).where(
        KnownBrowser.flow == flow, KnownBrowser.person_id == person_id
    )
    return bool(flow) and session.exec(known).first() is not None


# -- ending -----------------------------------------------------------------------------------


def sign_out(session: Session, token_hash: str) -> None:
    """End the sign-in; the next event of any open tab is refused."""
    execute_change(session, delete(SignIn).where(col(SignIn.token_hash) == token_hash))


def end_all(session: Session, person_id: int, besides: str = "") -> int:
    """End every sign-in of a person, but the one with the hash `besides`; how many."""
    theirs = delete(SignIn).where(col(SignIn.person_id) == person_id)
    return execute_change(session, theirs.where(col(SignIn.token_hash) != besides))


def end_own(session: Session, by: Person, public_id: str) -> None:
    """End one of my own sign-ins; pressed twice, the second press changes nothing."""
    mine = delete(SignIn).where(col(SignIn.public_id) == public_id, col(SignIn.person_id) == by.id)
    if execute_change(session, mine):
        audit.record(session, "end_session", by=by, subject=by.public_id)


def end_others(session: Session, by: Person, *, sign_in: str) -> int:
    """End all my sign-ins but the one I press this in; how many."""
    if ended := end_all(session, by.id, besides=sign_in):
        audit.record(session, "end_sessions", by=by, subject=by.public_id, detail=str(ended))
    return ended


# -- looking up -------------------------------------------------------------------------------


def find_sign_in(session: Session, token_hash: str) -> SignIn | None:
    """The valid sign-in with this token hash; None when idle or open for too long."""
    found = find_current(session, token_hash)
    return found.row if found else None


def find_person(session: Session, token_hash: str) -> Person | None:
    """The person of a complete, valid sign-in; None if ended, incomplete, or account disabled."""
    found = find_current(session, token_hash)
    return found.person if found and found.is_complete else None


def get_person(session: Session, token_hash: str) -> Person:
    """As `find_person`; raises SignedOut instead of None."""
    if person := find_person(session, token_hash):
        return person
    raise SignedOut


def find_current(session: Session, token_hash: str) -> LoadedSignIn | None:
    """The valid sign-in with this token hash, complete or not; None for a disabled account."""
    found = load_sign_in(session, token_hash)
    return found if found and is_valid(found) else None


def is_valid(found: LoadedSignIn) -> bool:
    """Whether a sign-in is not expired and its account not disabled."""
    now = clock.now()
    is_from_the_future = found.created > now + clock.CLOCK_TOLERANCE
    return found.person.is_active and now < found.ends and not is_from_the_future


def load_sign_in(session: Session, token_hash: str) -> LoadedSignIn | None:
    """The sign-in with this token hash and its person, in one query; it may have ended."""
    if not token_hash:
        return None
    query = (
        select(SignIn, Person, Authenticator.person_id)
        .join(Person, col(Person.id) == SignIn.person_id)
        .outerjoin(Authenticator, col(Authenticator.person_id) == SignIn.person_id)
        .where(SignIn.token_hash == token_hash)
    )
    found = session.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        return None
    row, person, authenticator = found
    is_required = authenticator is not None or requires_second_factor(person)
    is_complete = not is_required or row.second_factor_at is not None
    seen = clock.utc(row.seen)
    ends = min(clock.utc(row.ends), seen + IDLE_LIFETIME[person.role])
    return LoadedSignIn(
        row, person, is_complete, clock.utc(row.created), ends, seen + LAST_SEEN_INTERVAL
    )


def is_last_seen_due(found: LoadedSignIn) -> bool:
    """Whether `seen` was last updated a minute ago or longer."""
    return found.last_seen_due <= clock.now()


def update_last_seen(session: Session, token_hash: str) -> bool:
    """Set `seen` to now, at most once a minute, since each page event asks; whether it was set."""
    now: datetime = clock.now()
    due = update(SignIn).where(
        col(SignIn.token_hash) == token_hash, col(SignIn.seen) <= now - LAST_SEEN_INTERVAL
    )
    return execute_change(session, due.values(seen=now)) == 1


# -- dangerous acts ---------------------------------------------------------------------------


def needs_confirmation(act: Act) -> Act:
    """Mark a dangerous act: it runs only within five minutes after the password was given again.

    `gate.doors`, through which every screen runs its acts, checks the mark.
    """
    setattr(act, CONFIRMATION_MARK, True)
    return act


def is_dangerous(act: Callable) -> bool:
    """Whether it is marked with `needs_confirmation`."""
    return getattr(act, CONFIRMATION_MARK, False)


def ensure_confirmed(session: Session, act: Callable, token_hash: str) -> None:
    """Raise `ConfirmFirst` when `act` is dangerous and the password was given too long ago."""
    if not is_dangerous(act):
        return
    row = find_sign_in(session, token_hash)
    age = clock.now() - clock.utc(row.confirmed) if row else CONFIRMATION_LIFETIME
    if not -clock.CLOCK_TOLERANCE <= age < CONFIRMATION_LIFETIME:
        raise ConfirmFirst


def confirm(session: Session, by: Person, *, sign_in: str) -> None:
    """The password was given again: this sign-in may run dangerous acts for five minutes."""
    here = update(SignIn).where(col(SignIn.token_hash) == sign_in)
    execute_change(session, here.values(confirmed=clock.now()))
    audit.record(session, "confirm_password", by=by, subject=by.public_id)
