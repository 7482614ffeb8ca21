"""The part of the data copy about being seen: SIAPkerja-ID, consents, links, visits."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from ...attendance.models import Attendance
from ...attendance.rules import PURPOSE_LABELS
from ...core.indonesian import long_date, long_time
from ...people.models import Person
from ...profiles.rules.sections import RULES, Section
from ...seal import queries as seal
from ...seal.rules import PayloadKind
from ...sharing.models import CardView, Consent, ShareLink
from ...sharing.queries.consent import sections_of_link
from ...sharing.queries.looks import VIEWER_LABELS
from ...siapkerja.queries import approved, digital


def shared_data(session: Session, *, by: Person) -> dict[str, Any]:
    """What I opened to others, who looked, where I came; no token and no code is in it."""
    return {
        "siapkerja_id": _identity(session, by),
        "persetujuan": [_consent(row) for row in _rows(session, Consent, Consent.person_id, by)],
        "tautan": [_link(row) for row in _rows(session, ShareLink, ShareLink.person_id, by)],
        "dilihat": [_view(row) for row in _rows(session, CardView, CardView.holder_id, by)],
        "kehadiran": [_visit(row) for row in _rows(session, Attendance, Attendance.holder_id, by)],
    }


def _rows(session: Session, table: Any, owner: Any, by: Person) -> list[Any]:
    return list(session.exec(select(table).where(owner == by.id).order_by(table.id)))


def _identity(session: Session, by: Person) -> dict[str, Any] | None:
    identity = digital.find_identity(session, by.id)
    if identity is None:
        return None
    current = digital.identity_code(session, identity)
    codes = seal.codes_of(session, PayloadKind.SIAPKERJA_ID, identity.id)
    return {
        "dibuat": _time(identity.created),
        "diperiksa_petugas": approved.is_checked(session, identity, current),
        "dicabut": _time(identity.revoked),
        "alasan_pencabutan": identity.revoke_reason,
        "kode": [
            {"terbit": long_date(code.created), "berlaku_sampai": long_date(code.valid_until)}
            for code in codes
        ],
    }


def _consent(row: Consent) -> dict[str, str]:
    return {
        "bagian": RULES[Section(row.section)].title,
        "teks": row.text_version,
        "dibuka": _time(row.opened),
        "ditutup": _time(row.closed),
    }


def _link(row: ShareLink) -> dict[str, Any]:
    return {
        "penerima": row.recipient,
        "tujuan": row.purpose,
        "bagian": [RULES[section].title for section in sorted(sections_of_link(row))],
        "dibuat": _time(row.created),
        "berakhir": _time(row.expires),
        "dicabut": _time(row.revoked),
    }


def _view(row: CardView) -> dict[str, str]:
    return {"waktu": _time(row.at), "oleh": VIEWER_LABELS[row.viewer], "dari": row.place}


def _visit(row: Attendance) -> dict[str, str]:
    return {
        "waktu": _time(row.seen),
        "untuk": PURPOSE_LABELS[row.purpose],
        "keterangan": row.event,
    }


def _time(moment: datetime | None) -> str:
    return f"{long_time(moment)} WIB" if moment else ""
