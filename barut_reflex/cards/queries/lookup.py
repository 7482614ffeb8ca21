"""Queries of AK1 cards: find a card, its state today, visits and hiring, what its holder sees."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from ...core import clock, routes
from ...core.errors import Refusal
from ...core.indonesian import long_date
from ...core.settings import settings
from ...documents.models import Document
from ...people.models import Person
from ...profiles.rules.facts import Facts
from ...seal import queries as seal
from ...seal.models import Code
from ...seal.rules import PayloadKind
from .. import dates
from ..dates import LIVE, STATE_LABELS, CardState
from ..models import Card, Placement, ReportingVisit

TONES = {
    CardState.VALID: "success",
    CardState.REPORT_DUE: "warning",
    CardState.UNCHECKED: "warning",
    CardState.EXPIRED: "neutral",
    CardState.PLACED: "neutral",
    CardState.REVOKED: "danger",
}


class NoSuchCard(Refusal):
    message = "Kartu tidak ditemukan. Muat ulang halaman untuk melihat keadaan terbaru."


@dataclass
class MyCard:
    """The digital card; an empty `public_id` means there is none yet."""

    public_id: str = ""
    name: str = ""
    number: str = ""
    state: str = ""
    tone: str = "neutral"
    advice: str = ""
    issued: str = ""
    valid_until: str = ""
    next_report: str = ""
    photo: str = ""  # address
    qr: str = ""  # address; changes with the code
    can_renew: bool = False
    can_print: bool = False


@dataclass(frozen=True)
class CardFace:
    """The facts shown on a digital card (an AK1 or a SIAPkerja-ID), before they become words."""

    kind: str
    name: str
    number: str
    state: CardState
    issued: date
    valid_until: date
    code: str
    photo_id: int | None
    is_checked: bool = True  # an officer approved these facts; always true of an AK1


@dataclass
class PastCard:
    """One row of "Riwayat Pengajuan"."""

    public_id: str
    application_id: int
    number: str
    issued: str
    signatory: str
    employer: str
    placed_on: str
    state: str
    tone: str


def get_card(session: Session, public_id: str) -> Card:
    """The card of that id, or `NoSuchCard`. The caller checks who may see it."""
    card = session.exec(select(Card).where(Card.public_id == public_id)).first()
    if card is None:
        raise NoSuchCard
    return card


def find_card_of(session: Session, application_id: int) -> Card | None:
    """The card issued for that application."""
    return session.exec(select(Card).where(Card.application_id == application_id)).first()


def valid_card_of_nik(session: Session, nik: str) -> Card | None:
    """The card of that NIK that may be used today, if any; a late report does not end it."""
    cards = select(Card).where(
        Card.nik == nik, col(Card.revoked).is_(None), col(Card.valid_until) >= clock.today()
    )
    return next((card for card in session.exec(cards) if is_live(session, card)), None)


@dataclass(frozen=True)
class CurrentState:
    """The state of a card today, with the facts that explain it."""

    state: CardState
    placement: Placement | None
    missed_report: date | None


def card_state(session: Session, card: Card) -> CardState:
    """The state of the card today."""
    return current_states(session, [card])[card.id].state


def current_states(session: Session, cards: Collection[Card]) -> dict[int, CurrentState]:
    """The state of each of these cards today, by `Card.id`, in one query."""
    known = (
        select(col(Card.id), Placement, col(ReportingVisit.on))
        .outerjoin(Placement, col(Placement.card_id) == col(Card.id))
        .outerjoin(ReportingVisit, col(ReportingVisit.card_id) == col(Card.id))
        .where(col(Card.id).in_([card.id for card in cards]))
    )
    placements: dict[int, Placement | None] = {}
    visits: dict[int, list[date]] = {}
    for card_id, placement, day in session.exec(known):
        placements[card_id] = placement
        visits.setdefault(card_id, []).extend([day] if day else [])
    return {card.id: _current_state(card, placements[card.id], visits[card.id]) for card in cards}


def _current_state(card: Card, placement: Placement | None, visits: list[date]) -> CurrentState:
    missed = _missed(card, visits)
    state = dates.state_on(
        clock.today(),
        valid_until=card.valid_until,
        is_revoked=card.revoked is not None,
        is_placed=placement is not None,
        has_missed_report=missed is not None,
    )
    return CurrentState(state, placement, missed)


def is_live(session: Session, card: Card) -> bool:
    """Whether the holder may use the card today."""
    return card_state(session, card) in LIVE


def issued_on(card: Card) -> date:
    """The day of issue in WIB."""
    return clock.office_day(card.issued)


def reports_of(card: Card) -> list[date]:
    """The report dates printed on the card."""
    return dates.report_dates(
        issued_on(card), every=settings.report_months, validity=settings.validity_months
    )


def missed_report(session: Session, card: Card) -> date | None:
    """The report date that passed without a visit, after the days of grace; or None."""
    return _missed(card, visits_of(session, card))


def _missed(card: Card, visits: list[date]) -> date | None:
    return dates.missed_report(
        issued_on(card),
        today=clock.today(),
        visits=visits,
        every=settings.report_months,
        validity=settings.validity_months,
        grace=settings.report_grace_days,
    )


def visits_of(session: Session, card: Card) -> list[date]:
    """The days on which the holder came to report."""
    visits = select(ReportingVisit).where(ReportingVisit.card_id == card.id)
    return [visit.on for visit in session.exec(visits)]


def placement_of(session: Session, card: Card) -> Placement | None:
    """Where the holder was hired, or None."""
    return session.exec(select(Placement).where(Placement.card_id == card.id)).first()


def current_code(session: Session, card: Card) -> Code:
    """The code in the QR of the card; older ones are replaced."""
    return seal.current_code(session, PayloadKind.AK1, card.id)


def facts_of(card: Card) -> Facts:
    """The holder's facts as they were at approval."""
    return Facts.model_validate_json(card.facts)


def newest_card_of(session: Session, person_id: int) -> Card | None:
    """The card issued last to that person, whatever its state; or None."""
    cards = select(Card).where(Card.holder_id == person_id).order_by(col(Card.issued).desc())
    return session.exec(cards).first()


def my_card(session: Session, by: Person) -> MyCard:
    """The newest card of the signed-in person; an empty one if there is none."""
    card = newest_card_of(session, by.id)
    if card is None:
        return MyCard()
    face = card_face(session, card)
    state = face.state
    upcoming = dates.next_report(
        reports_of(card),
        today=clock.today(),
        visits=visits_of(session, card),
        every=settings.report_months,
    )
    return replace(
        as_my_card(session, face, f"{routes.CARD_FILE}/{card.public_id}"),
        public_id=card.public_id,
        advice=_advice(session, card, state),
        next_report=long_date(upcoming) if upcoming and state in LIVE else "",
        can_renew=state in LIVE,
        can_print=settings.self_print and state is not CardState.REVOKED,
    )


def card_face(session: Session, card: Card) -> CardFace:
    """The facts shown on the AK1 today."""
    return CardFace(
        kind="Kartu AK1",
        name=facts_of(card).name,
        number=card.number,
        state=card_state(session, card),
        issued=issued_on(card),
        valid_until=card.valid_until,
        code=current_code(session, card).code,
        photo_id=card.photo_id,
    )


def as_my_card(session: Session, face: CardFace, files: str) -> MyCard:
    """A digital card in words, for its holder; its QR is at `<files>/qr.svg`."""
    photo = session.get_one(Document, face.photo_id) if face.photo_id else None
    return MyCard(
        name=face.name,
        number=face.number,
        state=STATE_LABELS[face.state],
        tone=TONES[face.state],
        issued=long_date(face.issued),
        valid_until=long_date(face.valid_until),
        photo=f"{routes.PAPER}/{photo.public_id}" if photo else "",
        # A part of the code in the address, so that the browser fetches a new QR after a renewal.
        qr=f"{files}/qr.svg?kode={face.code[6:14]}",
    )


def past_cards(session: Session, person_id: int) -> list[PastCard]:
    """All cards of a person, newest first."""
    cards = select(Card).where(Card.holder_id == person_id).order_by(col(Card.issued).desc())
    return [_past(session, card) for card in session.exec(cards)]


def _past(session: Session, card: Card) -> PastCard:
    placement, state = placement_of(session, card), card_state(session, card)
    return PastCard(
        public_id=card.public_id,
        application_id=card.application_id,
        number=card.number,
        issued=long_date(card.issued),
        signatory=card.signatory_name,
        employer=placement.employer if placement else "",
        placed_on=long_date(placement.on) if placement else "",
        state=STATE_LABELS[state],
        tone=TONES[state],
    )


def _advice(session: Session, card: Card, state: CardState) -> str:
    """What the holder should do next."""
    if state is CardState.REPORT_DUE and (missed := missed_report(session, card)):
        return (
            f"Lapor tanggal {long_date(missed)} belum tercatat. Datang ke kantor dengan kartu "
            "Anda agar kartu tetap dipercaya pemberi kerja."
        )
    if state is CardState.REVOKED:
        return f"Kartu ini dicabut: {card.revoke_reason} Hubungi kantor bila ini keliru."
    if state is CardState.EXPIRED:
        return "Masa berlaku kartu sudah habis. Buat pengajuan baru di beranda."
    if state is CardState.PLACED:
        return "Selamat bekerja. Bila kelak mencari kerja lagi, buat pengajuan baru di beranda."
    return ""
