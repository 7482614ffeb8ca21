"""Query: the status changes of an application, each with the name of who made it."""

from sqlmodel import Session, col, select

from ...applications.models import Application
from ...applications.status import MACHINE
from ...core import machine
from ...core.models import StatusMove
from ...people.models import Person


def moves_of(session: Session, application: Application) -> list[tuple[StatusMove, str]]:
    """Every status change with the name of who made it (empty for the system), oldest first."""
    moves = machine.history(session, MACHINE, application.id)
    actors = col(Person.id).in_({move.actor_id for move in moves})
    names = {person.id: person.name for person in session.exec(select(Person).where(actors))}
    return [(move, names[move.actor_id] if move.actor_id else "") for move in moves]
