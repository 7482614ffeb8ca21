"""A copy of everything the office holds about a person, for that person (UU PDP, article 7)."""

import json
import logging
import zipfile
from datetime import datetime, timedelta
from typing import IO, Any

from sqlmodel import Session, col, or_, select

from ...accounts import queries as account_queries
from ...applications import queries as application_queries
from ...applications.models import Application
from ...applications.status import LABELS as STATUS_LABELS
from ...cards.dates import STATE_LABELS
from ...cards.models import Card, CardPrint
from ...cards.queries.standing import card_state, facts_of, placement_of, visits_of
from ...core import audit, clock, crafts, limits
from ...core.errors import Refusal
from ...core.indonesian import long_date, long_time
from ...core.models import AuditEntry, OutboxMail
from ...core.settings import settings
from ...documents.models import Document
from ...documents.rules import LABELS as PAPER_LABELS
from ...documents.service import views as document_views
from ...people.models import Person
from ...people.rules import ROLE_LABELS
from ...profiles.queries import facts as profile_facts
from ...profiles.queries import sections
from ...profiles.rules.facts import EDUCATION, PERSONAL, Facts
from ...sharing.models import CardView
from ...sharing.queries.looks import VIEWER_LABELS
from .mydata_sharing import shared_data

COPIES = (3, timedelta(days=1))
ABOUT = f"""Salinan data pribadi Anda di {settings.app_name}, {settings.office_name}.

data.json memuat semua isian dan catatan tentang Anda.
berkas/ memuat berkas Anda seperti yang disimpan kantor.

Simpan di tempat aman: siapa pun yang memegang salinan ini dapat membacanya.
Ada yang keliru, atau ingin dihapus? Tulis ke {settings.office_email}.
"""
log = logging.getLogger(__name__)


class TooManyCopies(Refusal):
    message = f"Data dapat diunduh {COPIES[0]} kali sehari. Coba lagi besok."


def count_copy(session: Session, *, by: Person) -> None:
    """Count one download and write it down; `TooManyCopies` past three a day."""
    if not limits.spend_within(session, f"copy of data {by.id}", COPIES):
        raise TooManyCopies
    nik = profile_facts.get_profile(session, by.id).nik
    audit.record(session, "copy_own_data", by=by, subject=by.public_id, nik=nik)


def pack(session: Session, file: IO[bytes], *, by: Person, sign_in: str) -> None:
    """Write my copy into `file` as a ZIP: one JSON, and every paper as it is stored. Slow."""
    told, papers = my_data(session, by=by, sign_in=sign_in), _papers(session, by)
    crafts.let_go(session)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("BACA-SAYA.txt", ABOUT)
        bundle.writestr("data.json", json.dumps(told, indent=1, ensure_ascii=False))
        for paper in papers:
            _add(bundle, paper)


def _add(bundle: zipfile.ZipFile, paper: Document) -> None:
    """Stored as it is: pictures and PDF do not get smaller."""
    try:
        bundle.writestr(_name_of(paper), document_views.read(paper), zipfile.ZIP_STORED)
    except document_views.NotFound:
        log.error("paper %s is missing from a copy", paper.public_id)


def _name_of(paper: Document) -> str:
    ending = "pdf" if paper.media_type == "application/pdf" else "jpg"
    day = clock.office_day(paper.at)
    return f"berkas/{paper.kind}-{day:%Y%m%d}-{paper.public_id[:8]}.{ending}"


def my_data(session: Session, *, by: Person, sign_in: str) -> dict[str, Any]:
    """Everything on file about me, in words; secrets (password, codes) are not data about me."""
    return {
        "dibuat": _time(clock.now()),
        "akun": _account(by),
        "data_diri": _facts(profile_facts.facts_of(session, by.id)),
        "profil": [_section(one) for one in sections.sections_of(session, by.id)],
        "pengajuan": [_application(session, one) for one in _applications(session, by)],
        "kartu": [_card(session, card) for card in _cards(session, by)],
        **shared_data(session, by=by),
        "berkas": [_paper(paper) for paper in _papers(session, by)],
        "sesi": [
            {"perangkat": row.device, "sejak": row.since, "terakhir": row.seen}
            for row in account_queries.list_sessions(session, by=by, sign_in=sign_in)
        ],
        "surat": [
            {"perihal": letter.subject, "dibuat": _time(letter.created)}
            for letter in _letters(session, by)
        ],
        "jejak": [_trace(session, entry, by) for entry in _trail(session, by)],
    }


def _account(person: Person) -> dict[str, Any]:
    return {
        "nama": person.name,
        "email": person.email,
        "peran": ROLE_LABELS[person.role],
        "dibuat": _time(person.created),
        "password_diubah": _time(person.password_changed),
    }


def _facts(facts: Facts) -> dict[str, Any]:
    shown = profile_facts.shown(facts)
    return {label: getattr(shown, name) for name, label in (PERSONAL | EDUCATION).items()}


def _section(section: sections.SectionShown) -> dict[str, Any]:
    return {
        "bagian": section.title,
        "tidak_ada": section.is_none_answer,
        "isi": [
            {"judul": one.title, "di": one.subtitle, "waktu": one.period, "keterangan": one.lines}
            for one in section.entries
        ],
    }


def _applications(session: Session, by: Person) -> list[Application]:
    mine = select(Application).where(Application.applicant_id == by.id)
    return list(session.exec(mine.order_by(col(Application.id))))


def _application(session: Session, application: Application) -> dict[str, Any]:
    handed_in = application_queries.papers_of(session, application.id)
    return {
        "status": STATUS_LABELS[application.status],
        "dibuat": _time(application.created),
        "dikirim": _time(application.submitted),
        "diputuskan": _time(application.decided),
        "catatan_verifikasi": application.review_note,
        "data_saat_dikirim": _facts(application_queries.facts_of(application)),
        "berkas": [_name_of(paper) for paper in handed_in],
        "riwayat": [
            {"langkah": step.label, "waktu": step.when, "catatan": step.note}
            for step in application_queries.history_of(session, application)
            if step.is_done
        ],
    }


def _cards(session: Session, by: Person) -> list[Card]:
    mine = select(Card).where(Card.holder_id == by.id)
    return list(session.exec(mine.order_by(col(Card.id))))


def _card(session: Session, card: Card) -> dict[str, Any]:
    placement = placement_of(session, card)
    prints = select(CardPrint.at).where(CardPrint.card_id == card.id)
    views = select(CardView).where(CardView.card_id == card.id).order_by(col(CardView.id))
    return {
        "nomor_pendaftaran": card.number,
        "keadaan": STATE_LABELS[card_state(session, card)],
        "terbit": _time(card.issued),
        "berlaku_sampai": long_date(card.valid_until),
        "penandatangan": card.signatory_name,
        "data_pada_kartu": _facts(facts_of(card)),
        "dicabut": _time(card.revoked),
        "alasan_pencabutan": card.revoke_reason,
        "diterima_di": placement.employer if placement else "",
        "diterima_sejak": long_date(placement.on) if placement else "",
        "lapor": [long_date(day) for day in sorted(visits_of(session, card))],
        "dicetak": [_time(at) for at in session.exec(prints)],
        "dipindai": [
            {"waktu": _time(view.at), "oleh": VIEWER_LABELS[view.viewer]}
            for view in session.exec(views)
        ],
    }


def _papers(session: Session, by: Person) -> list[Document]:
    """Every paper of mine that is still stored, the replaced ones that were handed in too."""
    mine = select(Document).where(Document.owner_id == by.id)
    return list(session.exec(mine.order_by(col(Document.id))))


def _paper(paper: Document) -> dict[str, Any]:
    return {
        "jenis": PAPER_LABELS[paper.kind],
        "nama_asli": paper.original_name,
        "diterima": _time(paper.at),
        "diganti": _time(paper.replaced),
        "file": _name_of(paper),
    }


def _letters(session: Session, by: Person) -> list[OutboxMail]:
    mine = or_(OutboxMail.person_id == by.id, OutboxMail.recipient == by.email)
    return list(session.exec(select(OutboxMail).where(mine).order_by(col(OutboxMail.created))))


def _trail(session: Session, by: Person) -> list[AuditEntry]:
    """What I did and what was done to me, my applications and my cards.

    Not by NIK: somebody who typed another's NIK would read who looked at that other.
    """
    mine = [one.public_id for one in [*_applications(session, by), *_cards(session, by)]]
    about_me = or_(AuditEntry.actor_id == by.id, col(AuditEntry.subject).in_([by.public_id, *mine]))
    return list(session.exec(select(AuditEntry).where(about_me).order_by(col(AuditEntry.id))))


def _trace(session: Session, entry: AuditEntry, by: Person) -> dict[str, Any]:
    actor = session.get(Person, entry.actor_id) if entry.actor_id else None
    who = "Anda" if entry.actor_id == by.id else (ROLE_LABELS[actor.role] if actor else "Sistem")
    return {"waktu": _time(entry.at), "tindakan": entry.act, "oleh": who}


def _time(moment: datetime | None) -> str:
    return f"{long_time(moment)} WIB" if moment else ""
