"""Tables `profile` (a person's facts, one row each) and `entry` (jobs, trainings, schools …)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, random_id, word
from .rules.facts import Education, MaritalStatus, Religion, Sex


class Profile(SQLModel, table=True):
    """A person's facts; an application and a card keep copies of their own.

    An empty text or None means that the person has not answered yet.
    """

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    nik: str = Field(default="", max_length=16, index=True)
    name: str = Field(default="", max_length=100)
    birth_place: str = Field(default="", max_length=100)
    birth_date: date | None = None
    sex: Sex | None = Field(default=None, sa_type=word(Sex))
    marital_status: MaritalStatus | None = Field(default=None, sa_type=word(MaritalStatus))
    religion: Religion | None = Field(default=None, sa_type=word(Religion))
    address: str = Field(default="", max_length=200)
    rt: str = Field(default="", max_length=3)
    rw: str = Field(default="", max_length=3)
    province: str = Field(default="", max_length=13)  # Kemendagri codes: 62, 62.05 …
    regency: str = Field(default="", max_length=13)
    district: str = Field(default="", max_length=13)
    village: str = Field(default="", max_length=13)
    phone: str = Field(default="", max_length=16)  # E.164: +6282312345678
    education: Education | None = Field(default=None, sa_type=word(Education))
    major: str = Field(default="", max_length=100)  # jurusan
    graduation_year: int | None = None
    skills: str = Field(default="", max_length=1700)  # one a line
    school: str = Field(default="", max_length=100)  # of the last education
    grade: str = Field(default="", max_length=20)
    about: str = Field(default="", max_length=1000)
    domicile: str = Field(default="", max_length=24)  # biodata.Domicile; decides the fields below
    domicile_address: str = Field(default="", max_length=200)
    domicile_province: str = Field(default="", max_length=13)
    domicile_regency: str = Field(default="", max_length=13)
    domicile_district: str = Field(default="", max_length=13)
    domicile_village: str = Field(default="", max_length=13)
    domicile_country: str = Field(default="", max_length=60)
    postcode: str = Field(default="", max_length=10)
    wants_training: bool = False
    occupation: str = Field(default="", max_length=4)  # wanted; KBJI 2014
    nothing_in: str = Field(default="", max_length=120)  # sections answered "I have none"
    updated: datetime = Field(sa_type=UTC_TIME)


class Entry(SQLModel, table=True):
    """One job, training, certificate, school, language or achievement of a person.

    What a column means depends on the section: `rules.sections.RULES`. `start` and `end` are
    partial dates in ISO form: 2021, 2021-06 or 2021-06-15.
    """

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=random_id, unique=True, max_length=36)
    person_id: int = Field(foreign_key="person.id", index=True)
    section: str = Field(max_length=16)  # rules.sections.Section
    title: str = Field(default="", max_length=100)  # position, programme, language …
    organisation: str = Field(default="", max_length=100)
    kind: str = Field(default="", max_length=24)  # of employment, level, fluency
    field: str = Field(default="", max_length=100)  # kejuruan
    subfield: str = Field(default="", max_length=100)
    score: str = Field(default="", max_length=20)
    place: str = Field(default="", max_length=16)  # in the country or abroad
    location: str = Field(default="", max_length=100)
    start: str = Field(default="", max_length=10)
    end: str = Field(default="", max_length=10)
    is_current: bool = False
    description: str = Field(default="", max_length=1000)
    updated: datetime = Field(sa_type=UTC_TIME)
