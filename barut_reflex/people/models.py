"""Tables of accounts: people, sign-ins, second factors, known browsers."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from ..core.models import UTC_TIME, random_id, word
from .rules import Role, StaffKind


class Person(SQLModel, table=True):
    """Somebody with an account: job seeker, officer or administrator."""

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=random_id, unique=True, max_length=36)
    name: str = Field(max_length=100, index=True)
    search_name: str = Field(default="", max_length=100, index=True)
    email: str = Field(unique=True, max_length=254)
    mailbox: str = Field(
        index=True, max_length=254
    )  # canonical form of the address: two spellings of one mailbox are equal
    password_hash: str = Field(max_length=100)
    role: Role = Field(default=Role.JOB_SEEKER, index=True, sa_type=word(Role))
    is_active: bool = True
    staff_kind: StaffKind | None = Field(default=None, sa_type=word(StaffKind))
    staff_number: str = Field(default="", max_length=18)
    position: str = Field(default="", max_length=100)  # jabatan
    must_change_password: bool = False
    password_expires: datetime | None = Field(default=None, sa_type=UTC_TIME)
    password_changed: datetime | None = Field(default=None, sa_type=UTC_TIME)
    created: datetime = Field(sa_type=UTC_TIME)


class SignIn(SQLModel, table=True):
    """One browser that is signed in. The cookie holds the token, the table only its hash."""

    token_hash: str = Field(primary_key=True, max_length=64)
    public_id: str = Field(default_factory=random_id, unique=True, max_length=36)
    person_id: int = Field(foreign_key="person.id", index=True)
    device: str = Field(default="", max_length=120)
    created: datetime = Field(sa_type=UTC_TIME)
    seen: datetime = Field(sa_type=UTC_TIME)
    confirmed: datetime = Field(sa_type=UTC_TIME)  # when the password was last given
    second_factor_at: datetime | None = Field(default=None, sa_type=UTC_TIME)
    offered: str = Field(
        default="", max_length=250
    )  # encrypted secret of a new authenticator, until its first code is given
    ends: datetime = Field(sa_type=UTC_TIME)


class Authenticator(SQLModel, table=True):
    """Somebody's second factor: the secret an authenticator app shares with us, encrypted."""

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    secret: str = Field(max_length=250)
    last_step: int  # TOTP time step of the last accepted code: no code is accepted twice
    since: datetime = Field(sa_type=UTC_TIME)


class KnownBrowser(SQLModel, table=True):
    """A browser that signed in to this account before; it has its own limit of reset mails."""

    id: int = Field(default=None, primary_key=True)
    flow: str = Field(index=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
