"""What accounts no longer need: run now and then by the worker."""

from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col

from ...core import clock
from ...core.locks import execute_change
from ...gate.models import Flash
from ...people.models import SignIn
from ..models import OneTimeCode, Registration, ResetLink
from .sign_up import WAITS

KEPT = timedelta(days=1)


def sweep(session: Session) -> None:
    """Delete what is over: codes, links, sign-ins, sign-ups without their code, old sentences."""
    now = clock.now()
    for over in (
        delete(OneTimeCode).where(col(OneTimeCode.expires) < now - KEPT),
        delete(ResetLink).where(col(ResetLink.expires) < now - KEPT),
        delete(SignIn).where(col(SignIn.ends) < now),
        delete(Registration).where(col(Registration.created) < now - WAITS),
        delete(Flash).where(col(Flash.at) < now - KEPT),
    ):
        execute_change(session, over)


def after_clock_step(session: Session) -> None:
    """The clock was set: no open code or link is trusted, no sign-in from a time to come."""
    now = clock.now()
    for statement in (
        update(OneTimeCode).where(col(OneTimeCode.closed).is_(None)).values(closed=now),
        update(ResetLink).where(col(ResetLink.used).is_(None)).values(used=now),
        delete(SignIn).where(col(SignIn.created) > now),
    ):
        execute_change(session, statement)
