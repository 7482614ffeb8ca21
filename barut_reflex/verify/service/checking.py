"""What somebody sees who scans the QR."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, col, select

from ...cards import dates, imaging
from ...cards.dates import Verdict
from ...cards.models import Card, Placement
from ...cards.queries.standing import Standing, card_state, facts_of, issued_on, standings
from ...cards.service.printing import portrait, portraits
from ...core import clock
from ...profiles.queries import facts as profile_facts
from ...profiles.queries import sections as profile_sections
from ...profiles.queries.sections import SectionShown
from ...profiles.rules.facts import Facts
from ...profiles.rules.sections import Section
from ...seal.models import Code
from ...seal.rules import PayloadKind
from ...sharing.queries import consent
from ...siapkerja.models import Identity
from ...siapkerja.queries import approved, digital
from .looking import Counted, Found


@dataclass(frozen=True)
class CheckSheet:
    """What the check page shows. `is_full` opens NIK, address and phone: for officers only."""

    verdict: Verdict
    number: str
    facts: Facts
    issued: date
    valid_until: date
    photo: bytes | None
    is_full: bool
    kind: PayloadKind = PayloadKind.AK1
    sections: list[SectionShown] = field(default_factory=list)  # as their holder opened them
    revoked: datetime | None = None
    placement: Placement | None = None
    missed: date | None = None
    is_checked: bool = True  # an officer approved what it shows; so always of an AK1


def check_sheets(session: Session, asked: Sequence[Counted]) -> list[CheckSheet]:
    """What the page says of each code found by `scan`; read-only, cuts the thumbnails.

    What they ask of the database is asked for all of them at once.
    """
    cards = _card_sheets(session, [one for one in asked if one[0].kind is PayloadKind.AK1])
    return [cards.get(one) or _identity_sheet(session, *one) for one in asked]


def sections_for(session: Session, person_id: int, *, is_officer: bool) -> list[SectionShown]:
    """What of the profile the one who looks may see."""
    chosen = frozenset(Section) if is_officer else consent.open_sections(session, person_id)
    return consent.shown(session, person_id, chosen)


def _card_sheets(session: Session, asked: Sequence[Counted]) -> dict[Counted, CheckSheet]:
    if not asked:
        return {}
    both = select(Code, Card).join(Card, col(Card.id) == col(Code.subject_id))
    rows = session.exec(both.where(col(Code.id).in_({found.row for found, _ in asked}))).all()
    cards = {code.id: (code, card) for code, card in rows}
    stand = standings(session, [card for _, card in rows])
    people = {card.holder_id for _, card in rows}
    profile = profile_sections.sections_of_all(session, people)
    opened = consent.open_sections_of(session, people)
    photos = portraits(session, {card.photo_id for _, card in rows}, imaging.SHOWN, quality=72)
    return {
        (found, is_officer): _card_sheet(
            *cards[found.row],
            stand[found.subject],
            photos[cards[found.row][1].photo_id],
            [
                section
                for section in profile[found.holder_id]
                if section.entries and (is_officer or section.key in opened[found.holder_id])
            ],
            is_officer=is_officer,
        )
        for found, is_officer in asked
    }


def _card_sheet(
    code: Code,
    card: Card,
    stands: Standing,
    photo: bytes | None,
    sections: list[SectionShown],
    *,
    is_officer: bool,
) -> CheckSheet:
    verdict = dates.verdict_of(stands.state, is_code_replaced=code.replaced is not None)
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
        placement=stands.placement,
        missed=stands.missed if verdict is Verdict.REPORT_DUE else None,
    )


def _identity_sheet(session: Session, found: Found, is_officer: bool) -> CheckSheet:
    row = session.get_one(Code, found.row)
    identity = session.get_one(Identity, found.subject)
    is_checked = approved.is_checked(session, identity, row)
    state = digital.identity_state(identity, row, is_checked=is_checked)
    photo_id = digital.portrait_of(session, identity.holder_id)
    return CheckSheet(
        verdict=dates.verdict_of(state, is_code_replaced=row.replaced is not None),
        number="",
        facts=profile_facts.facts_of(session, identity.holder_id),
        issued=clock.office_day(row.created),
        valid_until=row.valid_until,
        photo=portrait(session, photo_id, imaging.SHOWN, quality=72),
        is_full=is_officer,
        kind=PayloadKind.SIAPKERJA_ID,
        sections=sections_for(session, identity.holder_id, is_officer=is_officer),
        revoked=identity.revoked,
        is_checked=is_checked,
    )


def verdict_on(session: Session, found: Found) -> Verdict:
    """The verdict alone, for the page that has already read the code itself; read-only."""
    code = session.get_one(Code, found.row)
    if found.kind is PayloadKind.AK1:
        state = card_state(session, session.get_one(Card, found.subject))
    else:
        identity = session.get_one(Identity, found.subject)
        is_checked = approved.is_checked(session, identity, code)
        state = digital.identity_state(identity, code, is_checked=is_checked)
    return dates.verdict_of(state, is_code_replaced=code.replaced is not None)
