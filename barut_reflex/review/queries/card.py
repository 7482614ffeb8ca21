"""Query: the issued card as an officer sees it beside its application, and the acts possible."""

from dataclasses import dataclass, field

from sqlalchemy import func
from sqlmodel import Session, col, select

from ...cards.dates import LIVE, STATE_LABELS, CardState
from ...cards.models import Card, CardPrint, Placement, ReportingVisit
from ...cards.queries import lookup
from ...cards.queries.lookup import TONES, current_code
from ...core.indonesian import long_date, long_time
from ...people.models import Person


@dataclass
class CardFacts:
    """The card in words, and which acts are possible; empty until a card was issued."""

    public_id: str = ""
    number: str = ""
    state: str = ""
    tone: str = ""
    issued: str = ""
    valid_until: str = ""
    signatory: str = ""
    placement: str = ""
    revocation: str = ""
    prints: str = ""
    code: str = ""
    visits: list[str] = field(default_factory=list)
    is_placed: bool = False
    can_print: bool = False
    can_place: bool = False
    can_report: bool = False
    can_renew: bool = False
    can_revoke: bool = False


def card_facts(session: Session, application_id: int, *, is_administrator: bool) -> CardFacts:
    """The card issued for that application, or an empty one."""
    card = lookup.find_card_of(session, application_id)
    if card is None:
        return CardFacts()
    state = lookup.card_state(session, card)
    is_live = state in LIVE
    placement = _placement(session, card)
    return CardFacts(
        public_id=card.public_id,
        number=card.number,
        state=STATE_LABELS[state],
        tone=TONES[state],
        issued=long_date(card.issued),
        valid_until=long_date(card.valid_until),
        signatory=card.signatory_name,
        placement=placement,
        revocation=_revocation(session, card),
        prints=_prints(session, card),
        code=f"Dibuat {long_time(current_code(session, card).created)}",
        visits=_visits(session, card),
        is_placed=bool(placement),
        can_print=state is not CardState.REVOKED,
        can_place=state is not CardState.REVOKED and not placement,
        can_report=is_live,
        can_renew=is_live,
        can_revoke=is_administrator and state is not CardState.REVOKED,
    )


def _placement(session: Session, card: Card) -> str:
    placed = session.exec(select(Placement).where(Placement.card_id == card.id)).first()
    return f"{placed.employer}, sejak {long_date(placed.on)}" if placed else ""


def _revocation(session: Session, card: Card) -> str:
    if card.revoked is None:
        return ""
    who = session.get(Person, card.revoked_by) if card.revoked_by else None
    by = f" oleh {who.name}" if who else ""
    return f"{long_time(card.revoked)}{by}. Alasan: {card.revoke_reason}"


def _prints(session: Session, card: Card) -> str:
    times, last = session.exec(
        select(func.count(col(CardPrint.id)), func.max(CardPrint.at)).where(
            CardPrint.card_id == card.id
        )
    ).one()
    return f"{times} kali, terakhir {long_time(last)}" if times else "Belum pernah dicetak"


def _visits(session: Session, card: Card) -> list[str]:
    rows = session.exec(
        select(ReportingVisit, Person)
        .join(Person, col(Person.id) == ReportingVisit.by_id)
        .where(ReportingVisit.card_id == card.id)
        .order_by(col(ReportingVisit.on))
    )
    return [f"{long_date(visit.on)} (dicatat {person.name})" for visit, person in rows]
