"""Who looked at me: scans, links, and the officers who opened my file."""

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
class Look:
    """One look at a person, for that person."""

    when: str
    who: str
    place: str = ""


def looks_at(session: Session, person: Person) -> list[Look]:
    """The newest looks at that person, newest first."""
    found = [*_views(session, person), *_desk(session, person)]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [look for _, look in found[:VIEWS_SHOWN]]


def _views(session: Session, person: Person) -> list[tuple[datetime, Look]]:
    views = (
        select(CardView, ShareLink)
        .outerjoin(ShareLink, col(ShareLink.id) == col(CardView.share_id))
        .where(CardView.holder_id == person.id)
        .order_by(col(CardView.id).desc())
        .limit(VIEWS_SHOWN)
    )
    return [(clock.utc(view.at), _look(view, link)) for view, link in session.exec(views)]


def _look(view: CardView, link: ShareLink | None) -> Look:
    who = VIEWER_LABELS[view.viewer]
    if link is not None:
        who = f"Tautan untuk {link.recipient}" + (
            ", dibuka petugas" if view.viewer is Viewer.OFFICER else ""
        )
    return Look(f"{long_time(view.at)} WIB", who, view.place)


def _desk(session: Session, person: Person) -> list[tuple[datetime, Look]]:
    """What officers opened of mine, from the trail; their scans are looks already."""
    told = desks.merge(lambda desk: desk.view_sentences)
    opened = (
        select(AuditEntry)
        .join(Person, col(Person.id) == col(AuditEntry.actor_id))
        .where(
            col(AuditEntry.subject).in_(audit_subjects_of(session, person)),
            col(AuditEntry.act).in_(list(told)),
            col(Person.role).in_(list(STAFF)),
        )
        .order_by(col(AuditEntry.id).desc())
        .limit(VIEWS_SHOWN)
    )
    return [
        (clock.utc(entry.at), Look(f"{long_time(entry.at)} WIB", told[entry.act], "Kantor"))
        for entry in session.exec(opened)
    ]


def my_looks(session: Session, by: Person) -> list[Look]:
    """The newest looks at the one who asks."""
    return looks_at(session, by)
