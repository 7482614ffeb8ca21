"""Accounts managed by administrators: staff accounts, disabling, temporary passwords."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from ...core import audit, clock, mail, slow_work
from ...core.errors import Invalid, Refusal
from ...core.indonesian import check_text, searchable, staff_number_error, tidy
from ...core.locks import lock
from ...people.models import Person
from ...people.rules import STAFF, Role, StaffKind
from ...people.service.passwords import hash_password, is_correct, one_time_password
from ...people.service.sessions import end_all, needs_confirmation
from .. import emails
from ..rules import ONE_TIME_PASSWORD_LIFETIME, canonical_mailbox, email_error, lower_email
from .login import find_by_email
from .recovery import NoSecondFactor
from .reset import give_password
from .second_factor import delete_second_factor
from .sign_up import name_error, password_errors, refuse_any, refuse_guessable


class AccountNotFound(Refusal):
    message = "Akun tidak ditemukan. Muat ulang daftar akun."


class NotAdministrator(Refusal):
    message = "Hanya administrator yang dapat mengurus akun."


class EmailTaken(Refusal):
    message = "Email ini sudah mempunyai akun. Pakai alamat lain."
    field = "email"


class OwnAccount(Refusal):
    message = "Akun sendiri tidak dapat diubah di sini. Minta administrator lain."


class LastAdministrator(Refusal):
    message = "Ini administrator aktif yang terakhir. Tambahkan administrator lain dahulu."


class NothingToChange(Refusal):
    message = "Password Anda bukan password sementara. Pakai Ganti Password di menu profil."


@dataclass(frozen=True)
class NewStaff:
    """A checked form for a staff account, its password already hashed."""

    name: str
    email: str
    password_hash: str
    role: Role
    staff_kind: StaffKind | None = None
    staff_number: str = ""
    position: str = ""


def prepare_staff(session: Session, form: dict[str, str]) -> NewStaff:
    """Check the form (`name email password again staff_kind staff_number position role`); slow."""
    name, email = tidy(form.get("name", "")), form.get("email", "")
    position, number = tidy(form.get("position", "")), form.get("staff_number", "")
    kind, role = form.get("staff_kind", ""), form.get("role", "")
    refuse_any(
        {
            "name": name_error(name),
            "email": email_error(email),
            **password_errors(form),
            "staff_kind": None if kind in set(StaffKind) else "Pilih PNS atau PPPK.",
            "staff_number": staff_number_error(kind, number) if kind in set(StaffKind) else None,
            "position": check_text(position, 100) if position else "Jabatan belum diisi.",
            "role": None if role in STAFF else "Pilih peran petugas atau administrator.",
        }
    )
    refuse_guessable(form["password"], [name, email])
    return NewStaff(
        name=name,
        email=lower_email(email),
        password_hash=hash_password(session, form["password"]),
        role=Role(role),
        staff_kind=StaffKind(kind),
        staff_number="".join(number.split()),
        position=position,
    )


@needs_confirmation
def create_staff(session: Session, by: Person, form: NewStaff) -> Person:
    """Create an officer or administrator; the typed password is a one-time password."""
    _check_administrator(by)
    person = _add_staff(session, form)
    message = emails.staff_account_made()
    mail.queue_email(session, message, to=person.email, kind="staff_account", person_id=person.id)
    audit.record(session, "create_staff", by=by, subject=person.public_id, detail=form.role)
    return person


def prepare_administrator(session: Session, *, name: str, email: str) -> tuple[NewStaff, str]:
    """For the command line: a checked form with a random one-time password; slow."""
    name = tidy(name)
    refuse_any({"name": name_error(name), "email": email_error(email)})
    password = one_time_password()
    form = NewStaff(name, lower_email(email), hash_password(session, password), Role.ADMINISTRATOR)
    return form, password


def create_administrator(session: Session, form: NewStaff) -> Person:
    """For the command line, where nobody is signed in: the audit trail names no actor."""
    person = _add_staff(session, form)
    audit.record(session, "create_administrator", by=None, subject=person.public_id)
    return person


def _add_staff(session: Session, form: NewStaff) -> Person:
    lock(session, f"account {form.email}")
    if find_by_email(session, form.email):
        raise EmailTaken
    now = clock.now()
    person = Person(
        name=form.name,
        search_name=searchable(form.name)[:100],
        email=form.email,
        mailbox=canonical_mailbox(form.email),
        password_hash=form.password_hash,
        role=form.role,
        staff_kind=form.staff_kind,
        staff_number=form.staff_number,
        position=form.position,
        must_change_password=True,
        password_expires=now + ONE_TIME_PASSWORD_LIFETIME,
        created=now,
    )
    session.add(person)
    session.flush()
    return person


@needs_confirmation
def disable(session: Session, by: Person, public_id: str) -> str:
    """Disable an account and end its sign-ins; returns its name. Idempotent."""
    person = _get_other(session, public_id, by)
    if person.is_active:
        ensure_administrator_remains(session, person)
        person.is_active = False
        end_all(session, person.id)
        audit.record(session, "disable_account", by=by, subject=person.public_id)
    return person.name


@needs_confirmation
def enable(session: Session, by: Person, public_id: str) -> str:
    """Enable a disabled account again; returns its name. Idempotent."""
    person = _get_other(session, public_id, by)
    if not person.is_active:
        person.is_active = True
        audit.record(session, "enable_account", by=by, subject=person.public_id)
    return person.name


def prepare_temporary_password(session: Session) -> tuple[str, str]:
    """A random one-time password and its hash; slow."""
    password = one_time_password()
    return password, hash_password(session, password)


@needs_confirmation
def give_temporary_password(
    session: Session, by: Person, public_id: str, password_hash: str
) -> str:
    """Set a one-time password, end the sign-ins and email the person; returns their name.

    It must be changed at the first login and expires after `ONE_TIME_PASSWORD_LIFETIME`.
    """
    person = _get_other(session, public_id, by)
    person.password_hash = password_hash
    person.must_change_password = True
    person.password_expires = clock.now() + ONE_TIME_PASSWORD_LIFETIME
    end_all(session, person.id)
    message = emails.temporary_password()
    mail.queue_email(
        session, message, to=person.email, kind="temporary_password", person_id=person.id
    )
    audit.record(session, "temporary_password", by=by, subject=person.public_id)
    return person.name


@needs_confirmation
def remove_second_factor(session: Session, by: Person, public_id: str) -> str:
    """Remove a lost authenticator, end the sign-ins and email the person; returns their name.

    Where the office requires an authenticator, the next login enrols a new one.
    """
    person = _get_other(session, public_id, by)
    _remove_second_factor(session, person, by)
    return person.name


def reset_second_factor(session: Session, email: str) -> Person:
    """`remove_second_factor` for the command line, where nobody is signed in."""
    if (person := find_by_email(session, email)) is None:
        raise AccountNotFound
    _remove_second_factor(session, person, None)
    return person


def _remove_second_factor(session: Session, person: Person, by: Person | None) -> None:
    if not delete_second_factor(session, person):
        raise NoSecondFactor
    end_all(session, person.id)
    audit.record(session, "remove_second_factor", by=by, subject=person.public_id)


def _get_other(session: Session, public_id: str, by: Person) -> Person:
    """The account to change; raises OwnAccount for one's own."""
    _check_administrator(by)
    person = session.exec(select(Person).where(Person.public_id == public_id)).first()
    if person is None:
        raise AccountNotFound
    if person.id == by.id:
        raise OwnAccount
    return person


def _check_administrator(by: Person) -> None:
    if by.role != Role.ADMINISTRATOR:
        raise NotAdministrator


def ensure_administrator_remains(session: Session, person: Person) -> None:
    """Refuse to disable the last active administrator.

    The lock is for two administrators who disable each other at the same time.
    """
    if person.role != Role.ADMINISTRATOR:
        return
    lock(session, "administrators")
    others = select(func.count()).where(
        Person.role == Role.ADMINISTRATOR, col(Person.is_active), Person.id != person.id
    )
    if session.exec(others).one() == 0:
        raise LastAdministrator


def prepare_first_password(session: Session, by: Person, form: dict[str, str]) -> str:
    """Check the form (`password again`), also against the one-time password, and hash it; slow."""
    if not by.must_change_password:
        raise NothingToChange
    refuse_any(password_errors(form))
    refuse_guessable(form["password"], [by.name, by.email])
    slow_work.release_connection(session)
    if is_correct(form["password"], by.password_hash):
        raise Invalid({"password": "Password baru harus berbeda dengan password sementara."})
    return hash_password(session, form["password"])


def set_first_password(session: Session, by: Person, password_hash: str, *, sign_in: str) -> Person:
    """Replace the one-time password by the person's own; other sign-ins end."""
    if not by.must_change_password:
        raise NothingToChange
    give_password(session, by, password_hash)
    end_all(session, by.id, besides=sign_in)
    audit.record(session, "first_password", by=by, subject=by.public_id)
    return by
