"""Queries of a person's digital card: the valid AK1 card, or else the SIAPkerja-ID."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from ...cards import dates
from ...cards.dates import CardState
from ...cards.queries import lookup
from ...cards.queries.lookup import CardFace, MyCard, as_my_card, facts_of, is_live, newest_card_of
from ...core import clock, routes
from ...core.figures import in_words
from ...documents.models import Document
from ...documents.rules import Kind
from ...people.models import Person
from ...profiles.queries import completeness, facts
from ...seal import codes
from ...seal import queries as seal
from ...seal.models import Code
from ...seal.rules import PayloadKind
from ...sharing.queries.views import ViewRow, views_of
from ..models import Identity
from . import approved

SIAPKERJA_ID = "SIAPkerja-ID"
MISSING_SHOWN = 5
UNCHECKED = (
    "Siapa pun yang memindai kode ini membaca: data diisi sendiri, belum diperiksa petugas. Kirim "
    "pengajuan AK1 di beranda agar petugas memeriksanya."
)
OLD_NAME = "Kode ini masih memuat nama yang lama. Perbarui kodenya agar memuat nama Anda sekarang."
EXPIRED = (
    "Masa berlaku kode ini sudah habis. Perbarui kodenya untuk "
    f"{in_words(dates.IDENTITY_YEARS)} tahun lagi."
)


@dataclass
class DigitalCard:
    """The digital card and its page, for the holder; an empty `kind` means there is no card."""

    kind: str = ""
    card: MyCard = field(default_factory=MyCard)
    advice: str = ""
    percent: int = 0
    missing: list[str] = field(default_factory=list)
    is_checked: bool = True
    is_due: bool = False  # the profile is whole, but the SIAPkerja-ID is not made yet
    views: list[ViewRow] = field(default_factory=list)


def my_digital_card(session: Session, by: Person) -> DigitalCard:
    """The digital card of the signed-in person, or what their profile still lacks for it."""
    whole, face = completeness.completeness(session, by.id), current_face(session, by)
    if face is None:
        ended = find_identity(session, by.id)
        return DigitalCard(
            percent=whole.percent,
            missing=_first([one.label for one in whole.missing]),
            advice=_revoked(ended) if ended else "",
            is_due=whole.is_complete and ended is None,
            views=views_of(session, by),
        )
    return DigitalCard(
        kind=face.kind,
        card=as_my_card(session, face, routes.OWN_CARD),
        advice=_advice(face),
        is_checked=face.is_checked,
        percent=whole.percent,
        views=views_of(session, by),
    )


def current_face(session: Session, person: Person) -> CardFace | None:
    """The facts on the person's digital card today: a valid AK1, else a SIAPkerja-ID, else None."""
    card = newest_card_of(session, person.id)
    if card is not None and is_live(session, card):
        return lookup.card_face(session, card)
    identity = find_identity(session, person.id)
    if identity is None or identity.revoked:
        return None
    return _of_identity(session, identity, person)


def has_live_card(session: Session, person_id: int) -> bool:
    """Whether the person has a valid AK1 or SIAPkerja-ID, and so may show an access code."""
    card = newest_card_of(session, person_id)
    if card is not None and is_live(session, card):
        return True
    identity = find_identity(session, person_id)
    if identity is None or identity.revoked:
        return False
    return identity_code(session, identity).valid_until >= clock.today()


def name_and_number(session: Session, person: Person) -> tuple[str, str]:
    """The person's name (from the valid AK1, else the profile) and that AK1's number, or ""."""
    card = newest_card_of(session, person.id)
    if card is not None and is_live(session, card):
        return facts_of(card).name, card.number
    return facts.get_profile(session, person.id).name or person.name, ""


def unchecked_people(session: Session, people: Mapping[int, str]) -> set[int]:
    """Those whom no officer approved: neither a valid AK1 nor an approved profile.

    `people` maps each person to the number of their valid AK1, or to "".
    """
    others = [person for person, number in people.items() if not number]
    return set(others) - set(approved.approved_names(session, others))


def find_identity(session: Session, person_id: int) -> Identity | None:
    """The SIAPkerja-ID of that person, also a revoked one; or None."""
    return session.exec(select(Identity).where(Identity.holder_id == person_id)).first()


def identity_code(session: Session, identity: Identity) -> Code:
    """The code in the QR of the SIAPkerja-ID; older ones are replaced."""
    return seal.current_code(session, PayloadKind.SIAPKERJA_ID, identity.id)


def portrait_of(session: Session, person_id: int) -> int | None:
    """The id of the person's newest photo, or None."""
    return portraits_of(session, [person_id]).get(person_id)


def portraits_of(session: Session, people: Collection[int]) -> dict[int, int]:
    """The id of the newest photo, by person, of those who have one."""
    photos = select(Document.owner_id, func.max(Document.id)).where(
        col(Document.owner_id).in_(people),
        Document.kind == Kind.PHOTO,
        col(Document.replaced).is_(None),
    )
    return dict(session.exec(photos.group_by(col(Document.owner_id))).all())


def identity_state(identity: Identity, code: Code, *, is_checked: bool) -> CardState:
    """The state of a SIAPkerja-ID today."""
    return dates.state_on(
        clock.today(),
        valid_until=code.valid_until,
        is_revoked=identity.revoked is not None,
        is_placed=False,
        has_missed_report=False,
        is_unchecked=not is_checked,
    )


def _of_identity(session: Session, identity: Identity, person: Person) -> CardFace:
    code = identity_code(session, identity)
    checked = approved.is_checked(session, identity, code)
    return CardFace(
        kind=SIAPKERJA_ID,
        name=facts.get_profile(session, person.id).name or person.name,
        number="",
        state=identity_state(identity, code, is_checked=checked),
        issued=clock.office_day(code.created),
        valid_until=code.valid_until,
        code=code.code,
        photo_id=portrait_of(session, person.id),
        is_checked=checked,
    )


def _advice(face: CardFace) -> str:
    if face.valid_until < clock.today():
        return EXPIRED
    if not codes.has_name(face.code, face.name):
        return OLD_NAME
    return "" if face.is_checked else UNCHECKED


def _first(labels: list[str]) -> list[str]:
    """The first few of what is missing; the profile page lists all, with links."""
    rest = len(labels) - MISSING_SHOWN
    return [*labels[:MISSING_SHOWN], *([f"dan {rest} lainnya"] if rest > 0 else [])]


def _revoked(identity: Identity) -> str:
    if not identity.revoked:
        return ""
    return f"SIAPkerja-ID Anda dicabut: {identity.revoke_reason} Hubungi kantor bila ini keliru."
