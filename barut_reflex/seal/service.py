"""Writes the code table: issue or replace a code, revoke or restore, insert one from the ledger."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from ..core import clock
from . import codes
from .models import Code
from .queries import find_code
from .rules import PayloadKind


def issue_code(session: Session, subject_id: int, payload: codes.Payload) -> Code:
    """Sign a new code with the newest key; it replaces the subject's current code."""
    code = _code_of(subject_id, payload, codes.encode(payload), clock.now())
    put_in_use(session, code)
    return code


def restore_code(session: Session, subject_id: int, text: str, at: datetime) -> bool:
    """Insert a code that was issued after the backup; False if the backup contains it."""
    payload = codes.decode_unverified(text)
    if find_code(session, payload.kind, payload.code_id):
        return False
    put_in_use(session, _code_of(subject_id, payload, text, at))
    return True


def put_in_use(session: Session, code: Code) -> None:
    """Insert `code` as the current one of its subject, and mark the one before as replaced."""
    before = update(Code).where(
        col(Code.kind) == code.kind,
        col(Code.subject_id) == code.subject_id,
        col(Code.replaced).is_(None),
    )
    session.execute(before.values(replaced=code.created))
    session.add(code)
    session.flush()


def mark_revoked(session: Session, kind: PayloadKind, subject_id: int, at: datetime | None) -> None:
    """Mark all codes of that subject, old ones too, as revoked since `at`; None undoes it."""
    every = update(Code).where(col(Code.kind) == kind, col(Code.subject_id) == subject_id)
    session.execute(every.values(revoked=at))


def _code_of(subject_id: int, payload: codes.Payload, text: str, at: datetime) -> Code:
    return Code(
        kind=payload.kind,
        subject_id=subject_id,
        code_id=payload.code_id,
        code=text,
        valid_until=payload.valid_until,
        created=at,
    )
