"""Query of the job seeker's home page `/beranda`: newest application, and all AK1 cards so far."""

from dataclasses import dataclass, field

from sqlmodel import Session

from ..applications.queries import Overview, my_overview
from ..cards.queries.lookup import PastCard, past_cards
from ..people.models import Person


@dataclass
class Home:
    """The data of the page: the application, and all cards so far, newest first."""

    overview: Overview = field(default_factory=Overview)
    history: list[PastCard] = field(default_factory=list)


def my_home(session: Session, by: Person) -> Home:
    """The state of the signed-in person's application, and their "Riwayat Pengajuan"."""
    return Home(my_overview(session, by=by), history=past_cards(session, by.id))
