from datetime import datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, random_id, word
from .rules import AttendancePurpose


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
    purpose: AttendancePurpose = Field(sa_type=word(AttendancePurpose))
    event: str = Field(default="", max_length=100)  # what for, as the office wrote it
    seen: datetime = Field(sa_type=UTC_TIME, index=True)
    noted: datetime = Field(sa_type=UTC_TIME)  # later than `seen` when the scanner was offline
    by_id: int = Field(foreign_key="person.id")
