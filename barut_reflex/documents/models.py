"""Tables `document` (accepted papers) and `quarantinedupload` (received bytes, not yet checked)."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, Secret, random_id, word
from .rules import Kind


class Document(SQLModel, table=True):
    """One accepted paper. A row never changes its file: a newer paper is a new row."""

    # A person has one current paper of each kind (one proof of each profile entry); the database
    # enforces it, since two browser tabs may upload at the same time.
    __table_args__ = (
        Index(
            "one_current_paper",
            "owner_id",
            "kind",
            "proves",
            unique=True,
            sqlite_where=text("replaced IS NULL"),
            postgresql_where=text("replaced IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: Impersonal[str] = Field(default_factory=random_id, unique=True, max_length=36)
    owner_id: int = Field(foreign_key="person.id", index=True)
    kind: Impersonal[Kind] = Field(sa_type=word(Kind))
    # Public id of the profile entry, for a proof.
    proves: Impersonal[str] = Field(default="", max_length=36)
    # Name in the store; demo people share some.
    file: Impersonal[str] = Field(max_length=80, index=True)
    media_type: Impersonal[str] = Field(max_length=40)
    size: Impersonal[int]  # bytes as stored
    pages: Impersonal[int] = 1
    sha256: Impersonal[str] = Field(max_length=64)
    original_name: Personal[str] = Field(default="", max_length=100)
    at: datetime = Field(sa_type=UTC_TIME)
    replaced: datetime | None = Field(default=None, sa_type=UTC_TIME)  # no longer the person's own


class QuarantinedUpload(SQLModel, table=True):
    """Bytes that were received; a screen's handler uses them once, within `TICKET_LIFETIME`.

    A job deletes what was not used in time.
    """

    ticket_hash: Secret[str] = Field(primary_key=True, max_length=64)
    sign_in: Secret[str] = Field(max_length=64, index=True)  # the session it is bound to
    owner_id: int = Field(foreign_key="person.id", index=True)
    kind: Impersonal[Kind] = Field(sa_type=word(Kind))
    file: Impersonal[str] = Field(max_length=80)  # name in the quarantine
    original_name: Personal[str] = Field(default="", max_length=100)
    size: Impersonal[int]
    created: datetime = Field(sa_type=UTC_TIME)
