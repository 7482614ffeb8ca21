"""Table of the SIAPkerja-IDs; their codes are in `seal.models.Code`."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, random_id


class Identity(SQLModel, table=True):
    """A SIAPkerja-ID: the digital card of a person with a whole profile, with or without an AK1."""

    id: int = Field(default=None, primary_key=True)
    public_id: Impersonal[str] = Field(default_factory=random_id, unique=True, max_length=36)
    holder_id: int = Field(foreign_key="person.id", unique=True)
    created: datetime = Field(sa_type=UTC_TIME, index=True)
    revoked: datetime | None = Field(default=None, sa_type=UTC_TIME)
    revoked_by: int | None = Field(default=None, foreign_key="person.id")
    revoke_reason: Personal[str] = Field(default="", max_length=1000)
