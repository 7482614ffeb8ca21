"""What happens to a code: given out, replaced, revoked, given back."""

from datetime import datetime

from sqlmodel import Session

from ..core import clock
from . import codes
from .models import Code
from .queries import codes_of, find_current_code
from .rules import PayloadKind


def issue_code(session: Session, subject_id: int, payload: codes.Payload) -> Code:
    """A new code, signed with the newest key; the one before it is old from now on."""
    return put_in_use(
        session,
        Code(
            kind=payload.kind,
            subject_id=subject_id,
            code_id=payload.code_id,
            code=codes.encode(payload),
            valid_until=payload.valid_until,
            created=clock.now(),
        ),
    )


def put_in_use(session: Session, code: Code) -> Code:
    """Let `code` count from its moment on, in the place of its subject's code before."""
    if before := find_current_code(session, code.kind, code.subject_id):
        before.replaced = code.created
        session.add(before)
        session.flush()  # first, since two of a subject never count
    session.add(code)
    session.flush()
    return code


def revoke_codes(session: Session, kind: PayloadKind, subject_id: int, at: datetime) -> None:
    """Withdraw every code of that subject, old ones too."""
    _mark(session, kind, subject_id, at)


def give_back_codes(session: Session, kind: PayloadKind, subject_id: int) -> None:
    """Take a revocation back. The office puts a new code in use with it."""
    _mark(session, kind, subject_id, None)


def _mark(session: Session, kind: PayloadKind, subject_id: int, revoked: datetime | None) -> None:
    for code in codes_of(session, kind, subject_id):
        code.revoked = revoked
        session.add(code)
