"""Password reset: a code by email, then a link by email, then the new password."""

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from ...core import audit, clock, mail, tokens
from ...core.errors import Refusal
from ...core.figures import duration
from ...core.locks import execute_change
from ...people.models import Person
from ...people.service.passwords import hash_password
from ...people.service.sessions import end_all, is_known_browser
from .. import emails
from ..models import ResetLink
from ..rules import LINK_LIFETIME, Purpose, email_error, lower_email
from . import codes
from .login import find_by_email, forget_failures, get_person
from .mailbox_limits import count_mailbox
from .sign_up import password_errors, refuse_any, refuse_guessable


class LinkOver(Refusal):
    message = (
        "Link reset password ini sudah tidak berlaku. Minta yang baru lewat Lupa Password; "
        f"link hanya berlaku {duration(LINK_LIFETIME)} dan hanya sekali."
    )


class NothingAsked(Refusal):
    message = "Tulis email Anda dahulu, lalu tekan Kirim OTP."
    field = "email"


def begin_reset(session: Session, email: str, *, flow: str, address: str = "") -> None:
    """Email a reset code to this address; without an account, an email that says so.

    The caller sees the same answer in both cases. Nothing is sent within `RESEND_INTERVAL` of the
    last email. `address` is the caller's network address; raises TooManyMailboxes by its limits.
    """
    refuse_any({"email": email_error(email)})
    codes.require_flow(flow)
    email = lower_email(email)
    if codes.address_of_open_code(session, Purpose.RESET, flow=flow) != email:
        codes.close_codes(session, Purpose.RESET, flow=flow)
    if codes.start_resend_interval(session, Purpose.RESET, email, flow=flow):
        _mail_code(session, email, flow, address)


def _mail_code(session: Session, email: str, flow: str, address: str) -> None:
    person = find_by_email(session, email)
    own = _own_allowance(session, person, flow)
    count_mailbox(session, email, flow=flow, address=address, is_own=bool(own))
    if not codes.count_code_email(session, Purpose.RESET, email, own=own):
        return
    is_real = person is not None and person.is_active
    code, ends = codes.create_code(session, Purpose.RESET, email=email, flow=flow, is_real=is_real)
    message = emails.reset_code(code) if is_real else _excuse(person)
    ends = ends if is_real else ends + codes.EXTRA_TIME_WITHOUT_CODE
    mail.queue_email(session, message, to=email, kind="reset_code", expires=ends)


def _own_allowance(session: Session, person: Person | None, flow: str) -> str:
    """Key of the extra email limit of a browser the account knows; empty for other browsers.

    Others can use up the limit of a mailbox, but not this one.
    """
    is_known = is_known_browser(session, person.id if person else 0, flow)
    return f"{person.id} {flow}" if person and is_known else ""


def _excuse(person: Person | None):
    return emails.account_is_disabled() if person else emails.no_account()


def pending_reset(session: Session, *, flow: str) -> codes.Pending:
    """The open reset code of this browser; an empty one when there is none."""
    email = codes.address_of_open_code(session, Purpose.RESET, flow=flow) if flow else ""
    wait = codes.resend_wait(session, Purpose.RESET, email, flow=flow) if email else 0
    return codes.Pending(email, wait)


def resend_reset(session: Session, email: str, *, flow: str, address: str = "") -> None:
    """Email a new code; raises TooSoon within `RESEND_INTERVAL` of the last one."""
    if not email or email_error(email):
        raise NothingAsked
    codes.require_flow(flow)
    if not codes.start_resend_interval(session, Purpose.RESET, lower_email(email), flow=flow):
        raise codes.TooSoon
    _mail_code(session, lower_email(email), flow, address)


def confirm_reset(session: Session, code: str, *, flow: str) -> None:
    """Check the code and email a reset link; older links of the account are closed.

    The link is only in the email, never in the answer to the browser.
    """
    spent = codes.use_code(session, Purpose.RESET, code, flow=flow)
    person = find_by_email(session, spent.email)
    if person is None or not person.is_active:
        raise codes.CodeExpired
    _void_links(session, person.id)
    now, token = clock.now(), tokens.new_token()
    link = ResetLink(
        token_hash=tokens.fingerprint(token),
        person_id=person.id,
        created=now,
        expires=now + LINK_LIFETIME,
    )
    session.add(link)
    _tell(session, person, emails.reset_link(token), kind="reset_link", expires=link.expires)
    audit.record(session, "reset_link", by=person, subject=person.public_id)


def _void_links(session: Session, person_id: int) -> None:
    theirs = update(ResetLink).where(
        col(ResetLink.person_id) == person_id, col(ResetLink.used).is_(None)
    )
    execute_change(session, theirs.values(used=clock.now()))


def link_is_good(session: Session, link: str) -> bool:
    """Whether the reset link with this hash is unused and not expired."""
    return _find_link(session, link) is not None


def _find_link(session: Session, link: str) -> ResetLink | None:
    return session.exec(select(ResetLink).where(*_is_good(link))).first() if link else None


def _is_good(link: str) -> list[ColumnElement[bool]]:
    now = clock.now()
    return [
        col(ResetLink.token_hash) == link,
        col(ResetLink.used).is_(None),
        col(ResetLink.expires) > now,
        col(ResetLink.created) <= now + clock.CLOCK_TOLERANCE,
    ]


def prepare_new_password(session: Session, form: dict[str, str], *, link: str) -> str:
    """Check the form (`password again`) for the account of the link and hash it; slow."""
    row = _find_link(session, link)
    if row is None:
        raise LinkOver
    person = get_person(session, row.person_id)
    refuse_any(password_errors(form))
    refuse_guessable(form["password"], [person.name, person.email])
    return hash_password(session, form["password"])


def set_new_password(session: Session, password_hash: str, *, link: str) -> None:
    """Use the link: set the password, end every sign-in of the account, email its owner."""
    row = _find_link(session, link)
    use = update(ResetLink).where(*_is_good(link)).values(used=clock.now())
    if row is None or execute_change(session, use) == 0:
        raise LinkOver
    person = get_person(session, row.person_id)
    if not person.is_active:
        raise LinkOver
    give_password(session, person, password_hash)
    end_all(session, person.id)
    audit.record(session, "reset_password", by=person, subject=person.public_id)


def give_password(session: Session, person: Person, password_hash: str) -> None:
    """Set a password the person chose, close open reset links and email them."""
    person.password_hash = password_hash
    person.password_changed = clock.now()
    person.must_change_password, person.password_expires = False, None
    session.add(person)
    _void_links(session, person.id)
    forget_failures(session, person)
    _tell(session, person, emails.password_changed(), kind="password_changed")


def _tell(session: Session, person: Person, message: mail.Email, *, kind: str, expires=None):
    mail.queue_email(
        session, message, to=person.email, kind=kind, person_id=person.id, expires=expires
    )
