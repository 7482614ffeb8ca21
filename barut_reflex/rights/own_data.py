"""Emails and audit trail of a person, for the copy of their own data: they belong to no desk."""

from sqlmodel import Session, col, or_, select

from ..core.indonesian import dated
from ..core.models import AuditEntry, OutboxMail
from ..people.models import Person
from ..people.rules import ROLE_LABELS
from . import queries


def emails(session: Session, person: Person) -> list[dict[str, object]]:
    """Subject and date of each email to the person that is still in the outbox."""
    mine = or_(OutboxMail.person_id == person.id, OutboxMail.recipient == person.email)
    mails = session.exec(select(OutboxMail).where(mine).order_by(col(OutboxMail.created)))
    return [{"perihal": mail.subject, "dibuat": dated(mail.created)} for mail in mails]


def trail(session: Session, person: Person) -> list[dict[str, object]]:
    """What the person did, and what was done to them and to what is theirs.

    Not found by NIK: who typed in another person's NIK would read who viewed that other person.
    """
    subjects = queries.audit_subjects_of(session, person)
    about_me = or_(AuditEntry.actor_id == person.id, col(AuditEntry.subject).in_(subjects))
    entries = select(AuditEntry).where(about_me).order_by(col(AuditEntry.id))
    return [_in_words(session, entry, person) for entry in session.exec(entries).all()]


def _in_words(session: Session, entry: AuditEntry, person: Person) -> dict[str, object]:
    actor = session.get(Person, entry.actor_id) if entry.actor_id else None
    who = (
        "Anda" if entry.actor_id == person.id else (ROLE_LABELS[actor.role] if actor else "Sistem")
    )
    return {"waktu": dated(entry.at), "tindakan": entry.act, "oleh": who}
