"""Tables `application` (a request for an AK1 card) and `applicationpaper` (papers sent with it)."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, random_id, word
from .status import Status


class Application(SQLModel, table=True):
    """A request for an AK1 card (pengajuan AK1). Sending it copies the person's facts into it."""

    # A person has one open application; the database enforces it, since two browser tabs may
    # begin one at the same time.
    __table_args__ = (
        Index(
            "one_open_application",
            "applicant_id",
            unique=True,
            sqlite_where=text("is_closed = 0"),
            postgresql_where=text("is_closed = false"),
        ),
        # For the officer's list in its order, of all or of one status. The name is in both indexes,
        # so that a search for a part of it needs no table rows.
        Index("ix_application_list", "submitted", "id", "status", "search_name"),
        Index("ix_application_list_of_status", "status", "submitted", "id", "search_name"),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: Impersonal[str] = Field(default_factory=random_id, unique=True, max_length=36)
    applicant_id: int = Field(foreign_key="person.id", index=True)
    status: Impersonal[Status] = Field(default=Status.DRAFT, sa_type=word(Status))
    # Its card ended (placed, expired, revoked), so a new one may begin.
    is_closed: Impersonal[bool] = False
    version: Impersonal[int] = 0  # grows with each status change; so that a stale screen is noticed
    review_note: Personal[str] = Field(default="", max_length=1000)
    created: datetime = Field(sa_type=UTC_TIME)
    submitted: datetime | None = Field(default=None, sa_type=UTC_TIME)
    decided: datetime | None = Field(default=None, sa_type=UTC_TIME)
    nik: Personal[str] = Field(default="", max_length=16, index=True)
    name: Personal[str] = Field(default="", max_length=100)
    search_name: Personal[str] = Field(default="", max_length=100)
    facts: Personal[str] = ""  # profiles.rules.Facts as JSON, copied when sent
    seal: Impersonal[str] = Field(default="", max_length=64)  # hash of facts and papers as sent


class ApplicationPaper(SQLModel, table=True):
    """A paper that was sent with an application."""

    application_id: int = Field(foreign_key="application.id", primary_key=True)
    document_id: int = Field(foreign_key="document.id", primary_key=True)
