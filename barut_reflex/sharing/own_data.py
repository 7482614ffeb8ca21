"""Sharing's part of a person's data copy: consents, share links (without tokens), views."""

from sqlmodel import Session, col, select

from ..core.indonesian import dated
from ..people.models import Person
from ..profiles.rules.sections import RULES, Section
from .models import CardView, Consent, ShareLink
from .queries.consent import sections_of_link
from .queries.views import VIEWER_LABELS


def consents(session: Session, person: Person) -> list[dict[str, str]]:
    """The sections the person opened to everyone."""
    mine = select(Consent).where(Consent.person_id == person.id).order_by(col(Consent.id))
    return [
        {
            "bagian": RULES[Section(row.section)].title,
            "teks": row.text_version,
            "dibuka": dated(row.opened),
            "ditutup": dated(row.closed),
        }
        for row in session.exec(mine)
    ]


def links(session: Session, person: Person) -> list[dict[str, object]]:
    """The person's share links."""
    mine = select(ShareLink).where(ShareLink.person_id == person.id).order_by(col(ShareLink.id))
    return [
        {
            "penerima": row.recipient,
            "tujuan": row.purpose,
            "bagian": [RULES[section].title for section in sorted(sections_of_link(row))],
            "dibuat": dated(row.created),
            "berakhir": dated(row.expires),
            "dicabut": dated(row.revoked),
        }
        for row in session.exec(mine)
    ]


def views(session: Session, person: Person) -> list[dict[str, str]]:
    """Views of the person's data through QR codes and links."""
    mine = select(CardView).where(CardView.holder_id == person.id).order_by(col(CardView.id))
    return [
        {"waktu": dated(row.at), "oleh": VIEWER_LABELS[row.viewer], "dari": row.place}
        for row in session.exec(mine)
    ]
