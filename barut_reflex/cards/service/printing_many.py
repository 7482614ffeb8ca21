"""Many cards in one print run, each looked at, drawn and noted as if it were printed alone."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from ...core import slow_work, views
from ...core.errors import Refusal
from ...people.models import Person
from ..models import Card
from ..pdf import draw
from ..queries.standing import NoSuchCard
from .holding import CardEnded, staff_only
from .printing import note_print, with_photo, words_of

MOST_CARDS, _ = views.PEOPLE_ALARM  # so that a full print run sounds no alarm


class NothingChosen(Refusal):
    message = (
        "Belum ada kartu yang dipilih. Centang kartu yang akan dicetak, lalu tekan Cetak lagi."
    )


class TooManyCards(Refusal):
    message = (
        f"Paling banyak {MOST_CARDS} kartu sekali cetak. Kurangi pilihan, lalu cetak sisanya "
        "sesudah itu."
    )


def draw_cards(session: Session, by: Person, public_ids: Sequence[str]) -> bytes:
    """The PDF of the chosen cards, by number; for staff.

    All or none: a card that is missing or was revoked refuses the whole run; a revoked one is
    named. Slow and read-only: run it with `slow`, then `record_prints`. All rows are read before
    the first card is drawn. The document, photos with it, is in memory until it is sent.
    """
    cards = [words_of(session, card) for card in _chosen(session, public_ids, by)]
    slow_work.release_connection(session)
    sheets = (with_photo(*card) for card in cards)
    return draw.draw_all(sheets, title=f"{len(cards)} kartu AK1")


def record_prints(session: Session, by: Person, public_ids: Sequence[str]) -> None:
    """Note that the PDF was handed out: a print and a row of the trail for each card."""
    cards = _chosen(session, public_ids, by)
    people = select(Person).where(col(Person.id).in_([card.holder_id for card in cards]))
    _holders = session.exec(people).all()  # held, so that the session gives these
    for card in cards:
        note_print(session, card, by=by)
    views.check_alarm(session, by=by)


def _chosen(session: Session, public_ids: Sequence[str], by: Person) -> list[Card]:
    staff_only(by)
    wanted = set(public_ids)
    if not wanted:
        raise NothingChosen
    if len(wanted) > MOST_CARDS:
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
