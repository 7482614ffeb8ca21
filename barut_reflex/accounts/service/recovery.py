"""Recovery codes: ten single-use codes that replace a lost authenticator app."""

import secrets

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from ...core import audit, clock, mail, tokens
from ...core.errors import Refusal
from ...core.locks import execute_change
from ...people.models import Authenticator, Person
from ...people.service.passwords import UNAMBIGUOUS_CHARACTERS
from ...people.service.sessions import needs_confirmation
from .. import emails
from ..models import RecoveryCode

RECOVERY_CODES = 10


class NoSecondFactor(Refusal):
    message = "Akun ini tidak mempunyai autentikator."


def first_recovery_codes(session: Session, by: Person) -> list[str]:
    """Create the first recovery codes; empty without an authenticator, or if there were any."""
    if session.get(Authenticator, by.id) is None or _has_codes(session, by.id):
        return []
    return _new_codes(session, by)


@needs_confirmation
def new_recovery_codes(session: Session, by: Person) -> list[str]:
    """Replace all recovery codes by new ones, which are shown only this once."""
    if session.get(Authenticator, by.id) is None:
        raise NoSecondFactor
    return _new_codes(session, by)


def _new_codes(session: Session, person: Person) -> list[str]:
    delete_codes(session, person.id)
    codes = [_random_code() for _ in range(RECOVERY_CODES)]
    for code in codes:
        session.add(RecoveryCode(person_id=person.id, code_hash=_hash(person, code)))
    session.flush()
    audit.record(session, "new_recovery_codes", by=person, subject=person.public_id)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _random_code() -> str:
    """Ten characters, 49 bits."""
    return "".join(secrets.choice(UNAMBIGUOUS_CHARACTERS) for _ in range(10))


def use_recovery_code(session: Session, person: Person, typed: str) -> bool:
    """Mark a recovery code as used and email its owner; False if it is wrong or used before."""
    mine = update(RecoveryCode).where(
        col(RecoveryCode.person_id) == person.id,
        col(RecoveryCode.code_hash) == _hash(person, typed.replace("-", "")),
        col(RecoveryCode.used).is_(None),
    )
    if execute_change(session, mine.values(used=clock.now())) == 0:
        return False
    message = emails.recovery_code_used(codes_left(session, person.id))
    mail.queue_email(session, message, to=person.email, kind="second_factor", person_id=person.id)
    audit.record(session, "use_recovery_code", by=person, subject=person.public_id)
    return True


def _hash(person: Person, code: str) -> str:
    return tokens.keyed("recovery", f"{person.id} {code}")


def codes_left(session: Session, person_id: int) -> int:
    """How many recovery codes are still unused."""
    unused = select(func.count()).where(
        RecoveryCode.person_id == person_id, col(RecoveryCode.used).is_(None)
    )
    return session.exec(unused).one()


def _has_codes(session: Session, person_id: int) -> bool:
    any_code = select(RecoveryCode.id).where(RecoveryCode.person_id == person_id)
    return session.exec(any_code.limit(1)).first() is not None


def delete_codes(session: Session, person_id: int) -> None:
    """Delete all recovery codes of a person."""
    execute_change(session, delete(RecoveryCode).where(col(RecoveryCode.person_id) == person_id))
