"""Emails to the holder of an AK1 card that ended (hired or revoked): text and queueing."""

from sqlmodel import Session

from ..core import mail, routes
from ..core.indonesian import long_date
from ..core.settings import settings
from ..people.models import Person
from .models import Card, Placement


def queue_placed(session: Session, card: Card, placement: Placement) -> None:
    """Queue the email that says the holder is recorded as hired."""
    email = mail.Email(
        subject="Anda dicatat sudah diterima kerja",
        heading="Selamat, Anda Diterima Kerja",
        paragraphs=[
            f"Pemegang kartu AK1 nomor {card.number} kami catat diterima kerja di "
            f"{placement.employer}, terhitung mulai {long_date(placement.on)}.",
            "Kartu itu sekarang tidak dipakai lagi untuk mencari kerja. Bila kelak Anda mencari "
            "kerja lagi, buat pengajuan baru di akun Anda.",
        ],
        warnings=["Bila keterangan ini keliru, segera hubungi kantor kami."],
        link=settings.address + routes.SEEKER_HOME,
        link_label="Lihat Riwayat Pengajuan",
    )
    _queue(session, card, email, kind="card_placed")


def queue_revoked(session: Session, card: Card) -> None:
    """Queue the email that says the card was revoked, and why."""
    email = mail.Email(
        subject="Kartu AK1 Anda dicabut",
        heading="Kartu AK1 Dicabut",
        paragraphs=[
            f"Kartu AK1 nomor {card.number} dicabut dan tidak berlaku lagi. Alasannya:",
            card.revoke_reason,
            "Siapa pun yang memindai kode QR kartu itu sekarang melihat bahwa kartu dicabut.",
        ],
        warnings=["Bila Anda merasa ini keliru, datang ke kantor kami dengan KTP asli."],
        link=settings.address + routes.SEEKER_HOME,
        link_label="Lihat Akun Anda",
    )
    _queue(session, card, email, kind="card_revoked")


def _queue(session: Session, card: Card, email: mail.Email, *, kind: str) -> None:
    holder = session.get_one(Person, card.holder_id)
    mail.queue_email(session, email, to=holder.email, kind=kind, person_id=holder.id)
