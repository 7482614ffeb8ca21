"""What somebody sees who scans the QR."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from ...accounts import service as accounts
from ...accounts.models import STAFF, Person
from ...core import clock, limits
from ...core.errors import Refusal
from ...profiles.rules import Facts
from .. import dates, imaging, qr
from ..dates import Verdict
from ..models import Card, CardCode, CardView, Placement, Viewer
from ..queries import card_state, facts_of, issued_on, missed_report, placement_of
from .holding import note
from .printing import photo_of

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
class CheckSheet:
    """What the check page shows. `is_full` opens NIK, address and phone: for officers only."""

    verdict: Verdict
    number: str
    facts: Facts
    issued: date
    valid_until: date
    photo: bytes | None
    is_full: bool
    revoked: datetime | None = None
    placement: Placement | None = None
    missed: date | None = None


def scan(session: Session, code: str, *, address: str, sign_in: str) -> tuple[int, bool]:
    """Count and note one look through a QR; gives the code's row and whether an officer looks.

    Unknown and forged codes are `UnknownCode` alike; past 30 looks a minute at a code or 600
    from an address it is `TooManyViews`.
    """
    if not limits.spend(session, f"check from {address}", limit=VIEWS_OF_AN_ADDRESS, per=MINUTE):
        raise TooManyViews
    row = _find(session, code)
    if row is None:
        raise UnknownCode
    if not limits.spend(session, f"check {row.code_id}", limit=VIEWS_OF_A_CODE, per=MINUTE):
        raise TooManyViews
    card = session.get_one(Card, row.card_id)
    viewer = accounts.find_person(session, sign_in)
    kind = _kind_of(viewer, card)
    session.add(
        CardView(
            card_id=card.id, viewer=kind, viewer_id=viewer.id if viewer else None, at=clock.now()
        )
    )
    if viewer and kind is Viewer.OFFICER:
        note(session, "view_card", card, by=viewer)
    session.flush()
    return row.id, kind is Viewer.OFFICER


def check_sheet(session: Session, code_row: int, *, is_officer: bool) -> CheckSheet:
    """What the page says of a code found by `scan`; read-only, cuts the thumbnail."""
    row = session.get_one(CardCode, code_row)
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
        revoked=card.revoked,
        placement=placement_of(session, card),
        missed=missed_report(session, card) if verdict is Verdict.REPORT_DUE else None,
    )


def verdict_on(session: Session, code_row: int) -> Verdict:
    """The verdict alone, for the page that has already read the code itself; read-only."""
    row = session.get_one(CardCode, code_row)
    state = card_state(session, session.get_one(Card, row.card_id))
    return dates.verdict_of(state, is_code_replaced=row.replaced is not None)


def _find(session: Session, code: str) -> CardCode | None:
    """The code, if it is signed by us and the very one we gave out."""
    try:
        payload = qr.decode(code)
    except qr.NotOurs:
        return None
    row = session.exec(select(CardCode).where(CardCode.code_id == payload.code_id)).first()
    return row if row and row.code == qr.canonical(code) else None


def _kind_of(viewer: Person | None, card: Card) -> Viewer:
    if viewer is None:
        return Viewer.PUBLIC
    if viewer.role in STAFF:
        return Viewer.OFFICER
    return Viewer.HOLDER if viewer.id == card.holder_id else Viewer.PUBLIC
