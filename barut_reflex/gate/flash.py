"""Sentences of plain routes for the next page of the same browser."""

from sqlmodel import Session

from ..core import clock
from .models import Flash


def leave_flash(
    session: Session, flow: str, message: str, *, field: str = "", kept: str = ""
) -> None:
    """Keep a sentence for the next page of the same browser."""
    if flow:
        said = Flash(flow=flow, message=message, field=field, kept=kept[:254], at=clock.now())
        session.merge(said)


def take_flash(session: Session, flow: str) -> Flash | None:
    """The sentence kept for this browser, once."""
    if flash := session.get(Flash, flow):
        session.delete(flash)
    return flash
