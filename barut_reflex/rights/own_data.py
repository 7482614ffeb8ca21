"""What belongs to no single desk in the copy of one's own data: the letters and the trail."""

from sqlmodel import Session, col, or_, select

from ..core.indonesian import dated
from ..core.models import AuditEntry, OutboxMail
from ..people.models import Person
from ..people.rules import ROLE_LABELS
from . import queries


def letters(session: Session, person: Person) -> list[dict[str, object]]:
    mine = or_(OutboxMail.person_id == person.id, OutboxMail.recipient == person.email)
    found = session.exec(select(OutboxMail).where(mine).order_by(col(OutboxMail.created)))
    return [{"perihal": letter.subject, "dibuat": dated(letter.created)} for letter in found]


def trail(session: Session, person: Person) -> list[dict[str, object]]:
    """What I did and what was done to me, and to what of mine the desks name.

    Not by NIK: somebody who typed another's NIK would read who looked at that other.
    """
    subjects = queries.audit_subjects_of(session, person)
    about_me = or_(AuditEntry.actor_id == person.id, col(AuditEntry.subject).in_(subjects))
    found = select(AuditEntry).where(about_me).order_by(col(AuditEntry.id))
    return [_trace(session, entry, person) for entry in session.exec(found).all()]


def _trace(session: Session, entry: AuditEntry, person: Person) -> dict[str, object]:
    actor = session.get(Person, entry.actor_id) if entry.actor_id else None
    who = (
        "Anda" if entry.actor_id == person.id else (ROLE_LABELS[actor.role] if actor else "Sistem")
    )
    return {"waktu": dated(entry.at), "tindakan": entry.act, "oleh": who}
