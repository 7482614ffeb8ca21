from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, random_id, word
from .status import Status


class Application(SQLModel, table=True):
    """A pengajuan AK1. Sending it copies the person's facts into it."""

    # One open application a person, whatever two tabs do at once.
    __table_args__ = (
        Index(
            "one_open_application",
            "applicant_id",
            unique=True,
            sqlite_where=text("is_closed = 0"),
            postgresql_where=text("is_closed = false"),
        ),
        # The officer's list in its order, all of it or of one status; the name is in both, so that
        # a search for a part of it reads no table.
        Index("ix_application_list", "submitted", "id", "status", "search_name"),
        Index("ix_application_list_of_status", "status", "submitted", "id", "search_name"),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: Impersonal[str] = Field(default_factory=random_id, unique=True, max_length=36)
    applicant_id: int = Field(foreign_key="person.id", index=True)
    status: Impersonal[Status] = Field(default=Status.DRAFT, sa_type=word(Status))
    # Its card ended (placed, expired, revoked): a new one may be made.
    is_closed: Impersonal[bool] = False
    version: Impersonal[int] = 0  # grows with each move, so that a stale screen is noticed
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
    """A paper as it was handed in with the application."""

    application_id: int = Field(foreign_key="application.id", primary_key=True)
    document_id: int = Field(foreign_key="document.id", primary_key=True)
