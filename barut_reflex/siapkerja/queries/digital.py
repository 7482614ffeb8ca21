"""The digital card: the AK1 while one may be used, else the SIAPkerja-ID of a whole profile."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from ...cards import dates
from ...cards.dates import CardState
from ...cards.queries import standing
from ...cards.queries.standing import Drawn, MyCard, facts_of, is_live, newest_card_of, shown
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
    """What stands on the phone; an empty `kind` means there is none yet."""

    kind: str = ""
    card: MyCard = field(default_factory=MyCard)
    advice: str = ""
    percent: int = 0
    missing: list[str] = field(default_factory=list)
    is_checked: bool = True
    is_due: bool = False  # the profile is whole, and a SIAPkerja-ID was not made yet
    looks: list[ViewRow] = field(default_factory=list)


def my_digital_card(session: Session, by: Person) -> DigitalCard:
    """My card on the phone, or what is still missing for it."""
    whole, found = completeness.completeness(session, by.id), drawn(session, by)
    if found is None:
        ended = find_identity(session, by.id)
        return DigitalCard(
            percent=whole.percent,
            missing=_first([one.label for one in whole.missing]),
            advice=_revoked(ended) if ended else "",
            is_due=whole.is_complete and ended is None,
            looks=views_of(session, by),
        )
    return DigitalCard(
        kind=found.kind,
        card=shown(session, found, routes.OWN_CARD),
        advice=_advice(found),
        is_checked=found.is_checked,
        percent=whole.percent,
        looks=views_of(session, by),
    )


def drawn(session: Session, person: Person) -> Drawn | None:
    """What counts for that person today: the live AK1, else the SIAPkerja-ID."""
    card = newest_card_of(session, person.id)
    if card is not None and is_live(session, card):
        return standing.drawn(session, card)
    identity = find_identity(session, person.id)
    if identity is None or identity.revoked:
        return None
    return _of_identity(session, identity, person)


def has_live_card(session: Session, person_id: int) -> bool:
    """Whether that person may show an access code: a live AK1 or SIAPkerja-ID."""
    card = newest_card_of(session, person_id)
    if card is not None and is_live(session, card):
        return True
    identity = find_identity(session, person_id)
    if identity is None or identity.revoked:
        return False
    return identity_code(session, identity).valid_until >= clock.today()


def name_and_number(session: Session, person: Person) -> tuple[str, str]:
    """The name that counts, and the number of the live AK1 or nothing."""
    card = newest_card_of(session, person.id)
    if card is not None and is_live(session, card):
        return facts_of(card).name, card.number
    return facts.get_profile(session, person.id).name or person.name, ""


def who_is_unchecked(session: Session, people: Mapping[int, str]) -> set[int]:
    """Those of these people, each with the number of a live AK1 or nothing, who have neither
    that nor a profile that an officer approved.
    """
    others = [person for person, number in people.items() if not number]
    return set(others) - set(approved.approved_names(session, others))


def find_identity(session: Session, person_id: int) -> Identity | None:
    return session.exec(select(Identity).where(Identity.holder_id == person_id)).first()


def identity_code(session: Session, identity: Identity) -> Code:
    """The QR that counts."""
    return seal.current_code(session, PayloadKind.SIAPKERJA_ID, identity.id)


def portrait_of(session: Session, person_id: int) -> int | None:
    """The person's newest photo."""
    return portraits_of(session, [person_id]).get(person_id)


def portraits_of(session: Session, people: Collection[int]) -> dict[int, int]:
    """The newest photo of each of these people who have one."""
    photos = select(Document.owner_id, func.max(Document.id)).where(
        col(Document.owner_id).in_(people),
        Document.kind == Kind.PHOTO,
        col(Document.replaced).is_(None),
    )
    return dict(session.exec(photos.group_by(col(Document.owner_id))).all())


def identity_state(identity: Identity, code: Code, *, is_checked: bool) -> CardState:
    """How a SIAPkerja-ID stands today."""
    return dates.state_on(
        clock.today(),
        valid_until=code.valid_until,
        is_revoked=identity.revoked is not None,
        is_placed=False,
        has_missed_report=False,
        is_unchecked=not is_checked,
    )


def _of_identity(session: Session, identity: Identity, person: Person) -> Drawn:
    code = identity_code(session, identity)
    checked = approved.is_checked(session, identity, code)
    return Drawn(
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


def _advice(found: Drawn) -> str:
    if found.valid_until < clock.today():
        return EXPIRED
    if not codes.says_name(found.code, found.name):
        return OLD_NAME
    return "" if found.is_checked else UNCHECKED


def _first(labels: list[str]) -> list[str]:
    """A few of what is missing; the profile itself lists all, each one press away."""
    rest = len(labels) - MISSING_SHOWN
    return [*labels[:MISSING_SHOWN], *([f"dan {rest} lainnya"] if rest > 0 else [])]


def _revoked(identity: Identity) -> str:
    if not identity.revoked:
        return ""
    return f"SIAPkerja-ID Anda dicabut: {identity.revoke_reason} Hubungi kantor bila ini keliru."
