"""Tables of AK1 cards: the card, half-yearly reports, being hired, prints of its PDF."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, random_id


class Card(SQLModel, table=True):
    """An issued AK1 card, as it was at approval.

    What happens later is a dated row of another table; only a revocation, and the deletion of the
    photo, are written here.
    """

    id: int = Field(default=None, primary_key=True)
    public_id: Impersonal[str] = Field(default_factory=random_id, unique=True, max_length=36)
    application_id: int = Field(foreign_key="application.id", unique=True)
    holder_id: int = Field(foreign_key="person.id", index=True)
    number: Personal[str] = Field(unique=True, max_length=18)
    nik: Personal[str] = Field(max_length=16, index=True)
    facts: Personal[str]  # profiles.rules.Facts as JSON
    photo_id: int | None = Field(default=None, foreign_key="document.id")  # None: since deleted
    signatory_id: int = Field(foreign_key="person.id")
    signatory_name: Personal[str] = Field(max_length=100)
    signatory_position: Personal[str] = Field(default="", max_length=100)
    signatory_kind: Personal[str] = Field(default="", max_length=8)  # PNS or PPPK
    signatory_number: Personal[str] = Field(default="", max_length=18)
    issued: datetime = Field(sa_type=UTC_TIME, index=True)
    valid_until: Impersonal[date]  # through the last day, WIB
    revoked: datetime | None = Field(default=None, sa_type=UTC_TIME, index=True)
    revoked_by: int | None = Field(default=None, foreign_key="person.id")
    revoke_reason: Personal[str] = Field(default="", max_length=1000)


class ReportingVisit(SQLModel, table=True):
    """A half-yearly report ("lapor"): the holder of a card came to the office on that day."""

    id: int = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id", index=True)
    on: Personal[date]
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UTC_TIME)


class Placement(SQLModel, table=True):
    """The holder of a card was hired ("diterima kerja"): by whom and from when."""

    id: int = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id", unique=True)
    employer: Personal[str] = Field(max_length=200)
    on: Personal[date]
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UTC_TIME)


class CardPrint(SQLModel, table=True):
    """One row each time the PDF of a card was handed out for printing."""

    id: int = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id", index=True)
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UTC_TIME)
