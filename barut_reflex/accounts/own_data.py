"""Account part of a person's data copy: the account itself and its sign-ins."""

from sqlmodel import Session

from ..core.indonesian import dated
from ..people.models import Person
from ..people.rules import ROLE_LABELS
from . import queries


def account(_session: Session, person: Person) -> dict[str, object]:
    """Name, email, role and times of the account."""
    return {
        "nama": person.name,
        "email": person.email,
        "peran": ROLE_LABELS[person.role],
        "dibuat": dated(person.created),
        "password_diubah": dated(person.password_changed),
    }


def sign_ins(session: Session, person: Person) -> list[dict[str, str]]:
    """Sign-ins that have not ended, most recently used first."""
    return [
        {"perangkat": row.device, "sejak": row.since, "terakhir": row.seen}
        for row in queries.list_sessions(session, person, sign_in="")
    ]
