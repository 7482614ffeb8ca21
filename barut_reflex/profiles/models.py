from datetime import date, datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME
from .rules import Education, MaritalStatus, Religion, Sex


class Profile(SQLModel, table=True):
    """The person's facts, kept once; sending an application copies them into it.

    Empty text or None means: not given yet.
    """

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    nik: str = Field(default="", max_length=16, index=True)
    name: str = Field(default="", max_length=100)
    birth_place: str = Field(default="", max_length=100)
    birth_date: date | None = None
    sex: Sex | None = Field(default=None, max_length=12)
    marital_status: MaritalStatus | None = Field(default=None, max_length=12)
    religion: Religion | None = Field(default=None, max_length=40)
    address: str = Field(default="", max_length=200)
    rt: str = Field(default="", max_length=3)
    rw: str = Field(default="", max_length=3)
    province: str = Field(default="", max_length=13)  # Kemendagri codes: 62, 62.05 …
    regency: str = Field(default="", max_length=13)
    district: str = Field(default="", max_length=13)
    village: str = Field(default="", max_length=13)
    phone: str = Field(default="", max_length=16)  # E.164: +6282312345678
    education: Education | None = Field(default=None, max_length=24)
    major: str = Field(default="", max_length=100)  # jurusan
    graduation_year: int | None = None
    skills: str = Field(default="", max_length=1700)  # one a line
    updated: datetime = Field(sa_type=UTC_TIME)
