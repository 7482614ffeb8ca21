"""Tables of accounts: pending sign-ups, one-time codes, reset links, recovery codes.

The account itself and its sign-ins are in `people.models`.
"""

from datetime import datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, Secret, random_id, word
from .rules import Purpose


class RecoveryCode(SQLModel, table=True):
    """A single-use code that replaces the authenticator; stored as a keyed hash."""

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    code_hash: Secret[str] = Field(max_length=64)
    used: datetime | None = Field(default=None, sa_type=UTC_TIME)


class Registration(SQLModel, table=True):
    """A pending sign-up of one browser; the account is created once its code was typed."""

    flow: Secret[str] = Field(primary_key=True, max_length=64)
    name: Personal[str] = Field(max_length=100)
    email: Personal[str] = Field(max_length=254)
    mailbox: Personal[str] = Field(index=True, max_length=254)
    password_hash: Secret[str] = Field(max_length=100)
    created: datetime = Field(sa_type=UTC_TIME)


class OneTimeCode(SQLModel, table=True):
    """A code sent by email, stored as a keyed hash, for one purpose, mailbox and browser flow."""

    id: Impersonal[str] = Field(default_factory=random_id, primary_key=True, max_length=36)
    flow: Secret[str] = Field(index=True, max_length=64)
    purpose: Impersonal[Purpose] = Field(sa_type=word(Purpose))
    mailbox: Personal[str] = Field(index=True, max_length=254)
    email: Personal[str] = Field(max_length=254)
    code_hash: Secret[str] = Field(max_length=64)
    created: datetime = Field(sa_type=UTC_TIME)
    expires: datetime = Field(sa_type=UTC_TIME)
    tries: Impersonal[int] = 0
    # When it was used, or replaced by a newer one.
    closed: datetime | None = Field(default=None, sa_type=UTC_TIME)


class ResetLink(SQLModel, table=True):
    """A single-use link by email to choose a new password; only the hash of its token is stored."""

    token_hash: Secret[str] = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    created: datetime = Field(sa_type=UTC_TIME)
    expires: datetime = Field(sa_type=UTC_TIME)
    used: datetime | None = Field(default=None, sa_type=UTC_TIME)
