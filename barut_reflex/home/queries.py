"""What the first page of a job seeker shows."""

from dataclasses import dataclass, field

from sqlmodel import Session

from ..applications.queries import Overview, my_overview
from ..cards.queries.lookup import PastCard, past_cards
from ..people.models import Person


@dataclass
class Home:
    """The job seeker's own page: the application and the cards so far, newest first."""

    overview: Overview = field(default_factory=Overview)
    history: list[PastCard] = field(default_factory=list)


def my_home(session: Session, by: Person) -> Home:
    """Where my application stands, and "Riwayat Pengajuan"."""
    return Home(my_overview(session, by=by), history=past_cards(session, by.id))
