"""Database tables shared by all desks: mail outbox, audit trail, status moves, counters, limits.

Also column types for all tables: `Personal`, `Secret`, `Impersonal`, and `word` for an enum.
"""

from datetime import datetime
from enum import Enum
from typing import Annotated, TypeVar
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import DateTime, Index, text
from sqlmodel import Field, SQLModel

MAX_WORD_LENGTH = 40  # of the names of enum members, with room for longer ones
UNSENT = text("sent IS NULL AND given_up IS NULL")
UTC_TIME = DateTime(timezone=True)
SQLModel.metadata.naming_convention = {  # a CHECK is found by its name on every database
    **SQLModel.metadata.naming_convention,
    "ck": "ck_%(table_name)s_%(column_0_name)s",
}

T = TypeVar("T")
# Each column says by its type whether it is personal (decision 21). Foreign keys, numbers that are
# primary keys and moments of the office's clock (UTC_TIME) need not say: they never are.
Personal = Annotated[T, "personal"]  # who somebody is, how to reach them, what they did
Secret = Annotated[T, "secret"]  # a key, a token, or a hash that stands for one or for a NIK
Impersonal = Annotated[T, "impersonal"]  # neither: states, kinds, sizes, random ids


def random_id() -> str:
    """A random id for URLs, so that nobody can enumerate the rows."""
    return str(uuid4())


def word(members: type[Enum]) -> sa.Enum:
    """Column type for an enum: the member's name as text, with a CHECK of all names.

    A new member is one line in the enum and a migration with all its names:
    `words.allow({("person", "role"): ("JOB_SEEKER", "OFFICER", "ADMINISTRATOR", "PARTNER")})`.
    """
    return sa.Enum(
        members, name=None, native_enum=False, create_constraint=True, length=MAX_WORD_LENGTH
    )


class OutboxMail(SQLModel, table=True):
    """Outbox: an email, written in the transaction of the act and sent afterwards by the worker."""

    # Unsent emails only: first those that expire, by their end, then the others by `next_try`.
    __table_args__ = (
        Index(
            "ix_outboxmail_waiting",
            "expires",
            "next_try",
            sqlite_where=UNSENT,
            postgresql_where=UNSENT,
        ),
    )

    id: Impersonal[str] = Field(default_factory=random_id, primary_key=True)
    kind: Impersonal[str] = Field(max_length=40)
    person_id: Impersonal[int | None] = Field(default=None, index=True)
    recipient: Personal[str] = Field(max_length=254)
    subject: Personal[str] = Field(max_length=200)
    text: Personal[str]
    html: Personal[str]
    created: datetime = Field(sa_type=UTC_TIME)
    expires: datetime | None = Field(default=None, sa_type=UTC_TIME)
    next_try: datetime = Field(sa_type=UTC_TIME)
    tries: Impersonal[int] = 0
    leased_until: datetime | None = Field(default=None, sa_type=UTC_TIME)
    sent: datetime | None = Field(default=None, sa_type=UTC_TIME)
    given_up: datetime | None = Field(default=None, sa_type=UTC_TIME)
    trouble: Personal[str] = Field(default="", max_length=300)


class AuditEntry(SQLModel, table=True):
    """One act or one view of personal data; never changed.

    Each row contains the seal (HMAC) of the row before it.
    """

    __table_args__ = (
        Index("ix_auditentry_actor_id_at", "actor_id", "at"),
    )  # for the alarm: views of one officer within an hour

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UTC_TIME, index=True)
    actor_id: Impersonal[int | None] = Field(default=None)
    act: Impersonal[str] = Field(max_length=40, index=True)
    subject: Impersonal[str] = Field(default="", max_length=80, index=True)
    nik_hash: Secret[str] = Field(default="", max_length=64, index=True)
    detail: Personal[str] = Field(default="", max_length=2000)
    previous: Impersonal[str] = Field(max_length=64)
    seal: Impersonal[str] = Field(max_length=64)


class StatusMove(SQLModel, table=True):
    """One status change of a status machine: who, what, when and why. Screens show it as history.

    `action`, `before` and `after` are the values of the desk's enums as plain text, so that a
    value is read by `Action(move.action)` and a new one needs no change of the table.
    """

    __table_args__ = (Index("ix_statusmove_machine_subject_id", "machine", "subject_id"),)

    id: int = Field(default=None, primary_key=True)
    machine: Impersonal[str] = Field(max_length=24)  # `Machine.name`, such as "application"
    subject_id: Impersonal[int]  # the row that moved, in the table of its machine
    actor_id: int | None = Field(default=None, foreign_key="person.id")  # None: the system
    action: Impersonal[str] = Field(max_length=24)
    before: Impersonal[str] = Field(max_length=24)
    after: Impersonal[str] = Field(max_length=24)
    note: Personal[str] = Field(default="", max_length=1000)
    at: datetime = Field(sa_type=UTC_TIME)


class Counter(SQLModel, table=True):
    """A named integer that outlives the process.

    Used for: the last registration number (`cards/numbering.py`; counted up in the transaction that
    uses it, so without gaps), when a job of the worker is due next (its lease), the last time
    recorded by `clock_step`, and the fingerprint of the secret that made the database (`origin`).
    """

    key: Impersonal[str] = Field(primary_key=True, max_length=60)
    value: Impersonal[int] = 0


class LimitHit(SQLModel, table=True):
    """One counted try; the key is a keyed hash, never an address in clear."""

    __table_args__ = (
        Index("ix_limithit_key_at", "key", "at"),
    )  # counting a window reads this index alone

    id: int = Field(default=None, primary_key=True)
    key: Secret[str] = Field(max_length=64)
    at: datetime = Field(sa_type=UTC_TIME, index=True)
