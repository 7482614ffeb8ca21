"""Emails to an applicant when the application is sent, returned or approved: text and queueing."""

from datetime import timedelta

from sqlmodel import Session

from ..core import clock, indonesian, limits, mail, routes
from ..core.figures import CHECKED_WITHIN
from ..core.settings import settings
from ..people.models import Person
from .models import Application
from .status import Action, Status

MAX_SUBMIT_EMAILS_PER_DAY = 3


def queue_email(
    session: Session, application: Application, action: Action, *, before: Status, note: str
) -> None:
    """Queue the email for `action`, if there is one.

    Sending brings at most `MAX_SUBMIT_EMAILS_PER_DAY` emails, since an applicant may withdraw and
    send again without end; decisions always bring one.
    """
    applicant = session.get_one(Person, application.applicant_id)
    if action is Action.SUBMIT and not _may_email_submission(session, applicant):
        return
    if email := _email_for(application, action, before, note):
        mail.queue_email(
            session,
            email,
            to=applicant.email,
            kind=f"application_{action}",
            person_id=applicant.id,
        )


def _may_email_submission(session: Session, applicant: Person) -> bool:
    key = f"sent-mail:{applicant.id}"
    return limits.spend(session, key, limit=MAX_SUBMIT_EMAILS_PER_DAY, per=timedelta(days=1))


def _email_for(
    application: Application, action: Action, before: Status, note: str
) -> mail.Email | None:
    if action is Action.SUBMIT:
        return _resubmitted(application) if before is Status.RETURNED else _submitted(application)
    if action is Action.RETURN:
        return _returned(application, note)
    return _approved(application) if action is Action.APPROVE else None


def _submitted(application: Application) -> mail.Email:
    return mail.Email(
        subject="Pengajuan AK1 Anda sudah kami terima",
        heading="Pengajuan AK1 Terkirim",
        paragraphs=[
            f"Pengajuan kartu AK1 atas nama {application.name} sudah kami terima pada "
            f"{_sent_time(application)} dan menunggu verifikasi petugas.",
            f"Pemeriksaan selesai paling lama {CHECKED_WITHIN} jam. Hasilnya kami kirim ke email "
            "ini.",
        ],
        warnings=["Layanan ini gratis. Tolak siapa pun yang meminta biaya."],
        link=settings.address + routes.SEEKER_HOME,
        link_label="Lihat Status Pengajuan",
    )


def _resubmitted(application: Application) -> mail.Email:
    return mail.Email(
        subject="Perbaikan pengajuan AK1 Anda sudah kami terima",
        heading="Pengajuan AK1 Dikirim Ulang",
        paragraphs=[
            f"Pengajuan kartu AK1 atas nama {application.name} kami terima lagi pada "
            f"{_sent_time(application)} dan menunggu verifikasi petugas.",
        ],
        warnings=["Layanan ini gratis. Tolak siapa pun yang meminta biaya."],
        link=settings.address + routes.SEEKER_HOME,
        link_label="Lihat Status Pengajuan",
    )


def _returned(application: Application, note: str) -> mail.Email:
    return mail.Email(
        subject="Pengajuan AK1 Anda perlu diperbaiki",
        heading="Pengajuan AK1 Ditolak",
        paragraphs=[
            f"Pengajuan kartu AK1 atas nama {application.name} belum dapat kami setujui. "
            "Catatan verifikasi dari petugas:",
            note,
            "Perbaiki sesuai catatan itu, lalu tekan Kirim Ulang. Data dan berkas yang sudah "
            "benar tidak perlu diisi lagi.",
        ],
        link=settings.address + routes.SEEKER_HOME,
        link_label="Perbaiki Pengajuan",
    )


def _approved(application: Application) -> mail.Email:
    return mail.Email(
        subject="Pengajuan AK1 Anda disetujui",
        heading="Pengajuan AK1 Disetujui",
        paragraphs=[
            f"Pengajuan kartu AK1 atas nama {application.name} sudah disetujui.",
            f"Kartu dicetak di kantor {settings.office_name} {settings.regency}, "
            f"{settings.office_address} ({settings.office_hours}). Bawa KTP asli.",
            "Kartu digital sudah dapat dilihat di akun Anda.",
        ],
        warnings=[
            f"Kartu berlaku {settings.validity_months} bulan. Lapor setiap "
            f"{settings.report_months} bulan selama belum bekerja.",
            "Layanan ini gratis. Tolak siapa pun yang meminta biaya.",
        ],
        link=settings.address + routes.SEEKER_HOME,
        link_label="Lihat Kartu",
    )


def _sent_time(application: Application) -> str:
    return f"{indonesian.long_time(application.submitted or clock.now())} WIB"
