"""A shared profile: count and record a view by link, data of its page, the holder's preview."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, select

from ...cards import imaging
from ...cards.service.printing import portrait
from ...core import clock, limits, views
from ...core.errors import Refusal
from ...people.models import Person
from ...people.service import sessions
from ...profiles.queries import facts
from ...profiles.queries.sections import SectionShown
from ...sharing.models import CardView, ShareLink
from ...sharing.queries import consent
from ...sharing.rules import Viewer, network_label
from ...siapkerja.queries import approved, digital
from .scans import MINUTE, TooManyViews, count_address, kind_of

VIEWS_PER_LINK = 30  # a minute


class LinkEnded(Refusal):
    """The link ended, was revoked or never existed: one answer, so that nothing can be guessed."""

    message = "Tautan ini tidak berlaku. Minta tautan baru kepada pengirimnya."
    is_counted = True


@dataclass(frozen=True)
class ProfileSheet:
    """The data of a shared profile: name, portrait, and the sections its viewer may see."""

    name: str
    photo: bytes | None
    sections: list[SectionShown] = field(default_factory=list)
    recipient: str = ""
    purpose: str = ""
    until: datetime | None = None
    is_preview: bool = False
    is_checked: bool = False  # an officer approved these facts and this photo


def open_link(session: Session, token: str, *, address: str, sign_in: str) -> int:
    """Count and record one view through a link; returns the id of the link's row.

    `LinkEnded` when the link opens nothing, `TooManyViews` after 30 views a minute.
    """
    count_address(session, address)
    link = consent.find_link(session, token)
    if link is None:
        raise LinkEnded
    if not limits.spend(session, f"link {link.id}", limit=VIEWS_PER_LINK, per=MINUTE):
        raise TooManyViews
    viewer = sessions.find_person(session, sign_in)
    kind = kind_of(viewer, link.person_id)
    session.add(
        CardView(
            holder_id=link.person_id,
            share_id=link.id,
            viewer=Viewer.LINK if kind is Viewer.PUBLIC else kind,
            viewer_id=viewer.id if viewer else None,
            place=network_label(address),
            at=clock.now(),
        )
    )
    if viewer and kind is Viewer.OFFICER:
        holder = session.get_one(Person, link.person_id)
        nik = facts.get_profile(session, holder.id).nik
        view = views.View(views.ViewKind.SHARED, holder.public_id, nik, link.public_id)
        if views.is_new(session, view, by=viewer):
            views.record(session, view, by=viewer)
    session.flush()
    return link.id


def link_sheet(session: Session, link_id: int) -> ProfileSheet:
    """The data that a link shows: the sections its holder chose for it, and no others."""
    link = session.get_one(ShareLink, link_id)
    sections = consent.shown(session, link.person_id, consent.sections_of_link(link))
    return _sheet(session, session.get_one(Person, link.person_id), sections, link)


def preview_sheet(session: Session, by: Person, link: str) -> ProfileSheet:
    """The signed-in person's profile as anybody sees it, or as their link of that id shows it."""
    if not link:
        sections = consent.shown(session, by.id, consent.open_sections(session, by.id))
        return _sheet(session, by, sections, is_preview=True)
    mine = select(ShareLink).where(ShareLink.public_id == link, ShareLink.person_id == by.id)
    found = session.exec(mine).first()
    if found is None:
        raise LinkEnded
    sections = consent.shown(session, by.id, consent.sections_of_link(found))
    return _sheet(session, by, sections, found, is_preview=True)


def _sheet(
    session: Session,
    person: Person,
    sections: list[SectionShown],
    link: ShareLink | None = None,
    *,
    is_preview: bool = False,
) -> ProfileSheet:
    name, _ = digital.name_and_number(session, person)
    photo_id = digital.portrait_of(session, person.id)
    return ProfileSheet(
        name=name or facts.get_profile(session, person.id).name,
        photo=portrait(session, photo_id, imaging.THUMBNAIL_SIZE, quality=72),
        sections=sections,
        recipient=link.recipient if link else "",
        purpose=link.purpose if link else "",
        until=link.expires if link else None,
        is_preview=is_preview,
        is_checked=person.id in approved.approved_names(session, [person.id]),
    )
