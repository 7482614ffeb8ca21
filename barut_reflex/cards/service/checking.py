"""What somebody sees who scans the QR."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from ...accounts import service as accounts
from ...accounts.models import STAFF, Person
from ...core import audit, clock, limits
from ...core.errors import Refusal
from ...profiles import queries as profiles
from ...profiles.queries import SectionShown
from ...profiles.rules import Facts, Section
from ...sharing import queries as sharing
from ...sharing.rules import place_of
from .. import dates, imaging, qr
from ..dates import Verdict
from ..models import Card, CardCode, CardView, Identity, IdentityCode, Placement, Viewer
from ..qr import PayloadKind
from ..queries import card_state, digital, facts_of, issued_on, missed_report, placement_of
from .printing import photo_of, portrait

MINUTE = timedelta(minutes=1)
VIEWS_OF_A_CODE = 30  # a minute, of all who scan it
VIEWS_OF_AN_ADDRESS = 600  # a minute; a village or a job fair may share one address


class UnknownCode(Refusal):
    message = "Kode ini tidak dikenal."
    is_counted = True


class TooManyViews(Refusal):
    message = "Terlalu banyak pemeriksaan dalam satu menit. Tunggu satu menit, lalu pindai lagi."
    is_counted = True


@dataclass(frozen=True)
class Found:
    """The row of a code that was given out, of whichever kind."""

    kind: PayloadKind
    row: int


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


def scan(session: Session, code: str, *, address: str, sign_in: str) -> tuple[Found, bool]:
    """Count and note one look through a QR; gives the code's row and whether an officer looks.

    Unknown and forged codes are `UnknownCode` alike; past 30 looks a minute at a code or 600
    from an address it is `TooManyViews`.
    """
    count_address(session, address)
    row = _find(session, code)
    if row is None:
        raise UnknownCode
    if not limits.spend(session, f"check {row.code_id}", limit=VIEWS_OF_A_CODE, per=MINUTE):
        raise TooManyViews
    card = _behind(session, row)
    viewer = accounts.find_person(session, sign_in)
    is_card = isinstance(card, Card)
    view = CardView(
        holder_id=card.holder_id,
        card_id=card.id if is_card else None,
        identity_id=None if is_card else card.id,
        viewer=kind_of(viewer, card.holder_id),
        viewer_id=viewer.id if viewer else None,
        place=place_of(address),
        at=clock.now(),
    )
    session.add(view)
    if viewer and view.viewer is Viewer.OFFICER:
        nik = profiles.get_profile(session, card.holder_id).nik
        nik = card.nik if isinstance(card, Card) else nik
        act = "view_card" if is_card else "view_identity"
        audit.record(session, act, by=viewer, subject=card.public_id, nik=nik)
    session.flush()
    kind = PayloadKind.AK1 if is_card else PayloadKind.SIAPKERJA_ID
    return Found(kind, row.id), view.viewer is Viewer.OFFICER


def check_sheet(session: Session, found: Found, *, is_officer: bool) -> CheckSheet:
    """What the page says of a code found by `scan`; read-only, cuts the thumbnail."""
    if found.kind is PayloadKind.AK1:
        return _card_sheet(session, session.get_one(CardCode, found.row), is_officer)
    return _identity_sheet(session, session.get_one(IdentityCode, found.row), is_officer)


def count_address(session: Session, address: str) -> None:
    """One look from an address; `TooManyViews` past 600 a minute, whatever is looked at."""
    if not limits.spend(session, f"check from {address}", limit=VIEWS_OF_AN_ADDRESS, per=MINUTE):
        raise TooManyViews


def kind_of(viewer: Person | None, holder_id: int) -> Viewer:
    if viewer is None:
        return Viewer.PUBLIC
    if viewer.role in STAFF:
        return Viewer.OFFICER
    return Viewer.HOLDER if viewer.id == holder_id else Viewer.PUBLIC


def sections_for(session: Session, person_id: int, *, is_officer: bool) -> list[SectionShown]:
    """What of the profile the one who looks may see."""
    chosen = frozenset(Section) if is_officer else sharing.open_sections(session, person_id)
    return sharing.shown(session, person_id, chosen)


def _card_sheet(session: Session, row: CardCode, is_officer: bool) -> CheckSheet:
    card = session.get_one(Card, row.card_id)
    verdict = dates.verdict_of(card_state(session, card), is_code_replaced=row.replaced is not None)
    return CheckSheet(
        verdict=verdict,
        number=card.number,
        facts=facts_of(card),
        issued=issued_on(card),
        valid_until=card.valid_until,
        photo=photo_of(session, card, imaging.SHOWN, quality=72),
        is_full=is_officer,
        sections=sections_for(session, card.holder_id, is_officer=is_officer),
        revoked=card.revoked,
        placement=placement_of(session, card),
        missed=missed_report(session, card) if verdict is Verdict.REPORT_DUE else None,
    )


def _identity_sheet(session: Session, row: IdentityCode, is_officer: bool) -> CheckSheet:
    identity = session.get_one(Identity, row.identity_id)
    state = digital.identity_state(identity, row)
    photo_id = digital.portrait_of(session, identity.holder_id)
    return CheckSheet(
        verdict=dates.verdict_of(state, is_code_replaced=row.replaced is not None),
        number="",
        facts=profiles.facts_of(session, identity.holder_id),
        issued=row.issued,
        valid_until=row.valid_until,
        photo=portrait(session, photo_id, imaging.SHOWN, quality=72),
        is_full=is_officer,
        kind=PayloadKind.SIAPKERJA_ID,
        sections=sections_for(session, identity.holder_id, is_officer=is_officer),
        revoked=identity.revoked,
    )


def verdict_on(session: Session, found: Found) -> Verdict:
    """The verdict alone, for the page that has already read the code itself; read-only."""
    if found.kind is PayloadKind.SIAPKERJA_ID:
        code = session.get_one(IdentityCode, found.row)
        identity = session.get_one(Identity, code.identity_id)
        state = digital.identity_state(identity, code)
        return dates.verdict_of(state, is_code_replaced=code.replaced is not None)
    row = session.get_one(CardCode, found.row)
    state = card_state(session, session.get_one(Card, row.card_id))
    return dates.verdict_of(state, is_code_replaced=row.replaced is not None)


def _find(session: Session, code: str) -> CardCode | IdentityCode | None:
    """The code, if it is signed by us and the very one we gave out."""
    try:
        payload = qr.decode(code)
    except qr.NotOurs:
        return None
    table = CardCode if payload.kind is PayloadKind.AK1 else IdentityCode
    row = session.exec(select(table).where(table.code_id == payload.code_id)).first()
    return row if row and row.code == qr.canonical(code) else None


def _behind(session: Session, row: CardCode | IdentityCode) -> Card | Identity:
    if isinstance(row, CardCode):
        return session.get_one(Card, row.card_id)
    return session.get_one(Identity, row.identity_id)
