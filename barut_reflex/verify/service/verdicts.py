"""The answer to a scan: the data of the check page, or the verdict alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from ...cards import dates, imaging
from ...cards.dates import Verdict
from ...cards.models import Card, Placement
from ...cards.queries.lookup import CurrentState, card_state, current_states, facts_of, issued_on
from ...cards.service.printing import portraits
from ...core import clock
from ...profiles.queries import facts as profile_facts
from ...profiles.queries import sections as profile_sections
from ...profiles.queries.sections import SectionShown
from ...profiles.rules.facts import Facts
from ...profiles.rules.sections import Section
from ...seal.rules import PayloadKind
from ...sharing.queries import consent
from ...sharing.rules import ALWAYS_OPEN
from ...siapkerja.models import Identity
from ...siapkerja.queries import approved, digital
from .scans import CountedScan, ScannedCode


@dataclass(frozen=True)
class CheckSheet:
    """The data of the check page. `is_full` adds NIK, address and phone: for officers only."""

    verdict: Verdict
    number: str
    facts: Facts
    issued: date
    valid_until: date
    photo: bytes | None
    is_full: bool
    kind: PayloadKind = PayloadKind.AK1
    sections: list[SectionShown] = field(default_factory=list)  # those the viewer may see
    revoked: datetime | None = None
    placement: Placement | None = None
    missed_report: date | None = None
    is_checked: bool = True  # an officer approved these facts; always true of an AK1


def check_sheets(session: Session, scanned: Sequence[CountedScan]) -> list[CheckSheet]:
    """The data of the check page for each counted scan, with its thumbnail. Read-only.

    Each kind of row is read with one query for all scans.
    """
    subjects = {one: one[0].subject for one in scanned}
    cards = {one: card for one, card in subjects.items() if isinstance(card, Card)}
    others = {one: card for one, card in subjects.items() if isinstance(card, Identity)}
    sheets = _card_sheets(session, cards) | _identity_sheets(session, others)
    return [sheets[one] for one in scanned]


def _card_sheets(
    session: Session, cards: Mapping[CountedScan, Card]
) -> dict[CountedScan, CheckSheet]:
    """Education and skills of an AK1 are those printed on it, so these sections are left out."""
    if not cards:
        return {}
    states = current_states(session, cards.values())
    sections = _sections(session, cards, but=frozenset(ALWAYS_OPEN))
    photos = {card.photo_id for card in cards.values()}
    cut = portraits(session, photos, imaging.THUMBNAIL_SIZE, quality=72)
    return {
        one: _card_sheet(one, card, states[card.id], cut[card.photo_id], sections[one])
        for one, card in cards.items()
    }


def _card_sheet(
    one: CountedScan,
    card: Card,
    current: CurrentState,
    photo: bytes | None,
    sections: list[SectionShown],
) -> CheckSheet:
    found, is_officer = one
    verdict = dates.verdict_of(current.state, is_code_replaced=found.code.replaced is not None)
    return CheckSheet(
        verdict=verdict,
        number=card.number,
        facts=facts_of(card),
        issued=issued_on(card),
        valid_until=card.valid_until,
        photo=photo,
        is_full=is_officer,
        sections=sections,
        revoked=card.revoked,
        placement=current.placement,
        missed_report=current.missed_report if verdict is Verdict.REPORT_DUE else None,
    )


def _identity_sheets(
    session: Session, identities: Mapping[CountedScan, Identity]
) -> dict[CountedScan, CheckSheet]:
    if not identities:
        return {}
    people = {identity.holder_id for identity in identities.values()}
    names = approved.approved_names(session, people)
    facts = profile_facts.facts_of_all(session, people)
    sections = _sections(session, identities)
    photos = digital.portraits_of(session, people)
    cut = portraits(session, set(photos.values()), imaging.THUMBNAIL_SIZE, quality=72)
    return {
        one: _identity_sheet(
            one,
            identity,
            facts[identity.holder_id],
            cut.get(photos.get(identity.holder_id)),
            sections[one],
            is_checked=approved.has_approved_name(one[0].code.code, names, identity.holder_id),
        )
        for one, identity in identities.items()
    }


def _identity_sheet(
    one: CountedScan,
    identity: Identity,
    facts: Facts,
    photo: bytes | None,
    sections: list[SectionShown],
    *,
    is_checked: bool,
) -> CheckSheet:
    found, is_officer = one
    state = digital.identity_state(identity, found.code, is_checked=is_checked)
    return CheckSheet(
        verdict=dates.verdict_of(state, is_code_replaced=found.code.replaced is not None),
        number="",
        facts=facts,
        issued=clock.office_day(found.code.created),
        valid_until=found.code.valid_until,
        photo=photo,
        is_full=is_officer,
        kind=PayloadKind.SIAPKERJA_ID,
        sections=sections,
        revoked=identity.revoked,
        is_checked=is_checked,
    )


def _sections(
    session: Session, scanned: Collection[CountedScan], *, but: frozenset[Section] = frozenset()
) -> dict[CountedScan, list[SectionShown]]:
    """The sections of each profile that its viewer may see: officers all, others the open ones.

    A profile without any is not read.
    """
    opened = consent.open_sections_of(session, {found.holder_id for found, _ in scanned})
    may_see = {
        (found, is_officer): (frozenset(Section) if is_officer else opened[found.holder_id]) - but
        for found, is_officer in scanned
    }
    people = {found.holder_id for (found, _), sections in may_see.items() if sections}
    profiles = profile_sections.sections_of_all(session, people) if people else {}
    return {
        one: [
            section
            for section in profiles.get(one[0].holder_id, [])
            if section.entries and section.key in sections
        ]
        for one, sections in may_see.items()
    }


def verdict_on(session: Session, found: ScannedCode) -> Verdict:
    """The verdict alone, for `/periksa`, which has read the code itself. Read-only."""
    if isinstance(found.subject, Card):
        state = card_state(session, found.subject)
    else:
        is_checked = approved.is_checked(session, found.subject, found.code)
        state = digital.identity_state(found.subject, found.code, is_checked=is_checked)
    return dates.verdict_of(state, is_code_replaced=found.code.replaced is not None)
