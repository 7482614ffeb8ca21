"""Query: the newest emails to an applicant on applications and cards, and if they were sent."""

from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import Session, col, select

from ...applications.models import Application
from ...core.indonesian import long_time
from ...core.models import OutboxMail

EMAILS_SHOWN = 5
# Beginnings of the kinds that officers see. Codes and links of the account stay private.
SHOWN_KINDS = ("application_", "card_")


@dataclass
class EmailState:
    """One email and whether it was delivered, in words."""

    subject: str
    state: str
    tone: str


def emails_to_applicant(session: Session, application: Application) -> list[EmailState]:
    """The newest emails to the applicant about applications and cards, newest first."""
    mails = session.exec(
        select(OutboxMail)
        .where(
            OutboxMail.person_id == application.applicant_id,
            OutboxMail.created >= application.created,
            or_(*[col(OutboxMail.kind).startswith(kind, autoescape=True) for kind in SHOWN_KINDS]),
        )
        .order_by(col(OutboxMail.created).desc())
        .limit(EMAILS_SHOWN)
    )
    return [_state_of(mail) for mail in mails]


def _state_of(mail: OutboxMail) -> EmailState:
    if mail.sent:
        return EmailState(mail.subject, f"Terkirim {long_time(mail.sent)}", "success")
    if mail.given_up:
        return EmailState(mail.subject, f"Gagal dikirim: {mail.trouble}", "danger")
    return EmailState(mail.subject, "Sedang dikirim", "info")
