"""Tables of accounts: pending sign-ups, one-time codes, reset links, recovery codes."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, random_id, word
from .rules import Purpose


class RecoveryCode(SQLModel, table=True):
    """A single-use code that replaces the authenticator; stored as a keyed hash."""

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    code_hash: str = Field(max_length=64)
    used: datetime | None = Field(default=None, sa_type=UTC_TIME)


class Registration(SQLModel, table=True):
    """A pending sign-up of one browser; the account is created once its code was typed."""

    flow: str = Field(primary_key=True, max_length=64)
    name: str = Field(max_length=100)
    email: str = Field(max_length=254)
    mailbox: str = Field(index=True, max_length=254)
    password_hash: str = Field(max_length=100)
    created: datetime = Field(sa_type=UTC_TIME)


class OneTimeCode(SQLModel, table=True):
    """A code sent by email, stored as a keyed hash, for one purpose, mailbox and browser flow."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=36)
    flow: str = Field(index=True, max_length=64)
    purpose: Purpose = Field(sa_type=word(Purpose))
    mailbox: str = Field(index=True, max_length=254)
    email: str = Field(max_length=254)
    code_hash: str = Field(max_length=64)
    created: datetime = Field(sa_type=UTC_TIME)
    expires: datetime = Field(sa_type=UTC_TIME)
    tries: int = 0
    closed: datetime | None = Field(
        default=None, sa_type=UTC_TIME
    )  # when it was used, or replaced by a newer one


class ResetLink(SQLModel, table=True):
    """A single-use link by email to choose a new password; only the hash of its token is stored."""

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    created: datetime = Field(sa_type=UTC_TIME)
    expires: datetime = Field(sa_type=UTC_TIME)
    used: datetime | None = Field(default=None, sa_type=UTC_TIME)
