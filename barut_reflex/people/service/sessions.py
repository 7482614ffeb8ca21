"""Sign-ins: opened, completed, confirmed, ended; and who stands behind a cookie."""

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

SECOND_FACTOR_TIMEOUT = timedelta(minutes=10)  # a sign-in whose second factor has not come yet
CONFIRMATION_LIFETIME = timedelta(
    minutes=5
)  # how long a password just given counts for dangerous acts
LAST_SEEN_INTERVAL = timedelta(minutes=1)
NEW_DEVICE_EMAILS = (10, timedelta(days=1))  # to one person

CONFIRMATION_MARK = "__needs_confirmation__"

Act = TypeVar("Act", bound=Callable)


class SignedOut(Refusal):
    message = "Anda belum masuk. Silakan login lebih dahulu."


class ConfirmFirst(Refusal):
    message = "Demi keamanan, ketik password Anda sekali lagi, lalu ulangi tindakan tadi."


class LoadedSignIn(NamedTuple):
    """A living sign-in, whose it is, and whether everything asked for was given."""

    row: SignIn
    person: Person
    is_complete: bool
    created: datetime  # as it was told, for the question "may this be?" asked at each event
    ends: datetime  # by age or by lying unused, whichever comes first
    last_seen_due: datetime  # when to mark it as used


# -- opening ----------------------------------------------------------------------------------


def sign_in(
    session: Session, person_id: int, *, device: str = "", flow: str = "", old: str = ""
) -> str:
    """Open a sign-in and hand back the token for the cookie; the browser's old one ends.

    Where a second factor is asked, nobody stands behind it until `complete`, ten minutes long.
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
    """Whether a password alone is not enough: the office asks it of staff, anybody may want it."""
    return requires_second_factor(person) or session.get(Authenticator, person.id) is not None


def requires_second_factor(person: Person) -> bool:
    """Whether the office asks this person for a second factor, wanted or not."""
    return settings.officer_totp and person.role in STAFF


def complete(session: Session, found: LoadedSignIn, *, flow: str) -> str:
    """The second factor was given: hand back a new token, the old one is worth nothing.

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
    """Write the sign-in down; staff are told of a browser that never signed in to their account."""
    if not is_known_browser(session, person.id, flow):
        if flow:
            session.add(KnownBrowser(flow=flow, person_id=person.id))
        _email_new_device(session, person, device)
    audit.record(session, "sign_in", by=person, subject=person.public_id)


def _email_new_device(session: Session, person: Person, device: str) -> None:
    if person.role in STAFF and limits.spend_within(
        session, f"device letters {person.id}", NEW_DEVICE_EMAILS
    ):
        letter = emails.new_device(device_name(device), clock.now())
        mail.queue_email(session, letter, to=person.email, kind="new_device", person_id=person.id)


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
    """The living sign-in behind a token's hash; None when idle or open for too long."""
    found = find_current(session, token_hash)
    return found.row if found else None


def find_person(session: Session, token_hash: str) -> Person | None:
    """Who acts; None for a sign-in that ended, that still waits, and for a disabled account."""
    found = find_current(session, token_hash)
    return found.person if found and found.is_complete else None


def get_person(session: Session, token_hash: str) -> Person:
    """Who acts; raises `SignedOut` when nobody does."""
    if person := find_person(session, token_hash):
        return person
    raise SignedOut


def find_current(session: Session, token_hash: str) -> LoadedSignIn | None:
    """The living sign-in behind a token's hash, complete or not; None for a disabled account."""
    found = load_sign_in(session, token_hash)
    return found if found and is_valid(found) else None


def is_valid(found: LoadedSignIn) -> bool:
    """Whether a sign-in still lives at this moment, of an account that may still be used."""
    now = clock.now()
    is_from_the_future = found.created > now + clock.CLOCK_TOLERANCE
    return found.person.is_active and now < found.ends and not is_from_the_future


def load_sign_in(session: Session, token_hash: str) -> LoadedSignIn | None:
    """The sign-in behind a token's hash in one query, whether it still lives or not."""
    if not token_hash:
        return None
    asked = (
        select(SignIn, Person, Authenticator.person_id)
        .join(Person, col(Person.id) == SignIn.person_id)
        .outerjoin(Authenticator, col(Authenticator.person_id) == SignIn.person_id)
        .where(SignIn.token_hash == token_hash)
    )
    found = session.exec(asked.execution_options(populate_existing=True)).first()
    if found is None:
        return None
    row, person, authenticator = found
    is_asked = authenticator is not None or requires_second_factor(person)
    is_complete = not is_asked or row.second_factor_at is not None
    seen = clock.utc(row.seen)
    ends = min(clock.utc(row.ends), seen + IDLE_LIFETIME[person.role])
    return LoadedSignIn(
        row, person, is_complete, clock.utc(row.created), ends, seen + LAST_SEEN_INTERVAL
    )


def is_last_seen_due(found: LoadedSignIn) -> bool:
    """Whether a minute has passed since the sign-in was last marked as used."""
    return found.last_seen_due <= clock.now()


def update_last_seen(session: Session, token_hash: str) -> bool:
    """Mark the sign-in as used, at most once a minute; whether it was marked."""
    now: datetime = clock.now()
    due = update(SignIn).where(
        col(SignIn.token_hash) == token_hash, col(SignIn.seen) <= now - LAST_SEEN_INTERVAL
    )
    return execute_change(session, due.values(seen=now)) == 1


# -- dangerous acts ---------------------------------------------------------------------------


def needs_confirmation(act: Act) -> Act:
    """Mark an act that screens may run only within five minutes of a given password.

    Screens have one door to the office, and that door asks (`gate.doors`).
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
    """The password was given again: dangerous acts are open to this sign-in for five minutes."""
    here = update(SignIn).where(col(SignIn.token_hash) == sign_in)
    execute_change(session, here.values(confirmed=clock.now()))
    audit.record(session, "confirm_password", by=by, subject=by.public_id)
