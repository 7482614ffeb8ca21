"""Sign up: a pending row until its own code comes back, then an account."""

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
from .letters import HOUR, count_mailbox
from .login import find_by_email

# Forms an hour whose password is looked at, some four for each mailbox that may be written to.
FORMS_OF_BROWSER, FORMS_OF_NETWORK, FORMS_OF_KNOWN_NETWORK = 40, 240, 1200
WAITS = timedelta(days=3)  # a sign-up without its code
TERMS = "Centang persetujuan syarat dan ketentuan untuk melanjutkan."


class NothingPending(Refusal):
    message = "Tidak ada pendaftaran yang menunggu di browser ini. Silakan daftar lagi."


class AlreadyRegistered(Refusal):
    message = "Email ini sudah mempunyai akun. Silakan login, atau pilih Lupa Password."
    is_counted = True


@dataclass(frozen=True)
class SignUp:
    """A sign-up form that was found good, its password already hashed."""

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
    """Count one form before its password is hashed, which takes a quarter of a second.

    Forms with faults count too, so a person may correct one often. Raises TooManySignUps.
    """
    codes.need_flow(flow)
    of_network = FORMS_OF_KNOWN_NETWORK if is_known_network(address) else FORMS_OF_NETWORK
    keys = {flow: FORMS_OF_BROWSER, network_of(address): of_network}
    if not all(limits.spend(session, f"forms of {k}", limit=n, per=HOUR) for k, n in keys.items()):
        raise TooManySignUps


def prepare_sign_up(session: Session, form: dict[str, str]) -> SignUp:
    """Check the form (`name email password again agreed`) and hash its password; slow.

    Answers from the form alone, so nothing shows whether the address has an account.
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
    """What is wrong with a person's name; None when it is good."""
    return check_name(name) if name else "Nama lengkap belum diisi."


def password_errors(form: dict[str, str]) -> dict[str, str | None]:
    """What is wrong with a new password (`password`) and with its repetition (`again`).

    Whether it is easily guessed is asked last and once, of a form that is good but for that.
    """
    password, again = form.get("password", ""), form.get("again", "")
    return {
        "password": form_error(password),
        "again": None if again == password else "Konfirmasi berbeda dengan password. Ketik ulang.",
    }


def refuse_guessable(password: str, own_words: list[str]) -> None:
    """Refuse a password that is common, or made of the office's or the person's own words."""
    refuse_any({"password": guess_error(password, own_words)})


def refuse_any(errors: dict[str, str | None]) -> None:
    """Refuse the form when any of its fields has an error."""
    if found := {field: text for field, text in errors.items() if text}:
        raise Invalid(found)


def begin_sign_up(session: Session, form: SignUp, *, flow: str, address: str = "") -> None:
    """Keep the sign-up and mail its code; for an address with an account, mail that instead.

    The answer is always the same. Within a minute of the last mail none is sent anew. `address`
    is the caller's network address; raises `TooManyLetters` by it or by the browser.
    """
    codes.need_flow(flow)
    _keep(session, flow, form)
    if codes.rest(session, Purpose.SIGN_UP, form.email, flow=flow):
        _mail_code(session, form.email, flow, address)


def _keep(session: Session, flow: str, form: SignUp) -> None:
    """One sign-up a browser; a code sent to another address of it is void."""
    before = session.get(Registration, flow)
    if before and before.email != form.email:
        codes.void(session, Purpose.SIGN_UP, flow=flow)
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
    if not codes.may_mail(session, Purpose.SIGN_UP, email):
        return
    is_free = find_by_email(session, email) is None
    code, ends = codes.make(session, Purpose.SIGN_UP, email=email, flow=flow, is_real=is_free)
    letter = emails.sign_up_code(code) if is_free else emails.already_registered()
    ends = ends if is_free else ends + codes.WITHOUT_CODE
    mail.queue_email(session, letter, to=email, kind="sign_up", expires=ends)


def resend(session: Session, *, flow: str, address: str = "") -> None:
    """Mail a new code; the older one is void. Refused within a minute of the last."""
    waiting = _get_waiting(session, flow)
    if not codes.rest(session, Purpose.SIGN_UP, waiting.email, flow=flow):
        raise codes.TooSoon
    _mail_code(session, waiting.email, flow, address)


def correct_address(session: Session, email: str, *, flow: str, address: str = "") -> None:
    """The address was mistyped: the sign-up goes on with another, and a code is mailed there."""
    refuse_any({"email": email_error(email)})
    waiting = _get_waiting(session, flow)
    form = SignUp(waiting.name, lower_email(email), waiting.password_hash)
    begin_sign_up(session, form, flow=flow, address=address)


def pending_sign_up(session: Session, *, flow: str) -> codes.Pending:
    """What this browser's sign-up waits for; empty when there is none."""
    waiting = session.get(Registration, flow) if flow else None
    if waiting is None or clock.utc(waiting.created) + WAITS < clock.now():
        return codes.Pending()
    rest = codes.rest_left(session, Purpose.SIGN_UP, waiting.email, flow=flow)
    return codes.Pending(waiting.email, rest)


def _get_waiting(session: Session, flow: str) -> Registration:
    codes.need_flow(flow)
    waiting = session.get(Registration, flow)
    if waiting is None or clock.utc(waiting.created) + WAITS < clock.now():
        raise NothingPending
    return waiting


def confirm_sign_up(session: Session, code: str, *, flow: str) -> Person:
    """The right code makes the account; of two sign-ups for one address the first code wins."""
    waiting = _get_waiting(session, flow)
    spent = codes.spend(session, Purpose.SIGN_UP, code, flow=flow)
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
    """The flow of a sign-up without its code that has this address and password; else empty.

    Costs one password check whether or not one waits. The browser's own sign-up goes first.
    """
    since = clock.now() - WAITS
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
    """Go on with a sign-up in this browser and mail a new code; False if it is over meanwhile.

    Only for somebody who has just given its password (`find_waiting_sign_up`).
    """
    codes.need_flow(flow)
    waiting = session.get(Registration, waiting_flow)
    if waiting is None:
        return False
    form = SignUp(waiting.name, waiting.email, waiting.password_hash)
    begin_sign_up(session, form, flow=flow, address=address)
    if waiting_flow != flow:
        codes.void(session, Purpose.SIGN_UP, flow=waiting_flow)
        session.delete(waiting)
    return True
