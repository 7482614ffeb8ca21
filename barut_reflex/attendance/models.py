"""Table `attendance`: each access code an officer scanned or typed, when and for which purpose."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, word
from .rules import AttendancePurpose


class Attendance(SQLModel, table=True):
    """A person came: when, and what for. Each code has one row at most, so none counts twice."""

    id: int = Field(default=None, primary_key=True)
    access_code_id: int = Field(foreign_key="code.id", unique=True)
    holder_id: int = Field(foreign_key="person.id", index=True)
    purpose: Impersonal[AttendancePurpose] = Field(sa_type=word(AttendancePurpose))
    event: Impersonal[str] = Field(default="", max_length=100)  # as the officer typed it
    seen: datetime = Field(sa_type=UTC_TIME, index=True)
    noted: datetime = Field(
        sa_type=UTC_TIME
    )  # when it was received; later than `seen` when the scanner was offline
    by_id: int = Field(foreign_key="person.id")
