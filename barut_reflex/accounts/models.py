from datetime import datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, Secret, random_id, word
from .rules import Purpose


class RecoveryCode(SQLModel, table=True):
    """One of ten codes for somebody without their authenticator; a keyed hash, one use."""

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    code_hash: Secret[str] = Field(max_length=64)
    used: datetime | None = Field(default=None, sa_type=UTC_TIME)


class Registration(SQLModel, table=True):
    """A sign-up that still waits for its own code; no account exists before that."""

    flow: Secret[str] = Field(primary_key=True, max_length=64)
    name: Personal[str] = Field(max_length=100)
    email: Personal[str] = Field(max_length=254)
    mailbox: Personal[str] = Field(index=True, max_length=254)
    password_hash: Secret[str] = Field(max_length=100)
    created: datetime = Field(sa_type=UTC_TIME)


class OneTimeCode(SQLModel, table=True):
    """A six-digit code, kept only as a keyed hash, bound to purpose, mailbox and browser flow."""

    id: Impersonal[str] = Field(default_factory=random_id, primary_key=True, max_length=36)
    flow: Secret[str] = Field(index=True, max_length=64)
    purpose: Impersonal[Purpose] = Field(sa_type=word(Purpose))
    mailbox: Personal[str] = Field(index=True, max_length=254)
    email: Personal[str] = Field(max_length=254)
    code_hash: Secret[str] = Field(max_length=64)
    created: datetime = Field(sa_type=UTC_TIME)
    expires: datetime = Field(sa_type=UTC_TIME)
    tries: Impersonal[int] = 0
    closed: datetime | None = Field(default=None, sa_type=UTC_TIME)  # used or made void


class ResetLink(SQLModel, table=True):
    """A mailed link to choose a new password; only its hash is kept, one use, ten minutes."""

    token_hash: Secret[str] = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    created: datetime = Field(sa_type=UTC_TIME)
    expires: datetime = Field(sa_type=UTC_TIME)
    used: datetime | None = Field(default=None, sa_type=UTC_TIME)
