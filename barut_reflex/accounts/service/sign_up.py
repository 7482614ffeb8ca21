"""Sign-up: a pending registration row, and the account once its emailed code was typed."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from ...core import audit, clock, limits, mail, slow_work
from ...core.errors import Invalid, Refusal
from ...core.figures import duration_in_words
from ...core.indonesian import check_name, searchable, tidy
from ...core.locks import lock
from ...core.networks import is_known_network, network_of
from ...people.models import Person
from ...people.service.passwords import hash_password, is_correct
from .. import emails
from ..models import Registration
from ..rules import Purpose, canonical_mailbox, email_error, form_error, guess_error, lower_email
from . import codes
from .login import find_by_email
from .mailbox_limits import HOUR, count_mailbox

# Forms checked an hour: about four for each mailbox that may be sent a code.
FORMS_PER_BROWSER, FORMS_PER_NETWORK, FORMS_PER_KNOWN_NETWORK = 40, 240, 1200
SIGN_UP_LIFETIME = timedelta(days=3)  # of a registration whose code was not typed
TERMS = "Centang persetujuan syarat dan ketentuan untuk melanjutkan."


class NothingPending(Refusal):
    message = "Tidak ada pendaftaran yang menunggu di browser ini. Silakan daftar lagi."


class AlreadyRegistered(Refusal):
    message = "Email ini sudah mempunyai akun. Silakan login, atau pilih Lupa Password."
    is_counted = True


@dataclass(frozen=True)
class SignUp:
    """A checked sign-up form, its password already hashed."""

    name: str
    email: str
    password_hash: str


class TooManySignUps(Refusal):
    message = (
        "Sudah terlalu banyak formulir pendaftaran dikirim dari browser atau jaringan ini. "
        f"Tunggu {duration_in_words(HOUR)}, lalu coba lagi, atau pakai jaringan lain seperti data "
        "seluler."
    )


def count_sign_up(session: Session, *, flow: str, address: str) -> None:
    """Count one sign-up form, before its password is hashed at great cost.

    Forms with errors count too, so the limit leaves room for corrections. Raises TooManySignUps.
    """
    codes.require_flow(flow)
    of_network = FORMS_PER_KNOWN_NETWORK if is_known_network(address) else FORMS_PER_NETWORK
    keys = {flow: FORMS_PER_BROWSER, network_of(address): of_network}
    if not all(limits.spend(session, f"forms of {k}", limit=n, per=HOUR) for k, n in keys.items()):
        raise TooManySignUps


def prepare_sign_up(session: Session, form: dict[str, str]) -> SignUp:
    """Check the form (`name email password again agreed`) and hash its password; slow.

    Reads nothing but the form, so the answer never shows whether the address has an account.
    """
    name, email = tidy(form.get("name", "")), form.get("email", "")
    errors = {
        "name": name_error(name),
        "email": email_error(email),
        **password_errors(form),
        "agreed": None if form.get("agreed") == "on" else TERMS,
    }
    refuse_any(errors)
    refuse_guessable(form["password"], [name, email])
    return SignUp(name, lower_email(email), hash_password(session, form["password"]))


def name_error(name: str) -> str | None:
    """What is wrong with a person's name; None if nothing."""
    return check_name(name) if name else "Nama lengkap belum diisi."


def password_errors(form: dict[str, str]) -> dict[str, str | None]:
    """What is wrong with a new password (`password`) and with its repetition (`again`).

    `refuse_guessable` is not part of it: it is slow, so it runs last, on a form otherwise valid.
    """
    password, again = form.get("password", ""), form.get("again", "")
    return {
        "password": form_error(password),
        "again": None if again == password else "Konfirmasi berbeda dengan password. Ketik ulang.",
    }


def refuse_guessable(password: str, own_words: list[str]) -> None:
    """Refuse a password that is common, or made of local words or the person's own data."""
    refuse_any({"password": guess_error(password, own_words)})


def refuse_any(errors: dict[str, str | None]) -> None:
    """Refuse the form when any of its fields has an error."""
    if wrong := {field: text for field, text in errors.items() if text}:
        raise Invalid(wrong)


def begin_sign_up(session: Session, form: SignUp, *, flow: str, address: str = "") -> None:
    """Store the registration and email its code; if the address has an account, email that.

    The caller sees the same answer in both cases. Nothing is sent within `RESEND_INTERVAL` of the
    last email. `address` is the caller's network address; raises TooManyMailboxes by its limits.
    """
    codes.require_flow(flow)
    _store(session, flow, form)
    if codes.start_resend_interval(session, Purpose.SIGN_UP, form.email, flow=flow):
        _mail_code(session, form.email, flow, address)


def _store(session: Session, flow: str, form: SignUp) -> None:
    """Store one registration per browser; a code sent to its former address is closed."""
    before = session.get(Registration, flow)
    if before and before.email != form.email:
        codes.close_codes(session, Purpose.SIGN_UP, flow=flow)
    session.merge(
        Registration(
            flow=flow,
            name=form.name,
            email=form.email,
            mailbox=canonical_mailbox(form.email),
            password_hash=form.password_hash,
            created=clock.now(),
        )
    )


def _mail_code(session: Session, email: str, flow: str, address: str) -> None:
    count_mailbox(session, email, flow=flow, address=address)
    if not codes.count_code_email(session, Purpose.SIGN_UP, email):
        return
    is_free = find_by_email(session, email) is None
    code, ends = codes.create_code(
        session, Purpose.SIGN_UP, email=email, flow=flow, is_real=is_free
    )
    message = emails.sign_up_code(code) if is_free else emails.already_registered()
    ends = ends if is_free else ends + codes.EXTRA_TIME_WITHOUT_CODE
    mail.queue_email(session, message, to=email, kind="sign_up", expires=ends)


def resend(session: Session, *, flow: str, address: str = "") -> None:
    """Email a new code and close the older; raises TooSoon within `RESEND_INTERVAL`."""
    waiting = _get_waiting(session, flow)
    if not codes.start_resend_interval(session, Purpose.SIGN_UP, waiting.email, flow=flow):
        raise codes.TooSoon
    _mail_code(session, waiting.email, flow, address)


def correct_address(session: Session, email: str, *, flow: str, address: str = "") -> None:
    """Change the mistyped address of the pending sign-up and email a code there."""
    refuse_any({"email": email_error(email)})
    waiting = _get_waiting(session, flow)
    form = SignUp(waiting.name, lower_email(email), waiting.password_hash)
    begin_sign_up(session, form, flow=flow, address=address)


def pending_sign_up(session: Session, *, flow: str) -> codes.Pending:
    """The pending sign-up of this browser; an empty one when there is none."""
    waiting = session.get(Registration, flow) if flow else None
    if waiting is None or clock.utc(waiting.created) + SIGN_UP_LIFETIME < clock.now():
        return codes.Pending()
    wait = codes.resend_wait(session, Purpose.SIGN_UP, waiting.email, flow=flow)
    return codes.Pending(waiting.email, wait)


def _get_waiting(session: Session, flow: str) -> Registration:
    codes.require_flow(flow)
    waiting = session.get(Registration, flow)
    if waiting is None or clock.utc(waiting.created) + SIGN_UP_LIFETIME < clock.now():
        raise NothingPending
    return waiting


def confirm_sign_up(session: Session, code: str, *, flow: str) -> Person:
    """Check the code and create the account.

    Of two sign-ups for one address the first right code wins; the other gets AlreadyRegistered.
    """
    waiting = _get_waiting(session, flow)
    spent = codes.use_code(session, Purpose.SIGN_UP, code, flow=flow)
    if spent.email != waiting.email:
        raise codes.CodeExpired
    lock(session, f"account {waiting.email}")
    session.delete(waiting)
    if find_by_email(session, waiting.email):
        raise AlreadyRegistered
    return _make_account(session, waiting)


def _make_account(session: Session, waiting: Registration) -> Person:
    person = Person(
        name=waiting.name,
        search_name=searchable(waiting.name)[:100],
        email=waiting.email,
        mailbox=waiting.mailbox,
        password_hash=waiting.password_hash,
        password_changed=waiting.created,
        created=clock.now(),
    )
    session.add(person)
    session.flush()
    audit.record(session, "sign_up", by=person, subject=person.public_id)
    return person


def find_waiting_sign_up(session: Session, email: str, password: str, *, flow: str = "") -> str:
    """The flow of a pending sign-up with this address and password; else empty. Slow (bcrypt).

    One password is checked whether or not there is a pending sign-up, so the time tells nothing.
    The browser's own sign-up is preferred.
    """
    since = clock.now() - SIGN_UP_LIFETIME
    waiting = select(Registration).where(
        Registration.email == lower_email(email), col(Registration.created) > since
    )
    own_first = waiting.order_by(
        (col(Registration.flow) == flow).desc(), col(Registration.created).desc()
    )
    row = session.exec(own_first.limit(1)).first()
    slow_work.release_connection(session)
    return row.flow if is_correct(password, row.password_hash if row else "") and row else ""


def resume_sign_up(session: Session, waiting_flow: str, *, flow: str, address: str = "") -> bool:
    """Continue a pending sign-up in this browser and email a new code; False if it is gone.

    Call it only after the password was checked (`find_waiting_sign_up`).
    """
    codes.require_flow(flow)
    waiting = session.get(Registration, waiting_flow)
    if waiting is None:
        return False
    form = SignUp(waiting.name, waiting.email, waiting.password_hash)
    begin_sign_up(session, form, flow=flow, address=address)
    if waiting_flow != flow:
        codes.close_codes(session, Purpose.SIGN_UP, flow=waiting_flow)
        session.delete(waiting)
    return True
