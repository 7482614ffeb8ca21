"""Queries of the code table: the current code of a subject, codes by key, withdrawn codes."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from ..core import clock
from . import codes
from .models import Code
from .rules import KINDS_WITH_CHECK_PAGE, PayloadKind


def find_code(session: Session, kind: PayloadKind, code_id: str) -> Code | None:
    """The code of that kind with this id, replaced or not."""
    return session.exec(select(Code).where(Code.kind == kind, Code.code_id == code_id)).first()


def current_code(session: Session, kind: PayloadKind, subject_id: int) -> Code:
    """The code of that subject that is not replaced; each card and SIAPkerja-ID has one."""
    theirs = select(Code).where(Code.kind == kind, Code.subject_id == subject_id)
    return session.exec(theirs.where(col(Code.replaced).is_(None))).one()


def codes_of(session: Session, kind: PayloadKind, subject_id: int) -> Sequence[Code]:
    """Every code of that subject, the oldest first."""
    theirs = select(Code).where(Code.kind == kind, Code.subject_id == subject_id)
    return session.exec(theirs.order_by(col(Code.id))).all()


def signed_with(session: Session, key_id: int, kind: PayloadKind) -> list[Code]:
    """The codes of that kind, not replaced, that the key with this id signed."""
    current = select(Code).where(Code.kind == kind, col(Code.replaced).is_(None), Code.code != "")
    return [code for code in session.exec(current) if codes.key_id_of(code.code) == key_id]


def revoked_ids(session: Session) -> Sequence[str]:
    """The ids of codes that were revoked before their last day."""
    return _withdrawn(session, col(Code.revoked).is_not(None))


def replaced_ids(session: Session) -> Sequence[str]:
    """The ids of codes that were replaced, and not revoked, before their last day."""
    return _withdrawn(session, col(Code.replaced).is_not(None), col(Code.revoked).is_(None))


def _withdrawn(session: Session, *how: ColumnElement[bool]) -> Sequence[str]:
    ids = select(Code.code_id).where(col(Code.kind).in_(KINDS_WITH_CHECK_PAGE), *how)
    return session.exec(ids.where(col(Code.valid_until) >= clock.today())).all()
