"""Cleanup of accounts: a job deletes what has expired; codes end when the clock was changed."""

from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col

from ...core import clock
from ...core.locks import execute_change
from ...gate.models import Flash
from ...people.models import SignIn
from ..models import OneTimeCode, Registration, ResetLink
from .sign_up import SIGN_UP_LIFETIME

RETENTION = timedelta(days=1)  # of expired codes and links, and of unread flash messages


def sweep(session: Session) -> None:
    """Delete expired codes, links, sign-ins, registrations and unread flash messages."""
    now = clock.now()
    for statement in (
        delete(OneTimeCode).where(col(OneTimeCode.expires) < now - RETENTION),
        delete(ResetLink).where(col(ResetLink.expires) < now - RETENTION),
        delete(SignIn).where(col(SignIn.ends) < now),
        delete(Registration).where(col(Registration.created) < now - SIGN_UP_LIFETIME),
        delete(Flash).where(col(Flash.at) < now - RETENTION),
    ):
        execute_change(session, statement)


def after_clock_step(session: Session) -> None:
    """After the clock was changed: close open codes and links, end sign-ins dated in the future."""
    now = clock.now()
    for statement in (
        update(OneTimeCode).where(col(OneTimeCode.closed).is_(None)).values(closed=now),
        update(ResetLink).where(col(ResetLink.used).is_(None)).values(used=now),
        delete(SignIn).where(col(SignIn.created) > now),
    ):
        execute_change(session, statement)
