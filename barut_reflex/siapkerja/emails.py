"""Queues the email that tells a holder that their SIAPkerja-ID was revoked, and why."""

from sqlmodel import Session

from ..core import mail, routes
from ..core.settings import settings
from ..people.models import Person
from .models import Identity


def queue_revoked(session: Session, identity: Identity) -> None:
    """Queue the email that says the SIAPkerja-ID was revoked, and why."""
    email = mail.Email(
        subject="SIAPkerja-ID Anda dicabut",
        heading="SIAPkerja-ID Dicabut",
        paragraphs=[
            "Kartu digital SIAPkerja-ID Anda dicabut dan tidak berlaku lagi. Alasannya:",
            identity.revoke_reason,
            "Siapa pun yang memindai kode QR-nya sekarang melihat bahwa kartu ini dicabut.",
        ],
        warnings=["Bila Anda merasa ini keliru, datang ke kantor kami dengan KTP asli."],
        link=settings.address + routes.SEEKER_HOME,
        link_label="Lihat Akun Anda",
    )
    holder = session.get_one(Person, identity.holder_id)
    mail.queue_email(session, email, to=holder.email, kind="identity_revoked", person_id=holder.id)
