"""Print run: many AK1 cards in one PDF, each audited and recorded as if it were printed alone."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from ...core import slow_work, views
from ...core.errors import Refusal
from ...people.models import Person
from ..models import Card
from ..pdf import draw
from ..queries.lookup import NoSuchCard
from .common import CardEnded, require_staff
from .printing import add_print, sheet_of, with_photo

MAX_CARDS, _ = views.PEOPLE_ALARM  # the most people without an alarm: a full print run raises none


class NothingChosen(Refusal):
    message = (
        "Belum ada kartu yang dipilih. Centang kartu yang akan dicetak, lalu tekan Cetak lagi."
    )


class TooManyCards(Refusal):
    message = (
        f"Paling banyak {MAX_CARDS} kartu sekali cetak. Kurangi pilihan, lalu cetak sisanya "
        "sesudah itu."
    )


def draw_cards(session: Session, by: Person, public_ids: Sequence[str]) -> bytes:
    """The PDF of the chosen cards, ordered by day of issue and number. For staff.

    All or none: a card that is missing or revoked refuses the whole run; the refusal names a
    revoked one. Slow and read-only: run it through the door `slow`, then run `record_prints`. All
    rows are read before the first card is drawn; the whole PDF is in memory until it is sent.
    """
    cards = [sheet_of(session, card) for card in _chosen(session, public_ids, by)]
    slow_work.release_connection(session)
    sheets = (with_photo(*card) for card in cards)
    return draw.draw_all(sheets, title=f"{len(cards)} kartu AK1")


def record_prints(session: Session, by: Person, public_ids: Sequence[str]) -> None:
    """Record that the PDF was handed out: a print and an audit entry for each card."""
    cards = _chosen(session, public_ids, by)
    people = select(Person).where(col(Person.id).in_([card.holder_id for card in cards]))
    # One query for all holders. The list is kept in a variable: the session refers to its objects
    # weakly, and `add_print` would otherwise read each holder again.
    _holders = session.exec(people).all()
    for card in cards:
        add_print(session, card, by=by)
    views.check_alarm(session, by=by)


def _chosen(session: Session, public_ids: Sequence[str], by: Person) -> list[Card]:
    require_staff(by)
    wanted = set(public_ids)
    if not wanted:
        raise NothingChosen
    if len(wanted) > MAX_CARDS:
        raise TooManyCards
    found = select(Card).where(col(Card.public_id).in_(wanted))
    cards = list(session.exec(found.order_by(col(Card.issued), col(Card.number))))
    if len(cards) < len(wanted):
        raise NoSuchCard
    for card in cards:
        if card.revoked:
            raise CardEnded(
                f"Kartu nomor {card.number} sudah dicabut, jadi tidak ada yang dicetak. "
                "Muat ulang halaman, lalu pilih lagi."
            )
    return cards
