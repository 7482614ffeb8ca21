"""Queries for consents and share links: what a person opened, to whom, until when."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from ...core import clock
from ...core.indonesian import long_time
from ...core.tokens import fingerprint
from ...people.models import Person
from ...profiles.queries import sections as profile_sections
from ...profiles.queries.sections import SectionShown
from ...profiles.rules.sections import RULES, Section
from ..models import Consent, ShareLink
from ..rules import ALWAYS_OPEN, CONSENT_TEXTS, CONSENT_VERSION

LINKS_SHOWN = 20


@dataclass
class OpenState:
    """One section on the holder's privacy page."""

    value: str
    title: str
    is_open: bool = False
    is_always_open: bool = False
    since: str = ""


@dataclass
class Link:
    """One link on the holder's privacy page; its token is shown only when it is made."""

    public_id: str
    recipient: str
    purpose: str
    sections: str
    until: str
    state: str
    tone: str
    is_valid: bool


@dataclass
class Privacy:
    """The settings on the privacy page: what is open to everyone, and the links."""

    sections: list[OpenState] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    consent: str = ""
    version: str = ""


def my_privacy(session: Session, by: Person) -> Privacy:
    """My privacy settings."""
    return Privacy(
        sections=_sections(session, by.id),
        links=[_link(link) for link in _links(session, by.id)],
        consent=CONSENT_TEXTS[CONSENT_VERSION],
        version=CONSENT_VERSION,
    )


def open_sections(session: Session, person_id: int) -> frozenset[Section]:
    """The sections that everyone may see of that person."""
    return open_sections_of(session, [person_id])[person_id]


def open_sections_of(session: Session, people: Collection[int]) -> dict[int, frozenset[Section]]:
    """The sections that everyone may see, of each of these people."""
    opened: dict[int, set[Section]] = {number: set(ALWAYS_OPEN) for number in people}
    theirs = select(Consent.person_id, Consent.section).where(col(Consent.person_id).in_(people))
    for number, section in session.exec(theirs.where(col(Consent.closed).is_(None))):
        opened[number].add(Section(section))
    return {number: frozenset(sections) for number, sections in opened.items()}


def shown(session: Session, person_id: int, sections: Collection[Section]) -> list[SectionShown]:
    """Those of these sections that are not empty, in the order of the profile."""
    everything = profile_sections.sections_of(session, person_id)
    return [one for one in everything if one.key in sections and one.entries]


def active_consents(session: Session, person_id: int) -> list[Consent]:
    """The person's consents that are not closed."""
    open_rows = select(Consent).where(Consent.person_id == person_id, col(Consent.closed).is_(None))
    return list(session.exec(open_rows.order_by(col(Consent.id))))


def find_link(session: Session, token: str) -> ShareLink | None:
    """The valid link of that token; None for one that expired, was revoked or never existed."""
    link = session.exec(select(ShareLink).where(ShareLink.token_hash == fingerprint(token))).first()
    return link if link and is_valid(link) else None


def is_valid(link: ShareLink) -> bool:
    """Whether the link is neither revoked nor expired."""
    return link.revoked is None and clock.now() < clock.utc(link.expires)


def sections_of_link(link: ShareLink) -> frozenset[Section]:
    """The sections that the link opens."""
    return frozenset(Section(value) for value in link.sections.split(","))


def _sections(session: Session, person_id: int) -> list[OpenState]:
    since = {row.section: long_time(row.opened) for row in active_consents(session, person_id)}
    return [
        OpenState(
            value=section.value,
            title=RULES[section].title,
            is_open=section in since or section in ALWAYS_OPEN,
            is_always_open=section in ALWAYS_OPEN,
            since=since.get(section.value, ""),
        )
        for section in Section
    ]


def _links(session: Session, person_id: int) -> list[ShareLink]:
    mine = select(ShareLink).where(ShareLink.person_id == person_id)
    return list(session.exec(mine.order_by(col(ShareLink.id).desc()).limit(LINKS_SHOWN)))


def _link(link: ShareLink) -> Link:
    state, tone = ("Aktif", "success") if is_valid(link) else ("Berakhir", "neutral")
    if link.revoked:
        state, tone = "Dicabut", "danger"
    titles = [RULES[section].title for section in Section if section in sections_of_link(link)]
    return Link(
        public_id=link.public_id,
        recipient=link.recipient,
        purpose=link.purpose,
        sections=", ".join(titles),
        until=f"{long_time(link.expires)} WIB",
        state=state,
        tone=tone,
        is_valid=is_valid(link),
    )
