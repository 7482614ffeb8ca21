"""Tables `profile` (a person's facts, one row each) and `entry` (jobs, trainings, schools …)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, Impersonal, Personal, random_id, word
from .rules.facts import Education, MaritalStatus, Religion, Sex


class Profile(SQLModel, table=True):
    """A person's facts; an application and a card keep copies of their own.

    An empty text or None means that the person has not answered yet.
    """

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    nik: Personal[str] = Field(default="", max_length=16, index=True)
    name: Personal[str] = Field(default="", max_length=100)
    birth_place: Personal[str] = Field(default="", max_length=100)
    birth_date: Personal[date | None] = None
    sex: Personal[Sex | None] = Field(default=None, sa_type=word(Sex))
    marital_status: Personal[MaritalStatus | None] = Field(
        default=None, sa_type=word(MaritalStatus)
    )
    religion: Personal[Religion | None] = Field(default=None, sa_type=word(Religion))
    address: Personal[str] = Field(default="", max_length=200)
    rt: Personal[str] = Field(default="", max_length=3)
    rw: Personal[str] = Field(default="", max_length=3)
    province: Personal[str] = Field(default="", max_length=13)  # Kemendagri codes: 62, 62.05 …
    regency: Personal[str] = Field(default="", max_length=13)
    district: Personal[str] = Field(default="", max_length=13)
    village: Personal[str] = Field(default="", max_length=13)
    phone: Personal[str] = Field(default="", max_length=16)  # E.164: +6282312345678
    education: Personal[Education | None] = Field(default=None, sa_type=word(Education))
    major: Personal[str] = Field(default="", max_length=100)  # jurusan
    graduation_year: Personal[int | None] = None
    skills: Personal[str] = Field(default="", max_length=1700)  # one a line
    school: Personal[str] = Field(default="", max_length=100)  # of the last education
    grade: Personal[str] = Field(default="", max_length=20)
    about: Personal[str] = Field(default="", max_length=1000)
    # A value of `biodata.Domicile`; decides which of the fields below are used.
    domicile: Personal[str] = Field(default="", max_length=24)
    domicile_address: Personal[str] = Field(default="", max_length=200)
    domicile_province: Personal[str] = Field(default="", max_length=13)
    domicile_regency: Personal[str] = Field(default="", max_length=13)
    domicile_district: Personal[str] = Field(default="", max_length=13)
    domicile_village: Personal[str] = Field(default="", max_length=13)
    domicile_country: Personal[str] = Field(default="", max_length=60)
    postcode: Personal[str] = Field(default="", max_length=10)
    wants_training: Personal[bool] = False
    occupation: Personal[str] = Field(default="", max_length=4)  # wanted; KBJI 2014
    nothing_in: Personal[str] = Field(default="", max_length=120)  # sections answered "I have none"
    updated: datetime = Field(sa_type=UTC_TIME)


class Entry(SQLModel, table=True):
    """One job, training, certificate, school, language or achievement of a person.

    What a column means depends on the section: `rules.sections.RULES`. `start` and `end` are
    partial dates in ISO form: 2021, 2021-06 or 2021-06-15.
    """

    id: int = Field(default=None, primary_key=True)
    public_id: Impersonal[str] = Field(default_factory=random_id, unique=True, max_length=36)
    person_id: int = Field(foreign_key="person.id", index=True)
    section: Impersonal[str] = Field(max_length=16)  # rules.sections.Section
    title: Personal[str] = Field(default="", max_length=100)  # position, programme, language …
    organisation: Personal[str] = Field(default="", max_length=100)
    kind: Personal[str] = Field(default="", max_length=24)  # of employment, level, fluency
    field: Personal[str] = Field(default="", max_length=100)  # kejuruan
    subfield: Personal[str] = Field(default="", max_length=100)
    score: Personal[str] = Field(default="", max_length=20)
    place: Personal[str] = Field(default="", max_length=16)  # in the country or abroad
    location: Personal[str] = Field(default="", max_length=100)
    start: Personal[str] = Field(default="", max_length=10)
    end: Personal[str] = Field(default="", max_length=10)
    is_current: Personal[bool] = False
    description: Personal[str] = Field(default="", max_length=1000)
    updated: datetime = Field(sa_type=UTC_TIME)
