from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, event
from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, random_id
from . import stamps


class Viewer(StrEnum):
    """Who looked at a card through its QR."""

    PUBLIC = "public"
    OFFICER = "officer"
    HOLDER = "holder"
    LINK = "link"  # through a link the holder gave to somebody


class Card(SQLModel, table=True):
    """An issued AK1 card, as it was at approval. Later facts are dated rows beside it."""

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=random_id, unique=True, max_length=36)
    application_id: int = Field(foreign_key="application.id", unique=True)
    holder_id: int = Field(foreign_key="person.id", index=True)
    number: str = Field(unique=True, max_length=18)
    nik: str = Field(max_length=16, index=True)
    facts: str  # profiles.rules.Facts as JSON
    photo_id: int | None = Field(default=None, foreign_key="document.id")  # None: deleted by now
    signatory_id: int = Field(foreign_key="person.id")
    signatory_name: str = Field(max_length=100)
    signatory_position: str = Field(default="", max_length=100)
    signatory_kind: str = Field(default="", max_length=8)  # PNS or PPPK
    signatory_number: str = Field(default="", max_length=18)
    issued: datetime = Field(sa_type=UTC_TIME, index=True)
    valid_until: date  # through the last day, WIB
    revoked: datetime | None = Field(default=None, sa_type=UTC_TIME, index=True)
    revoked_by: int | None = Field(default=None, foreign_key="person.id")
    revoke_reason: str = Field(default="", max_length=1000)


class CardCode(SQLModel, table=True):
    """One QR of a card. Renewing replaces it; old prints then say so."""

    id: int = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id", index=True)
    code_id: str = Field(unique=True, max_length=20)  # the payload's 10 random bytes, hex
    code: str = Field(max_length=400)  # the base32 text behind /V/
    created: datetime = Field(sa_type=UTC_TIME)
    replaced: datetime | None = Field(default=None, sa_type=UTC_TIME, index=True)


class ReportingVisit(SQLModel, table=True):
    """A half-yearly lapor."""

    id: int = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id", index=True)
    on: date
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UTC_TIME)


class Placement(SQLModel, table=True):
    """Diterima kerja: where and from when."""

    id: int = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id", unique=True)
    employer: str = Field(max_length=200)
    on: date
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UTC_TIME)


class CardPrint(SQLModel, table=True):
    """Each time the PDF was made for printing."""

    id: int = Field(default=None, primary_key=True)
    card_id: int = Field(foreign_key="card.id", index=True)
    by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UTC_TIME)


class CardView(SQLModel, table=True):
    """A look at a person through a QR or a link; that person sees the list."""

    id: int = Field(default=None, primary_key=True)
    holder_id: int = Field(foreign_key="person.id", index=True)
    card_id: int | None = Field(default=None, foreign_key="card.id", index=True)
    identity_id: int | None = Field(default=None, foreign_key="identity.id")
    share_id: int | None = Field(default=None, foreign_key="sharelink.id")
    viewer: Viewer = Field(max_length=10)
    viewer_id: int | None = Field(default=None, foreign_key="person.id")
    place: str = Field(default="", max_length=40)  # as coarse as `sharing.rules.place_of`
    at: datetime = Field(sa_type=UTC_TIME)


class Identity(SQLModel, table=True):
    """A SIAPkerja-ID: the digital card of somebody whose profile is whole, with or without AK1."""

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=random_id, unique=True, max_length=36)
    holder_id: int = Field(foreign_key="person.id", unique=True)
    created: datetime = Field(sa_type=UTC_TIME, index=True)
    revoked: datetime | None = Field(default=None, sa_type=UTC_TIME)
    revoked_by: int | None = Field(default=None, foreign_key="person.id")
    revoke_reason: str = Field(default="", max_length=1000)


class IdentityCode(SQLModel, table=True):
    """One QR of a SIAPkerja-ID, good for a year. Renewing replaces it."""

    id: int = Field(default=None, primary_key=True)
    identity_id: int = Field(foreign_key="identity.id", index=True)
    code_id: str = Field(unique=True, max_length=20)
    code: str = Field(max_length=400)
    issued: date
    valid_until: date  # through the last day, WIB
    created: datetime = Field(sa_type=UTC_TIME)
    replaced: datetime | None = Field(default=None, sa_type=UTC_TIME)


class PageStamp(SQLModel, table=True):
    """Another number as soon as anything changes that a check page of this person could show.

    Nobody writes it but the database, see `stamps`.
    """

    person_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    stamp: int = Field(sa_type=BigInteger)


class AttendancePurpose(StrEnum):
    """Why an access code was read."""

    ATTENDANCE = "attendance"
    ENTRY = "entry"


PURPOSE_LABELS = {
    AttendancePurpose.ATTENDANCE: "Kehadiran",
    AttendancePurpose.ENTRY: "Masuk ruangan",
}


class AccessCode(SQLModel, table=True):
    """A code its holder shows for a minute; the signed text is made anew for each drawing."""

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=random_id, unique=True, max_length=36)
    holder_id: int = Field(foreign_key="person.id", index=True)
    code_id: str = Field(unique=True, max_length=20)
    digits_hash: str = Field(max_length=64, index=True)  # of the short digits, keyed
    made: datetime = Field(sa_type=UTC_TIME)
    expires: datetime = Field(sa_type=UTC_TIME, index=True)


class Attendance(SQLModel, table=True):
    """An access code was read: who came, when, what for. One row a code, so none counts twice."""

    id: int = Field(default=None, primary_key=True)
    access_code_id: int = Field(foreign_key="accesscode.id", unique=True)
    holder_id: int = Field(foreign_key="person.id", index=True)
    purpose: AttendancePurpose = Field(max_length=12)
    event: str = Field(default="", max_length=100)  # what for, as the office wrote it
    seen: datetime = Field(sa_type=UTC_TIME, index=True)
    noted: datetime = Field(sa_type=UTC_TIME)  # later than `seen` when the scanner was offline
    by_id: int = Field(foreign_key="person.id")


@event.listens_for(SQLModel.metadata, "after_create")
def _keep(_metadata, connection, **_told):
    if connection.dialect.has_table(connection, "pagestamp"):
        stamps.keep(connection)
