"""Tables `document` (accepted papers) and `quarantinedupload` (received bytes, not yet checked)."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, random_id, word
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
    public_id: str = Field(default_factory=random_id, unique=True, max_length=36)
    owner_id: int = Field(foreign_key="person.id", index=True)
    kind: Kind = Field(sa_type=word(Kind))
    proves: str = Field(default="", max_length=36)  # public id of the profile entry, for a proof
    file: str = Field(max_length=80, index=True)  # name in the store; demo people share some
    media_type: str = Field(max_length=40)
    size: int  # bytes as stored
    pages: int = 1
    sha256: str = Field(max_length=64)
    original_name: str = Field(default="", max_length=100)
    at: datetime = Field(sa_type=UTC_TIME)
    replaced: datetime | None = Field(default=None, sa_type=UTC_TIME)  # no longer the person's own


class QuarantinedUpload(SQLModel, table=True):
    """Bytes that were received; a screen's handler uses them once, within `TICKET_LIFETIME`.

    A job deletes what was not used in time.
    """

    ticket_hash: str = Field(primary_key=True, max_length=64)
    sign_in: str = Field(max_length=64, index=True)  # the session it is bound to
    owner_id: int = Field(foreign_key="person.id", index=True)
    kind: Kind = Field(sa_type=word(Kind))
    file: str = Field(max_length=80)  # name in the quarantine
    original_name: str = Field(default="", max_length=100)
    size: int
    created: datetime = Field(sa_type=UTC_TIME)
