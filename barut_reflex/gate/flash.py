"""Flash messages: a message that a plain route leaves for the next page of the same browser."""

from sqlmodel import Session

from ..core import clock
from .models import Flash


def leave_flash(
    session: Session, flow: str, message: str, *, field: str = "", typed: str = ""
) -> None:
    """Store a message for this browser; `typed` is what to put back into the form."""
    if flow:
        flash = Flash(flow=flow, message=message, field=field, kept=typed[:254], at=clock.now())
        session.merge(flash)


def take_flash(session: Session, flow: str) -> Flash | None:
    """Read and delete the message of this browser; None if there is none."""
    if flash := session.get(Flash, flow):
        session.delete(flash)
    return flash
