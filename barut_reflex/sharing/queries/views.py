"""Query for the list "who viewed my data": QR scans, share links, officers who opened it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from ...core import clock, desks
from ...core.indonesian import long_time
from ...core.models import AuditEntry
from ...people.models import Person
from ...people.rules import STAFF
from ...rights.queries import audit_subjects_of
from ..models import CardView, ShareLink
from ..rules import Viewer

VIEWS_SHOWN = 50
VIEWER_LABELS = {
    Viewer.PUBLIC: "Seseorang yang memindai kode QR",
    Viewer.OFFICER: "Petugas kantor",
    Viewer.HOLDER: "Anda sendiri",
    Viewer.LINK: "Seseorang dengan tautan Anda",
}


@dataclass
class ViewRow:
    """One view of a person's data, in the list shown to that person."""

    when: str
    who: str
    location: str = ""  # as coarse as `network_label`


def views_of(session: Session, person: Person) -> list[ViewRow]:
    """The last views of that person's data, newest first."""
    rows = [*_card_views(session, person), *_officer_views(session, person)]
    rows.sort(key=lambda pair: pair[0], reverse=True)
    return [row for _, row in rows[:VIEWS_SHOWN]]


def _card_views(session: Session, person: Person) -> list[tuple[datetime, ViewRow]]:
    views = (
        select(CardView, ShareLink)
        .outerjoin(ShareLink, col(ShareLink.id) == col(CardView.share_id))
        .where(CardView.holder_id == person.id)
        .order_by(col(CardView.id).desc())
        .limit(VIEWS_SHOWN)
    )
    return [(clock.utc(view.at), _card_view_row(view, link)) for view, link in session.exec(views)]


def _card_view_row(view: CardView, link: ShareLink | None) -> ViewRow:
    who = VIEWER_LABELS[view.viewer]
    if link is not None:
        who = f"Tautan untuk {link.recipient}" + (
            ", dibuka petugas" if view.viewer is Viewer.OFFICER else ""
        )
    return ViewRow(f"{long_time(view.at)} WIB", who, view.place)


def _officer_views(session: Session, person: Person) -> list[tuple[datetime, ViewRow]]:
    """Views by officers in the office, from the audit trail; their scans are card views."""
    sentences = desks.merge(lambda desk: desk.view_sentences)
    opened = (
        select(AuditEntry)
        .join(Person, col(Person.id) == col(AuditEntry.actor_id))
        .where(
            col(AuditEntry.subject).in_(audit_subjects_of(session, person)),
            col(AuditEntry.act).in_(list(sentences)),
            col(Person.role).in_(list(STAFF)),
        )
        .order_by(col(AuditEntry.id).desc())
        .limit(VIEWS_SHOWN)
    )
    return [
        (clock.utc(entry.at), ViewRow(f"{long_time(entry.at)} WIB", sentences[entry.act], "Kantor"))
        for entry in session.exec(opened)
    ]


def my_views(session: Session, by: Person) -> list[ViewRow]:
    """The last views of my data."""
    return views_of(session, by)
