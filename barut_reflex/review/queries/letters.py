"""What was mailed to the applicant, beside the case."""

from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import Session, col, select

from ...applications.models import Application
from ...core.indonesian import long_time
from ...core.models import OutboxMail

LETTERS_SHOWN = 5
DESK_LETTERS = ("application_", "card_")  # codes and links of the account are none of ours


@dataclass
class LetterState:
    subject: str
    state: str
    tone: str


def letters_of(session: Session, application: Application) -> list[LetterState]:
    """What was mailed to the applicant about applications and cards."""
    mails = session.exec(
        select(OutboxMail)
        .where(
            OutboxMail.person_id == application.applicant_id,
            OutboxMail.created >= application.created,
            or_(*[col(OutboxMail.kind).startswith(kind, autoescape=True) for kind in DESK_LETTERS]),
        )
        .order_by(col(OutboxMail.created).desc())
        .limit(LETTERS_SHOWN)
    )
    return [_letter(mail) for mail in mails]


def _letter(mail: OutboxMail) -> LetterState:
    if mail.sent:
        return LetterState(mail.subject, f"Terkirim {long_time(mail.sent)}", "success")
    if mail.given_up:
        return LetterState(mail.subject, f"Gagal dikirim: {mail.trouble}", "danger")
    return LetterState(mail.subject, "Sedang dikirim", "info")
