"""Tables `consent` (sections open to all), `sharelink` (links to profiles), `cardview` (views)."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, Secret, random_id, word
from .rules import Viewer


class Consent(SQLModel, table=True):
    """A section that its owner opened to everyone, and under which text; `closed` when it ended."""

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    section: Impersonal[str] = Field(max_length=24)  # profiles.rules.sections.Section
    text_version: Impersonal[str] = Field(max_length=16)
    opened: datetime = Field(sa_type=UTC_TIME)
    closed: datetime | None = Field(default=None, sa_type=UTC_TIME)


class ShareLink(SQLModel, table=True):
    """A link that opens some sections to one recipient, until it expires or is revoked."""

    id: int = Field(default=None, primary_key=True)
    public_id: Impersonal[str] = Field(default_factory=random_id, unique=True, max_length=36)
    person_id: int = Field(foreign_key="person.id", index=True)
    token_hash: Secret[str] = Field(unique=True, max_length=64)
    recipient: Personal[str] = Field(max_length=100)
    purpose: Personal[str] = Field(max_length=200)
    sections: Impersonal[str] = Field(max_length=300)  # values of Section, separated by commas
    text_version: Impersonal[str] = Field(max_length=16)
    created: datetime = Field(sa_type=UTC_TIME)
    expires: datetime = Field(sa_type=UTC_TIME)
    revoked: datetime | None = Field(default=None, sa_type=UTC_TIME)


class CardView(SQLModel, table=True):
    """One view of a person's data through a QR code or a link; that person sees the list."""

    id: int = Field(default=None, primary_key=True)
    holder_id: int = Field(foreign_key="person.id", index=True)
    card_id: int | None = Field(default=None, foreign_key="card.id", index=True)
    identity_id: int | None = Field(default=None, foreign_key="identity.id")
    share_id: int | None = Field(default=None, foreign_key="sharelink.id")
    viewer: Impersonal[Viewer] = Field(sa_type=word(Viewer))
    viewer_id: int | None = Field(default=None, foreign_key="person.id")
    place: Personal[str] = Field(default="", max_length=40)  # see `sharing.rules.network_label`
    at: datetime = Field(sa_type=UTC_TIME)
