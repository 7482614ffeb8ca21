"""Table `flash` of the gate: a message for the next page of a browser."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, Secret


class Flash(SQLModel, table=True):
    """A message for the next page of one browser; deleted when it is read."""

    flow: Secret[str] = Field(primary_key=True, max_length=64)
    message: Impersonal[str] = Field(max_length=300)
    field: Impersonal[str] = Field(default="", max_length=40)
    kept: Personal[str] = Field(default="", max_length=254)  # what was typed, never a password
    at: datetime = Field(sa_type=UTC_TIME)
